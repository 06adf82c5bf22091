"""A price in words and numbers: the columns of ``priced_lines``, read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.money import ZERO, show_money, show_rate, to_cents
from evenhand.pricing.adjusted_words import adjustment_words
from evenhand.pricing.reduction_words import fee_alone, ordinal, reduction_words

#: Why a line has no price, in plain words.
UNPRICED = {
    "no term": "no term of the contract covers it",
    "no contract": "no contract fits the claim",
    "ambiguous contract": "more than one contract fits the claim",
    "undecided contract": "the claim does not say what its contract is chosen by",
    "no date": "the date or the days its price needs are missing",
    "no charge": "the charge its price needs is missing",
    "no index": "the index its rate rises by is not known for that day",
    "no time": "its anaesthesia time is missing, or is no time that can be counted",
    "no invoice": "the invoice its price needs is missing",
    "out of range": "its units or rate give a sum no service is paid",
}

#: Why a line is paid with another, by its reduction.
PAID_WITH = {
    "paid alone": "paid only by itself, and the same table pays another line of the day",
    "session": "paid with the code of the most base units of its session",
}
#: Lines that are paid for a side, or for both, without modifier 50, in words.
SIDES = {"second side": "modifiers, the second side", "both sides": "modifiers, two units for both sides"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExplainedClaim:
    """A claim, the contract chosen for it, what else was considered, and each of its lines explained.

    ``adjustments`` are the amounts that are no line's own, in order; the line they stand on has them in its price.
    """

    claim_key: int
    claim_id: str | None
    payer: str | None
    claim_start_date: date | None
    outcome: str
    contract_id: str | None
    version_no: int | None
    claim_term: str | None
    runners_up: str | None
    expected_amount: Decimal | None
    allowed_amount: Decimal | None
    state: str | None
    lines: tuple[Explanation, ...]
    adjustments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a line is priced as it is.

    ``service`` names the line as billed; ``term`` the provision with the clause it stands in; ``arithmetic`` how
    the fee comes about; ``limit`` what held it down. Parts that do not apply are empty. ``allowed_amount`` and
    ``state`` are what the payer made of the line, where a remittance tells.
    """

    line_key: int
    service: str
    term: str
    arithmetic: str
    limit: str
    expected_amount: Decimal | None
    allowed_amount: Decimal | None = None
    state: str | None = None

    @property
    def variance_amount(self) -> Decimal | None:
        """Allowed minus expected, where both are known."""
        if self.allowed_amount is None or self.expected_amount is None:
            return None
        return self.allowed_amount - self.expected_amount

    def __str__(self) -> str:
        """The whole as one sentence."""
        said = ": ".join(part for part in (self.term, self.arithmetic) if part)
        return f"{self.service} · {said}" + (f"; {self.limit}" if self.limit else "")


def explain_line(row: Row) -> Explanation:
    """Explain one line.

    Args:
        row: A row of ``priced_lines``; with ``claim_line_number``, ``hcpcs_code``, ``modifiers``,
            ``revenue_center_code`` of its service line it also names the service.
    """
    return Explanation(
        line_key=row["line_key"],
        service=service_named(row),
        term=term_named(row),
        arithmetic=_arithmetic(row),
        limit=_limit(row),
        expected_amount=row["expected_amount"],
        allowed_amount=row.get("allowed_amount"),
        state=row.get("state"),
    )


def explain_claim(claim: Row, lines: Iterable[Row], adjustments: Iterable[Row] = ()) -> ExplainedClaim:
    """Explain a claim: its row of ``priced_claims`` joined with the claim, those of its lines and adjustments."""
    built = ("lines", "adjustments")
    told = {field.name: claim[field.name] for field in fields(ExplainedClaim) if field.name not in built}
    return ExplainedClaim(
        **told,
        lines=tuple(explain_line(line) for line in lines),
        adjustments=tuple(adjustment_words(row) for row in adjustments),
    )


def service_named(row: Row) -> str:
    """The line as billed.

    >>> service_named({"claim_line_number": 2, "hcpcs_code": "29877", "modifiers": "RT,59"})
    'line 2 · 29877 RT 59'
    """
    number = row.get("claim_line_number")
    revenue = row.get("revenue_center_code")
    code = " ".join(part for part in (row.get("hcpcs_code"), *(row.get("modifiers") or "").split(",")) if part)
    parts = ["line" if number is None else f"line {number}", code, f"revenue code {revenue}" if revenue else ""]
    return " · ".join(part for part in parts if part)


def term_named(row: Row) -> str:
    """The term with its clause, as in ``"Implants" (Exhibit B §4)``; empty when none applies."""
    if row.get("term") is None:
        return ""
    return f'"{row["term"]}"' + (f" ({row['cite']})" if row.get("cite") else "")


