"""Whether one term covers everything another does."""

from __future__ import annotations

from decimal import Decimal

from evenhand.codes import CodeRange
from evenhand.contracts.methods import ByTable
from evenhand.contracts.model import Bound, Condition, Selector, Term


def makes_idle(earlier: Term, later: Term) -> bool:
    """Whether the earlier term always wins where the later one could apply.

    A term paid by a schedule wins only where that has a rate, so it idles only terms on the same rates.
    """
    if isinstance(earlier.pay, ByTable) and earlier.pay != later.pay:
        return False
    return covers(earlier.covers, later.covers)


def covers(wide: Selector, narrow: Selector) -> bool:
    """Whether every line the narrow selector takes, the wide one takes too. ``False`` when in doubt."""
    conditions = all(any(_implies(has, wanted) for has in narrow.conditions) for wanted in wide.conditions)
    bounds = all(any(_within(has, wanted) for has in narrow.bounds) for wanted in wide.bounds)
    others = wide.with_line in (None, narrow.with_line) and wide.without_line in (None, narrow.without_line)
    soon = wide.readmission in (None, narrow.readmission)
    return conditions and bounds and others and soon


def _implies(has: Condition, wanted: Condition) -> bool:
    alike = has.attribute == wanted.attribute and has.present == wanted.present
    if not alike or has.negated is not wanted.negated:
        return False
    outer, inner = (has, wanted) if wanted.negated else (wanted, has)
    return all(any(_holds(large, small) for large in outer.ranges) for small in inner.ranges)


def _holds(large: CodeRange, small: CodeRange) -> bool:
    return len(large.low) == len(small.low) and large.low <= small.low and small.high <= large.high


def _within(has: Bound, wanted: Bound) -> bool:
    if has.measure != wanted.measure:
        return False
    low_ok = wanted.low is None or (has.low is not None and _low(has) >= _low(wanted))
    high_ok = wanted.high is None or (has.high is not None and has.high <= wanted.high)
    return low_ok and high_ok


def _low(bound: Bound) -> tuple[Decimal, bool]:
    assert bound.low is not None
    return bound.low, bound.above
