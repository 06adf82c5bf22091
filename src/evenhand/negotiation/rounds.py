"""What the rounds of a negotiation come to, kept with them once they have been compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from evenhand.money import to_cents
from evenhand.negotiation.record import Kept, Negotiation, Valuation, keep_worths
from evenhand.negotiation.worth import Worth


def keep_comparison(kept: Kept, found: Worth, today: date) -> Negotiation:
    """Keep what each round came to.

    Args:
        kept: the negotiation whose rounds with an offer were compared, all of them and in their order.
        found: the comparison.
        today: the day it was worked out.
    """
    return keep_worths(kept, valuations(kept.read(), found, today))


def valuations(negotiation: Negotiation, found: Worth, today: date) -> Mapping[int, Valuation]:
    """What each round came to, by its number: in all years together."""
    in_all = {row["offer"]: row for row in found.years if row["year"] == "in all"}
    plan = {row["side"]: row["plan_change"] for row in found.sides if row["year"] == "in all"}
    question = found.question
    source = f"{found.claims:,} claims from {found.first_day} to {found.last_day}, {question.draws:,} draws"
    numbers = [one.number for one in negotiation.rounds if one.offer]
    made = {}
    for number, offer in zip(numbers, found.offers, strict=True):
        row = in_all[offer]
        amounts = (_cents(row["change"]), _cents(row["p10"]), _cents(row["p90"]), _cents(plan[offer]))
        made[number] = Valuation(*amounts, question.years, today, f"{source}, seed {question.seed}")
    return made


def _cents(amount: float) -> Decimal:
    return to_cents(Decimal(repr(float(amount))))
