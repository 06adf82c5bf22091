"""Paid as agreed? Actual against expected allowed amounts, over- and underpayments apart, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.errors import UsageError
from evenhand.money import ZERO, ratio
from evenhand.performance.alternatives import Reason, find_reasons
from evenhand.performance.basis import TOLERANCE, Basis, Choices, ask, basis_of, find_payer, lay_out
from evenhand.performance.payers import month_name
from evenhand.performance.variance_tables import APART, CAUSES, DETAIL, NOT_COMPARED, SUMMARY, TEXT
from evenhand.results import Result

#: What variances can be grouped by, and how each is read from a row.
BY: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "payer": lambda row: str(row["payer"]),
    "code": lambda row: str(row["hcpcs_code"] or row["revenue_center_code"] or "none"),
    "term": lambda row: str(row["term"]),
    "reason": lambda row: str(row["reason"]),
    "claim": lambda row: str(row["claim_id"]),
    "month": lambda row: (
        month_name(row["service_date"].year, row["service_date"].month) if row["service_date"] else "no date"
    ),
}


@dataclass(frozen=True, slots=True)
class VarianceReport:
    """Where payers paid less, or more, than agreed.

    Attributes:
        summary: what was compared, by payer, whether or not it differs.
        groups: the differences by what was asked (payer, code, term, reason, claim or month).
        causes: one row for each payer, term and reason: what one letter can be written about.
        detail: each line, or claim compared as a whole, that differs.
        not_compared: everything else, counted by why not.
        by: what ``groups`` is by.
        tolerance: differences up to this much are no variance.
        payer: the one payer asked about, as shown; ``None``: all of them.
    """

    summary: Result
    groups: Result
    causes: Result
    detail: Result
    not_compared: Result
    by: str
    tolerance: Decimal = TOLERANCE
    payer: str | None = None


@dataclass(frozen=True, slots=True)
class VarianceQuestion:
    """What is asked: one payer or all, grouped by what, and from how many dollars a group is shown.

    Raises:
        UsageError: ``by`` is none of payer, code, term, reason, claim, month.
    """

    payer: str | None = None
    by: str = "payer"
    min_dollars: Decimal = ZERO
    choices: Choices = field(default_factory=Choices)

    def __post_init__(self) -> None:
        if self.by not in BY:
            raise UsageError(f"variance cannot be grouped by '{self.by}'; it can be by {', '.join(BY)}")


def variance(source: Book | Basis, question: VarianceQuestion | None = None) -> VarianceReport:
    """Compare actual with expected allowed amounts; name a reason for each difference.

    Only lines that are final, primary and not denied, with a known allowed amount and an expected
    price, are compared; ``not_compared`` counts the rest. Lines that share one price are compared as
    one claim. ``min_dollars`` hides small groups and causes, never what the summary counts.

    Raises:
        SelectionError: the payer named is not in the book.
    """
    asked, basis = question or VarianceQuestion(), basis_of(source)
    lay_out(basis, asked.choices)
    payer = find_payer(basis.engine, asked.payer) if asked.payer else None
    rows = _mine(basis.engine.arrow("select * from variances order by comparison_key").to_pylist(), payer)
    detail = _with_reasons(rows, find_reasons(basis, rows))
    return VarianceReport(
        summary=Result.of(_summary(_mine(ask(basis.engine, "payer_variance"), payer)), SUMMARY),
        groups=_groups(detail, asked),
        causes=Result.of(_causes(detail, asked.min_dollars), CAUSES),
        detail=Result.of(sorted(detail, key=_largest_first), DETAIL),
        not_compared=Result.of(_not_compared(_mine(ask(basis.engine, "not_compared"), payer)), NOT_COMPARED),
        by=asked.by,
        tolerance=asked.choices.tolerance,
        payer=payer,
    )


def _mine(rows: list[dict[str, Any]], payer: str | None) -> list[dict[str, Any]]:
    return [row for row in rows if payer is None or row["payer"] == payer]


def _with_reasons(rows: Sequence[Mapping[str, Any]], reasons: Sequence[Reason]) -> list[dict[str, Any]]:
    found = {reason.comparison_key: reason for reason in reasons}
    return [
        {**row, "reason": why.reason, "evidence": why.evidence, "pattern": why.pattern, "also": why.also}
        for row, why in ((row, found[row["comparison_key"]]) for row in rows)
    ]


def _largest_first(row: Mapping[str, Any]) -> Any:
    return -abs(row["variance_amount"]), row["comparison_key"]


def _summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By payer; products are added up."""
    totals: dict[str, dict[str, Any]] = {}
    for row in rows:
        total = totals.setdefault(row["payer"], {"payer": row["payer"]})
        for key, value in row.items():
            if key not in ("payer", "product"):
                total[key] = total.get(key, 0) + (value or 0)
    for total in totals.values():
        total["underpaid_share"] = ratio(total["underpaid"], total["expected"])
        total["overpaid_share"] = ratio(total["overpaid"], total["expected"])
    return sorted(totals.values(), key=lambda row: (-row["underpaid"], row["payer"]))


