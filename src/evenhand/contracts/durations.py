"""Lengths of time as contracts state them: 120 days, 12 months, 1 year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from evenhand.periods import add_months

Unit = Literal["day", "week", "month", "year"]

#: How a duration is written.
PATTERN = r"(\d{1,4})\s*([Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear)s?"
_MOST_MONTHS = 2400


@dataclass(frozen=True, slots=True)
class Duration:
    """So many days, weeks, months or years; months and years follow the calendar.

    >>> str(parse_duration("120 days")), parse_duration("1 year").after(date(2024, 2, 29))
    ('120 days', datetime.date(2025, 2, 28))
    """

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    @property
    def months(self) -> int | None:
        """The length in whole months, or ``None`` for days and weeks."""
        return {"month": self.count, "year": 12 * self.count}.get(self.unit)

    @property
    def days(self) -> int | None:
        """The length in days, or ``None`` for months and years."""
        return {"day": self.count, "week": 7 * self.count}.get(self.unit)

    def after(self, day: date) -> date:
        """The day this long after another."""
        if self.months is not None:
            return add_months(day, self.months)
        return day + timedelta(days=self.days or 0)

    def before(self, day: date) -> date:
        """The day this long before another."""
        if self.months is not None:
            return add_months(day, -self.months)
        return day - timedelta(days=self.days or 0)


def parse_duration(text: str) -> Duration | None:
    """Read a duration; ``None`` when it is not one."""
    found = re.fullmatch(PATTERN, text.strip(), re.ASCII)
    if found is None or int(found[1]) == 0:
        return None
    length = Duration(int(found[1]), found[2].lower())  # type: ignore[arg-type]
    return None if (length.months or 0) > _MOST_MONTHS else length
