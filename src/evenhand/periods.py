"""Time is half-open: a period holds its first day and stops before its last.

People write inclusive dates ("effective 2025-01-01, ends 2027-12-31"); :func:`through` turns that
into a :class:`Period`, and :attr:`Period.last` turns it back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

#: Stands for "no end".
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` up to, and without, ``end``.

    >>> year = through(date(2025, 1, 1), date(2025, 12, 31))
    >>> date(2025, 12, 31) in year, date(2026, 1, 1) in year
    (True, False)
    """

    start: date
    end: date = FOREVER

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"a period must end after it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def meet(self, other: Period) -> Period | None:
        """The days both periods hold, or ``None``."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start < end else None

    @property
    def last(self) -> date | None:
        """The last day inside, or ``None`` when the period has no end."""
        return None if self.end == FOREVER else self.end - timedelta(days=1)


#: Every day there is.
ALWAYS = Period(date.min, FOREVER)


def through(first: date, last: date | None) -> Period:
    """The period from the first day to the last, both inside; no last day means no end."""
    return Period(first, FOREVER if last is None else last + timedelta(days=1))


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on; the month's last day where there is no such day.

    >>> add_months(date(2024, 1, 31), 1), add_months(date(2024, 2, 29), 12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(f"no date {months} months from {day}")  # pragma: no cover