def _apart(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts and dollars of a group, under- and overpayments never netted."""
    under = [row for row in rows if row["direction"] == "underpaid"]
    over = [row for row in rows if row["direction"] == "overpaid"]
    return {
        "lines": sum(row["lines"] for row in rows),
        "claims": len({row["claim_key"] for row in rows}),
        "underpaid_comparisons": len(under),
        "underpaid": sum((-row["variance_amount"] for row in under), ZERO),
        "overpaid_comparisons": len(over),
        "overpaid": sum((row["variance_amount"] for row in over), ZERO),
    }


def _grouped(
    rows: Sequence[dict[str, Any]], key: Callable[[Mapping[str, Any]], Any]
) -> dict[Any, list[dict[str, Any]]]:
    groups: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _groups(detail: Sequence[dict[str, Any]], asked: VarianceQuestion) -> Result:
    schema = pa.schema([(asked.by, TEXT), *APART])
    rows = [{asked.by: key, **_apart(group)} for key, group in _grouped(detail, BY[asked.by]).items()]
    shown = [row for row in rows if max(row["underpaid"], row["overpaid"]) >= asked.min_dollars]
    order = (
        (lambda row: row[asked.by])
        if asked.by == "month"
        else (lambda row: (-row["underpaid"], -row["overpaid"], row[asked.by]))
    )
    return Result.of(sorted(shown, key=order), schema)


def _causes(detail: Sequence[dict[str, Any]], min_dollars: Decimal) -> list[dict[str, Any]]:
    groups = _grouped(detail, lambda row: (row["payer"], row["term"], row["reason"], row["direction"]))
    rows = [_cause(group) for group in groups.values()]
    shown = [row for row in rows if row["amount"] >= min_dollars]
    return sorted(shown, key=lambda row: (row["direction"] != "underpaid", -row["amount"], row["payer"], row["term"]))


def _cause(group: list[dict[str, Any]]) -> dict[str, Any]:
    """One root cause; its evidence is that of its largest variance, its pattern the most frequent."""
    largest = min(group, key=_largest_first)
    pattern, times = min(Counter(row["pattern"] for row in group).items(), key=lambda pair: (-pair[1], pair[0]))
    days = [row["service_date"] for row in group if row["service_date"]]
    return {
        **{key: largest[key] for key in ("payer", "term", "reason", "direction", "cite")},
        "comparisons": len(group),
        "lines": sum(row["lines"] for row in group),
        "claims": len({row["claim_key"] for row in group}),
        "amount": sum((abs(row["variance_amount"]) for row in group), ZERO),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "evidence": _example(largest),
        "pattern": pattern,
        "pattern_comparisons": times,
    }


def _example(row: Mapping[str, Any]) -> str:
    what = row["hcpcs_code"] or row["revenue_center_code"] or row["compared"]
    return f"{what} on {row['service_date'] or 'no date'}: {row['evidence']}"


def _not_compared(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["payer"], -(row["charges"] or 0), row["why_not"]))
