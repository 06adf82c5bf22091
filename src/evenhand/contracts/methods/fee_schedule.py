"""``pay: {fee_schedule: exhibit-a.csv}``: the amount a table gives for the code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaidBySchedule:
    """The rate of the named schedule in force on the day of the line, per unit.

    A rate for one of the line's modifiers wins over one for none, one for its setting over one for all.
    """

    schedule: str
    method: str = "fee_schedule"
