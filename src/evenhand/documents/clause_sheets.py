"""Language in dollars, as sheets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.worth_sheets import assumption_sheet
from evenhand.negotiation.clauses import ClauseReport

_CLAUSES = (
    Field("provision", "Provision"),
    Field("now", "From"),
    Field("then", "To"),
    Field("p10", "p10", "change"),
    Field("worth", "Worth a year", "change"),
    Field("p90", "p90", "change"),
    Field("as_rates", "As much as on rates", "rate"),
    Field("from_where", "'From' is"),
    Field("why_not", "Why it is not valued"),
)
_FORMULAS = (
    Field("provision", "Provision"),
    Field("cost", "Cost a year"),
    Field("says", "In words"),
    Field("rests_on", "Rests on"),
    Field("source", "Stands in"),
)
_EVIDENCE = (Field("name", "What the book shows"), Field("value", "Dollars or count a year, days, share", "number"))


def clause_headline(found: ClauseReport) -> str:
    """What was valued, on which claims, and what one percent on rates is."""
    what = f"{found.offer} to {found.contract}" if found.offer else found.contract
    point = show(Decimal(f"{found.rate_point:.0f}"), "dollars")
    return (
        f"{what}: {found.claims:,} claims of {found.patients:,} patients, {found.first_day} to {found.last_day}. "
        f"One percent on rates is {point} a year."
    )


def clause_sheets(found: ClauseReport) -> list[Sheet]:
    """The changes, the formulas behind them, what the book shows, and the assumptions."""
    empty = "The offer changes no provision that has a formula." if found.offer else "No change was asked."
    rows = [_rounded(row) for row in found.clauses]
    evidence = [_rounded(row) for row in found.evidence]
    return [
        Sheet(
            "clauses", "Language in dollars, to the provider", _CLAUSES, rows, " ".join((*found.notes, _NOTE)), empty
        ),
        Sheet("formulas", "The formulas", _FORMULAS, found.formulas.rows(), _FORMULA_NOTE),
        Sheet("evidence", "What the book shows", _EVIDENCE, evidence, "Dollars as agreed under the contract."),
        assumption_sheet(found.assumed),
    ]


def _rounded(row: dict[str, Any]) -> dict[str, Any]:
    return {key: _decimal(key, value) if isinstance(value, float) else value for key, value in row.items()}


def _decimal(key: str, value: float) -> Decimal:
    places = 6 if key == "as_rates" or abs(value) < 100 else 2
    return Decimal(f"{value:.{places}f}")


_NOTE = (
    "Worth to the provider of the change from one value to the other; a plan reads the sign the other way. Worth is "
    "the median of the draws: patients with replacement, assumptions between low and high. A screen for trading words "
    "against rates, not advice."
)
_FORMULA_NOTE = (
    "'it' is the provision's value, 'now' the one that holds; the worth of a change is cost(from) − cost(to). Change "
    "any with --formulas FILE."
)
