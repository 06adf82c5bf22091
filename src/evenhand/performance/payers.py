"""How each payer pays: volume, money, denials, time, and what it pays against its contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.money import MONEY, SHARE, ratio
from evenhand.performance.basis import Basis, Choices, ask, basis_of, lay_out
from evenhand.results import Result

COUNT = pa.int64()

PAYERS = pa.schema(
    [
        ("payer", pa.string()),
        ("product", pa.string()),
        ("claims", COUNT),
        ("claims_share", SHARE),
        ("lines", COUNT),
        ("charges", MONEY),
        ("charges_share", SHARE),
        ("allowed", MONEY),
        ("allowed_charges", MONEY),
        ("allowed_percent", SHARE),
        ("paid", MONEY),
        ("reversals", COUNT),
        ("remitted_claims", COUNT),
        ("remitted_lines", COUNT),
        ("remitted_charges", MONEY),
        ("denied_claims", COUNT),
        ("denied_claims_share", SHARE),
        ("partly_denied_claims", COUNT),
        ("denied_lines", COUNT),
        ("denied_lines_share", SHARE),
        ("denied_charges", MONEY),
        ("denied_charges_share", SHARE),
        ("top_reasons", pa.string()),
        ("timed_claims", COUNT),
        ("timed_from_service", COUNT),
        ("days_p50", COUNT),
        ("days_p90", COUNT),
        ("payment_days", COUNT),
        ("due_claims", COUNT),
        ("late_claims", COUNT),
        ("late_share", SHARE),
        ("compared_lines", COUNT),
        ("expected", MONEY),
        ("actual", MONEY),
        ("underpaid", MONEY),
        ("underpaid_comparisons", COUNT),
        ("overpaid", MONEY),
        ("overpaid_comparisons", COUNT),
        ("underpaid_share", SHARE),
        ("overpaid_share", SHARE),
        ("not_remitted_claims", COUNT),
        ("not_remitted_charges", MONEY),
    ]
)

DENIALS = pa.schema(
    [
        ("payer", pa.string()),
        ("product", pa.string()),
        ("denial_group", pa.string()),
        ("reason", pa.string()),
        ("meaning", pa.string()),
        ("lines", COUNT),
        ("claims", COUNT),
        ("charges", MONEY),
        ("charges_share", SHARE),
    ]
)

MONTHS = pa.schema(
    [
        ("payer", pa.string()),
        ("month", pa.string()),
        ("lines", COUNT),
        ("charges", MONEY),
        ("allowed", MONEY),
        ("allowed_percent", SHARE),
        ("denied_charges", MONEY),
        ("denied_charges_share", SHARE),
    ]
)

_KEY = ("payer", "product")
#: Columns of shares: (name, part, whole).
_SHARES = (
    ("allowed_percent", "allowed", "allowed_charges"),
    ("denied_claims_share", "denied_claims", "remitted_claims"),
    ("denied_lines_share", "denied_lines", "remitted_lines"),
    ("denied_charges_share", "denied_charges", "remitted_charges"),
    ("late_share", "late_claims", "due_claims"),
    ("underpaid_share", "underpaid", "expected"),
    ("overpaid_share", "overpaid", "expected"),
)


@dataclass(frozen=True, slots=True)
class PayerReport:
    """How each payer pays.

    Attributes:
        payers: one row for each payer (and product, when told apart), largest charges first.
        denials: why lines were denied, by payer, most charges first.
        months: each payer's months of service.
    """

    payers: Result
    denials: Result
    months: Result


def payers(source: Book | Basis, choices: Choices | None = None) -> PayerReport:
    """Report how each payer pays, over claims that begin on the days chosen.

    Shares state their denominators in the columns beside them: denials are shares of what was
    remitted; allowed is a percent of the charges of the lines allowed (denied ones left out);
    late claims are a share of those whose contract states its payment days and whose remittance
    states when the claim was received; under- and overpayment are shares of the expected amount compared.
    """
    basis = basis_of(source)
    lay_out(basis, choices or Choices())
    engine = basis.engine
    denials = _denials(ask(engine, "payer_denials"), basis.reason_labels)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for name in ("payer_volume", "payer_lines", "payer_days"):
        for row in ask(engine, name):
            rows.setdefault((row["payer"], row["product"]), {}).update(row)
    for row in ask(engine, "payer_variance"):
        rows[row["payer"], row["product"]].update(_compared(row))
    return PayerReport(
        Result.of(_payer_rows(rows, denials), PAYERS),
        Result.of(denials, DENIALS),
        Result.of(_months(ask(engine, "payer_months")), MONTHS),
    )


def _compared(row: Mapping[str, Any]) -> dict[str, Any]:
    renamed = {key: value for key, value in row.items() if key not in ("lines", "charges", "comparisons")}
    return {**renamed, "compared_lines": row["lines"]}


def _payer_rows(rows: Mapping[tuple[str, str], dict[str, Any]], denials: list[dict[str, Any]]) -> list[dict[str, Any]]:
    claims = sum(row["claims"] for row in rows.values())
    charges = sum(row["charges"] or 0 for row in rows.values())
    whole = []
    for key, row in rows.items():
        shares = {name: ratio(row.get(part), row.get(base)) for name, part, base in _SHARES}
        row |= _known(row)
        shares["claims_share"] = ratio(row["claims"], claims)
        shares["charges_share"] = ratio(row["charges"], charges)
        whole.append({**row, **shares, "top_reasons": _top(denials, key)})
    return sorted(whole, key=lambda row: (-(row["charges"] or 0), row["payer"], row["product"]))


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    """What no line and no remittance tells is unknown, not nothing."""
    unknown = {} if row.get("allowed_lines") else {"allowed": None}
    return unknown if row.get("remitted_claims") else unknown | {"paid": None}


def _top(denials: list[dict[str, Any]], key: tuple[str, str], most: int = 3) -> str:
    mine = [row for row in denials if (row["payer"], row["product"]) == key][:most]
    return "; ".join(f"{row['reason']} {row['meaning']}" for row in mine)


def _denials(rows: list[dict[str, Any]], labels: Mapping[str, str]) -> list[dict[str, Any]]:
    totals: dict[tuple[str, str], Any] = {}
    for row in rows:
        key = (row["payer"], row["product"])
        totals[key] = totals.get(key, 0) + (row["charges"] or 0)
    for row in rows:
        row["meaning"] = _meaning(row["reason"], labels)
        row["charges_share"] = ratio(row["charges"], totals[row["payer"], row["product"]])
    return sorted(rows, key=lambda r: (r["payer"], r["product"], -(r["charges"] or 0), r["reason"], r["denial_group"]))


def _meaning(code: str | None, labels: Mapping[str, str]) -> str:
    if not code or code == "not stated":
        return "reason not stated"
    return labels.get(code, f"reason {code}")


def _months(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for row in rows:
        row["month"] = month_name(row["year"], row["month"])
        row["allowed_percent"] = ratio(row["allowed"], row["allowed_charges"])
        row["denied_charges_share"] = ratio(row["denied_charges"], row["remitted_charges"])
    return sorted(rows, key=lambda row: (row["payer"], row["month"]))


def month_name(year: int, month: int) -> str:
    """A month as it sorts.

    >>> month_name(2025, 3)
    '2025-03'
    """
    return f"{int(year):04d}-{int(month):02d}"
