"""Our counteroffer in the demo: worked out by a rule from our targets and from what their offer does to our claims.

Every rate goes halfway from their offer to our target. The escalator they strike comes back at our target, which is
the contract's. One clause is given for a rate: payment days stay as they are, and the fee schedule rises by what faster
payment would have been worth, rounded up to a tenth of a percent. What is agreed already is written in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

from evenhand.book import Book
from evenhand.negotiation import value_offer
from evenhand.negotiation.clauses import ClauseQuestion, value_clauses
from evenhand.negotiation.record import Kept, Negotiation
from evenhand.negotiation.record.values import measured

_TENTH = Decimal("0.1")
_GIVEN, _FOR, _ESCALATOR = "payment-days", "fee-schedule", "escalator"


@dataclass(frozen=True, slots=True)
class Counteroffer:
    """The counteroffer's text, the payment days it leaves as they are, and the percent it takes for them."""

    text: str
    days: str
    percent: Decimal


def counteroffer(book: Book, kept: Kept, theirs: Path) -> Counteroffer:
    """Work out the counteroffer.

    Args:
        book: whose claims tell what their offer changes.
        kept: the negotiation, with targets.
        theirs: their offer; the counteroffer is to stand beside it.
    """
    found = kept.read()
    changes = {row["current_term"]: row["change_percent"] for row in value_offer(book, theirs).terms}
    for_clause = _worth_of_clause(book, found)
    moves = dict(_moves(found, changes))
    moves[_FOR] = (moves[_FOR][0], moves[_FOR][1] + for_clause)
    adjust = "\n".join(f"  - {{terms: [{_quoted(name)}], percent: {percent}}}" for name, percent in moves.values())
    lines = (
        "# Each rate halfway from their offer to our target; their payment days, for a little more on the schedule.",
        "offer: Our counteroffer for 2027",
        f"amends: {theirs.name}",
        "effective: 2027-01-01",
        "adjust:",
        adjust,
        "rules:",
        f"  escalator: {{every: 1 year, percent: {_percent(found, _ESCALATOR)}, from: 2027-01-01, "
        "applies_to: [fee_schedule, case]}",
        "provisions:",
        *(f"  {one.provision}: {one.agreed}" for one in found.issues if one.agreed and one.provision),
    )
    given = found.issue(_GIVEN)
    assert given is not None
    return Counteroffer("\n".join(lines) + "\n", given.today, for_clause)


def _moves(found: Negotiation, changes: Mapping[str, Decimal | None]) -> Iterator[tuple[str, tuple[str, Decimal]]]:
    """By issue the term and the percent, over their offer, that lands halfway to our target."""
    for one in found.open_issues:
        if len(one.terms) == 1 and one.target:
            theirs = (changes.get(one.terms[0]) or Decimal(0)) * 100
            halfway = (theirs + _percent(found, one.id)) / 2
            over = ((100 + halfway) / (100 + theirs) - 1) * 100
            yield one.id, (one.terms[0], over.quantize(_TENTH))


def _percent(found: Negotiation, issue: str) -> Decimal:
    """Our target on an issue, in percent."""
    one = found.issue(issue)
    target = measured(one.target) if one is not None else None
    assert target is not None
    assert target.unit == "%"
    return target.number


def _worth_of_clause(book: Book, found: Negotiation) -> Decimal:
    """What our target of payment days is worth, as a percent on rates, rounded up to a tenth."""
    one = found.issue(_GIVEN)
    days = measured(one.target) if one is not None else None
    assert days is not None
    question = ClauseQuestion(changes={"payment_days": ("", str(days.number))}, draws=200)
    (row,) = value_clauses(book, question=question, payer=found.payer).clauses.rows()
    return (Decimal(repr(row["as_rates"])) * 100).quantize(_TENTH, ROUND_CEILING)


def _quoted(name: str) -> str:
    return f'"{name}"'
