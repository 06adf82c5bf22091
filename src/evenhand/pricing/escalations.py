"""How far an escalator has multiplied rates, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.methods import Excluded, Packaged, PercentOfCharges
from evenhand.contracts.model import Escalator, Term, Version
from evenhand.periods import ALWAYS, Period, add_months

ONE = Decimal("1.00000000")
#: A rate grown a thousandfold, or fallen to a thousandth, is not meant: compounding stops there.
CEILING, FLOOR = Decimal(1000), Decimal("0.001")


def escalates(version: Version, term: Term) -> bool:
    """Whether the version's escalator moves the term: named by its method, or by ``case`` or ``day``."""
    escalator = version.rules.escalator
    if escalator is None or isinstance(term.pay, Excluded | Packaged | PercentOfCharges):
        return False
    return term.pay.method in escalator.applies_to or term.per in escalator.applies_to


def steps(escalator: Escalator, until: date) -> Iterator[tuple[Period, Decimal]]:
    """The periods between two steps of an escalator, each with the factor that holds in it.

    The first reaches back to the beginning of time at 1, the last goes on from the last step before ``until``.
    """
    first, factor, count = ALWAYS.start, ONE, 1
    step = add_months(escalator.start, escalator.months)
    while step < until and FLOOR < factor < CEILING:
        yield Period(first, step), factor
        first = step
        factor = (escalator.factor**count).quantize(ONE, rounding=ROUND_HALF_UP)
        count += 1
        step = add_months(escalator.start, escalator.months * count)
    yield Period(first, ALWAYS.end), factor
