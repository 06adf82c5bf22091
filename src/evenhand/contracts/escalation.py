"""Rates that rise by themselves: by a fixed percentage, or by a published index between a floor and a cap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.periods import add_months

#: A change of an index is held to so many decimals of a share unless the contract says otherwise.
CHANGE_PLACES = 8


@dataclass(frozen=True, slots=True)
class Index:
    """A published index, such as consumer prices for medical care: its value for each month, by its first day."""

    name: str
    values: Mapping[date, Decimal]
    source: str = field(default="", compare=False)  # the file as messages name it


@dataclass(frozen=True, slots=True)
class Escalator:
    """Every so many months after ``start``, rates are multiplied again, compounding.

    It moves a term whose way of paying (or ``case``, ``day``) is in ``applies_to``, whose name is in ``terms``
    or whose schedule is in ``schedules``. With an ``index`` each step rises by the index's change since the
    step before, from ``floor`` to ``cap``; the index of a step is that of ``lag`` months before it, and the
    first change is counted from ``base_month``, without which it is the index of ``start``.
    """

    start: date
    months: int
    factor: Decimal  # 3 % is 1.03; 1 where an index gives the change
    applies_to: tuple[str, ...]  # payment methods (fee_schedule, percent_of, amount) and/or ``case``, ``day``
    terms: tuple[str, ...] = ()
    schedules: tuple[str, ...] = ()
    index: Index | None = None
    floor: Decimal | None = None  # the least change of one step: 1 % is 0.01
    cap: Decimal | None = None  # the most
    lag: int = 0  # months
    base_month: date | None = None
    decimals: int | None = None  # a change is rounded to so many decimals of a percent before floor and cap
    thresholds: bool = False  # whether dollar thresholds and caps of the rules rise as well
    line: int = field(default=0, compare=False)  # where it stands in its file
    source: str = field(default="", compare=False)  # the file it stands in

    def step(self, number: int) -> date:
        """The day of a step, counted from 1."""
        return add_months(self.start, number * self.months)

    def index_month(self, number: int) -> date:
        """The month whose index a step looks at; 0 is what the first step is compared with."""
        if number == 0 and self.base_month is not None:
            return self.base_month
        return add_months(self.step(number), -self.lag).replace(day=1)

    def change(self, number: int) -> Decimal | None:
        """What a step multiplies rates by; ``None`` when the index of its month is not known."""
        if self.index is None:
            return self.factor
        old, new = (self.index.values.get(self.index_month(each)) for each in (number - 1, number))
        if not old or new is None:
            return None
        places = CHANGE_PLACES if self.decimals is None else self.decimals + 2
        change = (new / old - 1).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if self.floor is not None:
            change = max(change, self.floor)
        return 1 + (change if self.cap is None else min(change, self.cap))

    def steps_by(self, day: date) -> int:
        """How many steps have been taken by a day."""
        count = 0
        while self.step(count + 1) <= day:
            count += 1
        return count
