"""How far rates have risen by themselves by a day, read step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Capitated, Excluded, Packaged, PercentOfCharges
from evenhand.contracts.model import Term, Version
from evenhand.periods import add_months


def escalation(version: Version, term: Term, day: date | None) -> Decimal | None:
    """What a term's rate is multiplied by on a day; ``None`` when an index it follows is not known that far."""
    return growth([escalator for escalator in version.rules.escalator if _named(escalator, term)], day)


def growth(escalators: Sequence[Escalator], day: date | None) -> Decimal | None:
    """What these escalators together have multiplied dollars by on a day."""
    total = Decimal(1)
    for escalator in escalators:
        grown = Decimal(1) if day is None else _grown(escalator, day)
        if grown is None:
            return None
        total *= grown
    return total.quantize(Decimal("0.00000001"), rounding=ROUND_HALF_UP)


def _named(escalator: Escalator, term: Term) -> bool:
    """Charges rise by themselves and nothing stays nothing; of the rest, what the escalator names moves."""
    if isinstance(term.pay, Capitated | Excluded | Packaged | PercentOfCharges):
        return False
    said = {term.pay.method, term.per} & set(escalator.applies_to)
    schedule = getattr(term.pay, "schedule", None)
    return bool(said) or term.name in escalator.terms or schedule in escalator.schedules


def _grown(escalator: Escalator, day: date) -> Decimal | None:
    grown, periods = Decimal(1), 0
    while add_months(escalator.start, (periods + 1) * escalator.months) <= day:
        periods += 1
        rise = _rise(escalator, periods)
        if rise is None:
            return None
        grown *= rise
    return grown


def _rise(escalator: Escalator, period: int) -> Decimal | None:
    """One step: the stated factor, or one and the change of the index, within floor and cap."""
    if escalator.index is None:
        return escalator.factor
    months = [_month(escalator, each) for each in (period - 1, period)]
    if period == 1 and escalator.base_month is not None:
        months[0] = escalator.base_month
    before, after = (escalator.index.values.get(month) for month in months)
    if before is None or after is None:
        return None
    decimals = 8 if escalator.decimals is None else escalator.decimals + 2
    change = ((after - before) / before).quantize(Decimal((0, (1,), -decimals)), rounding=ROUND_HALF_UP)
    limits = [limit for limit in (escalator.floor, escalator.cap) if limit is not None]
    if escalator.floor is not None and change < escalator.floor:
        change = limits[0]
    if escalator.cap is not None and change > escalator.cap:
        change = limits[-1]
    return 1 + change


def _month(escalator: Escalator, period: int) -> date:
    day = add_months(escalator.start, period * escalator.months - escalator.lag)
    return date(day.year, day.month, 1)
