"""Bounds on charges, ages and stays as bands, so that a bound is a range of labels like any other condition.

All the thresholds a version names for one measure cut the line of numbers into bands. A charge falls
in exactly one, and two charges of one band cannot be told apart by any term.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from evenhand.codes import CodeRange
from evenhand.contracts.model import Bound

#: The smallest step of each measure.
STEPS = {
    "charge": Decimal("0.01"),
    "claim_charge": Decimal("0.01"),
    "invoice": Decimal("0.01"),
    "age": Decimal(1),
    "length_of_stay": Decimal(1),
}
LOWEST = Decimal("-9999999999999999.99")
HIGHEST = Decimal("9999999999999999.99")


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of one measure in one version: half-open, in order, without gap."""

    measure: str
    cuts: tuple[Decimal, ...]

    @classmethod
    def of(cls, measure: str, bounds: Iterable[Bound]) -> Bands:
        """The bands the thresholds of these bounds make."""
        edges = {edge for bound in bounds for edge in _edges(bound) if edge is not None}
        return cls(measure, tuple(sorted(edges)))

    def rows(self) -> list[tuple[str, Decimal, Decimal]]:
        """Label, lower end (inside) and upper end (outside) of each band."""
        ends = (LOWEST, *self.cuts, HIGHEST)
        return [(_label(number), ends[number], ends[number + 1]) for number in range(len(ends) - 1)]

    def inside(self, bound: Bound) -> CodeRange:
        """The labels of the bands a bound holds in."""
        low, high = _edges(bound)
        first = 0 if low is None else self.cuts.index(low) + 1
        last = len(self.cuts) if high is None else self.cuts.index(high)
        return CodeRange(_label(first), _label(last))


def _edges(bound: Bound) -> tuple[Decimal | None, Decimal | None]:
    """The first value a bound lets in, and the first it lets in no more, in whole steps of the measure."""
    step = STEPS[bound.measure]
    low = high = None
    if bound.low is not None and bound.above:
        low = _in_steps(bound.low, step, ROUND_FLOOR) + step
    elif bound.low is not None:
        low = _in_steps(bound.low, step, ROUND_CEILING)
    if bound.high is not None:
        high = _in_steps(bound.high, step, ROUND_FLOOR) + step
    return low, high


def _in_steps(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return value.quantize(step, rounding=rounding)


def _label(number: int) -> str:
    return f"{number:06d}"