def _arithmetic(row: Row) -> str:
    outcome = row["outcome"]
    if outcome == "included":
        return _included(row)
    if outcome == "capitated":
        return "paid for by capitation, whatever is served"
    if outcome == "excluded":
        return "the contract does not pay it"
    if outcome != "priced":
        return f"no price, because {UNPRICED.get(outcome, outcome)}"
    if row["method"] == "percent_of_charges":
        return _product([f"{show_money(row['basis_amount'])} charged", _share(row)], row["fee_amount"])
    if row["method"] == "percent_of_invoice":
        return _by_invoice(row)
    if row["method"] == "levels" or (row["method"] == "amount" and row["per"] == "case"):
        return _by_days(row)
    if row.get("reduction") not in (None, *SIDES):
        alone = fee_alone(row)
        return f"{_product([_rate(row), *_factors(row)], alone)}; {reduction_words(row, alone)}"
    reduction = row.get("reduction_amount") or ZERO
    made = _product([_rate(row), *_factors(row), *_rank(row)], row["fee_amount"] - reduction)
    if not reduction:
        return made
    return f"{made}; {show_money(-reduction)} less for several procedures = {show_money(row['fee_amount'])}"


def _included(row: Row) -> str:
    if row.get("reduction"):
        return PAID_WITH[row["reduction"]]
    packaged = row["method"] == "packaged"
    return "packaged into other services" if packaged else "paid within the price of the claim"


def _by_invoice(row: Row) -> str:
    parts = [f"{show_money(row['basis_amount'])} invoiced", _percent(row["percent"])]
    held = row["fee_amount"] < to_cents(row["basis_amount"] * row["percent"])
    return _product(parts, row["fee_amount"]) + (", the most for its units" if held else "")


def _share(row: Row) -> str:
    """The share of charges, and what a limiter made of the stated one."""
    cut = row.get("escalation")
    held = "" if cut is None or cut == 1 else f" (held by the charge limiter: × {_plain(cut)})"
    return f"{_percent(row['percent'])}{held}"


def _by_days(row: Row) -> str:
    """Days by level of care; a case rate with the days beyond its window."""
    fee = row["fee_amount"]
    if row["method"] == "levels":
        return f"{_plain(row['units'])} {'day' if row['units'] == 1 else 'days'} by level of care = {show_money(fee)}"
    if fee == row["unit_rate"]:
        return _rate(row)
    return f"{_rate(row)} + {show_money(fee - row['unit_rate'])} for days beyond its window = {show_money(fee)}"


def _rate(row: Row) -> str:
    """The rate, and how it was made where that takes a step."""
    made = []
    weighted = row["method"] == "drg_weights"
    anesthesia = row["method"] == "anesthesia"
    if anesthesia:
        made = [show_rate(row["basis_amount"])]
    elif weighted:
        made = [f"{show_rate(row['basis_amount'])} base"]
    elif row["percent"] is not None:
        made = [f"{show_rate(row['basis_amount'])} of {row['schedule']}", _percent(row["percent"])]
    elif row["escalation"] is not None and row["escalation"] != 1:
        made = [show_rate(row["basis_amount"])]
    if row["escalation"] is not None and row["escalation"] != 1:
        made.append(f"{_plain(row['escalation'])} escalator")
    if weighted:
        made.append(f"{_plain(row['percent'])} weight in {row['schedule']}")
    if anesthesia:
        made.append(f"{_plain(row['percent'])} units, {_plain(row['units'])} of them time")
    if row["unit_rate"] is None:
        return " × ".join(made) or show_rate(row["basis_amount"])
    told = [" × ".join(made)] if made else []
    told += [f"group {row['group']} of {row['schedule']}"] if row.get("group") else []
    rate = show_money(row["unit_rate"])
    return f"{rate} ({', '.join(told)})" if told else rate


def _factors(row: Row) -> list[str]:
    found = []
    if row["modifier_factor"] is not None and row["modifier_factor"] != 1:
        modified = SIDES.get(row.get("reduction") or "", "modifiers")
        told = f"{modified}, {row['tier']}" if row.get("tier") else modified
        found.append(f"{_percent(row['modifier_factor'])} ({told})")
    if row["per"] == "unit" and row["method"] != "anesthesia":
        found.append(f"{_plain(row['units'])} {'unit' if row['units'] == 1 else 'units'}")
    if row["per"] == "day":
        found.append(f"{_plain(row['units'])} {'day' if row['units'] == 1 else 'days'}")
    if row.get("transfer_factor") is not None:
        found.append(f"{_percent(row['transfer_factor'])} (transferred)")
    return found


def _rank(row: Row) -> list[str]:
    if row["procedure_factor"] is None or (row["procedure_rank"] == 1 and row["procedure_factor"] == 1):
        return []
    return [f"{_percent(row['procedure_factor'])} ({ordinal(row['procedure_rank'])} procedure)"]


def _product(parts: list[str], result: Decimal | None) -> str:
    said = " × ".join(parts)
    return said if len(parts) == 1 else f"{said} = {show_money(result)}"


def _limit(row: Row) -> str:
    if row["lesser_of"] == "line":
        return f"held to the charge of {show_money(row['limit_amount'])}"
    if row["lesser_of"] == "claim":
        held = row["expected_amount"] - (row.get("adjustment_amount") or 0)
        charges, expected = show_money(row["limit_amount"]), show_money(held)
        return f"{expected} of it, because the claim is held to its charges of {charges}"
    return ""


def _percent(factor: Decimal) -> str:
    return f"{_plain(factor * 100)} %"


def _plain(value: Decimal) -> str:
    """A number without the zeros of its column.

    >>> _plain(Decimal("2.000")), _plain(Decimal("10.500")), _plain(Decimal("100.000"))
    ('2', '10.5', '100')
    """
    return f"{value.normalize():f}"
