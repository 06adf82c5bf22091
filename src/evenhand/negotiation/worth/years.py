"""The years an offer is valued over, and the days both sides stand on within each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.contracts.model import Contract
from evenhand.contracts.moved import limiters_of
from evenhand.periods import Period, add_months

_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class OfferYear:
    """One year of the offer: its days, and how far it lies from the claims it is valued on.

    Attributes:
        number: from 1.
        period: its days.
        apart: years from the middle of the claims' days to the middle of this year.
    """

    number: int
    period: Period
    apart: float

    @property
    def later(self) -> float:
        """Years from the offer's first day to the middle of this one."""
        return self.number - 0.5


def offer_years(first: date, years: int, claims: tuple[date, date]) -> tuple[OfferYear, ...]:
    """So many years from the offer's first day.

    Args:
        first: the offer's first day.
        years: how many.
        claims: first and last day on which the claims begin.
    """
    middle = claims[0] + (claims[1] - claims[0]) / 2
    found = []
    for number in range(1, years + 1):
        period = Period(add_months(first, 12 * (number - 1)), add_months(first, 12 * number))
        half = period.start + (period.end - period.start) / 2
        found.append(OfferYear(number, period, (half - middle).days / _YEAR))
    return tuple(found)


def standing_days(contract: Contract, period: Period) -> list[tuple[date, float]]:
    """The days on which a contract's rates change within a year, its first day among them, each with its share of it.

    Rates change where a version begins, an escalator steps, a rate of a schedule begins, or charges are limited anew.
    """
    starts = sorted({period.start, *(day for day in _changes(contract, period) if period.start < day < period.end)})
    ends = [*starts[1:], period.end]
    whole = (period.end - period.start).days
    return [(start, (end - start).days / whole) for start, end in zip(starts, ends, strict=True)]


def _changes(contract: Contract, period: Period) -> Iterator[date]:
    for version in contract.versions:
        held = version.period.meet(period)
        if held is None:
            continue
        yield held.start
        for escalator in version.rules.escalator:
            reached = escalator.steps_by(held.end - timedelta(days=1))
            yield from (escalator.step(step) for step in range(escalator.steps_by(held.start) + 1, reached + 1))
        for schedule in version.schedules.values():
            yield from {rate.period.start for rate in schedule.rates if rate.period.start in held}
        for limiter in {one for term in version.terms for one in limiters_of(version.rules, term)}:
            yield from (day for day, _ in limiter.growth)
