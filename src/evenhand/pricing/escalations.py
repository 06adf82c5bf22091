"""How far escalators have multiplied rates, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from evenhand.contracts.chargelimit import ChargeLimiter, limited_share
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import PercentOfCharges
from evenhand.contracts.model import Term, Version
from evenhand.contracts.moved import limiters_of, moves, threshold_movers
from evenhand.periods import ALWAYS, Period
from evenhand.pricing.rates import rounded

ONE = Decimal("1.00000000")
#: A rate grown a thousandfold, or fallen to a thousandth, is not meant: compounding stops there.
CEILING, FLOOR = Decimal(1000), Decimal("0.001")


@dataclass(slots=True)
class Courses:
    """How the terms of one version move: terms that the same rules move in the same way share a course.

    Course 0 is that of terms nothing moves.
    """

    version: Version
    numbers: dict[tuple[Decimal | None, tuple[int, ...]], int] = field(default_factory=lambda: {(None, ()): 0})

    def number(self, term: Term) -> int:
        """The course of a term."""
        rules = self.version.rules
        limiters = limiters_of(rules, term)
        if isinstance(term.pay, PercentOfCharges) and limiters:
            places = tuple(place for place, one in enumerate(rules.charge_limiter) if one in limiters)
            return self.numbers.setdefault((rounded(term.pay.factor, 6), places), len(self.numbers))
        return self._number([one for one in rules.escalator if moves(one, term)])

    def of_thresholds(self, *, rises: bool | None) -> int:
        """The course of the dollars of a rule that says of itself whether it rises."""
        return self._number(threshold_movers(self.version.rules, rises=rises))

    def _number(self, movers: Sequence[Escalator]) -> int:
        group = tuple(place for place, one in enumerate(self.version.rules.escalator) if one in movers)
        return self.numbers.setdefault((None, group), len(self.numbers))

    def rows(self, until: date) -> Iterator[tuple[int, date, date, Decimal | None, Decimal | None]]:
        """Course, from, to, factor and limited share of every course met so far."""
        rules = self.version.rules
        for (share, places), number in self.numbers.items():
            if share is not None:
                limiters = [rules.charge_limiter[place] for place in places]
                yield from ((number, *row) for row in _limited(share, limiters))
            else:
                for period, factor in steps([rules.escalator[place] for place in places], until):
                    yield number, period.start, period.end, factor, None


def _limited(share: Decimal, limiters: Sequence[ChargeLimiter]) -> Iterator[tuple[date, date, Decimal, Decimal]]:
    """From, to, what the stated share is multiplied by, and the share, as the limiters cut it."""
    days = sorted({ALWAYS.start, *(day for one in limiters for day, _ in one.growth)})
    for first, after in pairwise([*days, ALWAYS.end]):
        left = limited_share(share, limiters, first)
        yield first, after, ONE if share == 0 else (left / share).quantize(ONE, rounding=ROUND_HALF_UP), left


def steps(escalators: Sequence[Escalator], until: date) -> Iterator[tuple[Period, Decimal | None]]:
    """The periods between steps of escalators that move the same terms, each with the factor that holds in it.

    The first reaches back to the beginning of time at 1, the last goes on from the last step before ``until``.
    From a step on whose index is not known there is no factor.
    """
    courses = [list(_course(escalator, until)) for escalator in escalators]
    days = sorted({day for course in courses for day, _ in course})
    for first, after in pairwise([*days, ALWAYS.end] if days else [ALWAYS.start, ALWAYS.end]):
        yield Period(first, after), _product([_reached(course, first) for course in courses])


def _course(escalator: Escalator, until: date) -> Iterator[tuple[date, Decimal | None]]:
    """The day of each step and the factor reached with it."""
    number, factor = 0, Decimal(1)
    yield ALWAYS.start, factor
    while escalator.step(number + 1) < until and FLOOR < factor < CEILING:
        number += 1
        change = escalator.change(number)
        if change is None:
            yield escalator.step(number), None
            return
        factor *= change
        yield escalator.step(number), factor


def _reached(course: list[tuple[date, Decimal | None]], day: date) -> Decimal | None:
    return [factor for step, factor in course if step <= day][-1]


def _product(factors: list[Decimal | None]) -> Decimal | None:
    total = Decimal(1)
    for factor in factors:
        if factor is None:
            return None
        total *= factor
    return total.quantize(ONE, rounding=ROUND_HALF_UP)
