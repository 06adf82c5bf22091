"""What is asked of the schedules, and what one of them answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from evenhand.schedules.library import Library, Release


@dataclass(frozen=True, slots=True)
class Quote:
    """What one schedule pays.

    Attributes:
        schedule: The schedule, in words.
        code, modifier, setting: What is paid; no setting: the same in all.
        amount: Dollars; ``None`` where the schedule names the code and has no price for it.
        says: What it says of the code: status, weight, factors; and why there is no price.
        release: The release it was taken from.
    """

    schedule: str
    code: str
    modifier: str
    setting: str
    amount: Decimal | None
    says: str
    release: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to all schedules, as :func:`~evenhand.schedules.quotes` takes it."""

    library: Library
    code: str
    day: date | None
    locality: str
    wage_index: Decimal
    qualifying: bool

    def release(self, kind: str) -> Release | None:
        """The release of a kind in force on the day; without a day, the latest."""
        if self.day is not None:
            return self.library.in_force(kind, self.day)
        return next(iter(reversed(self.library.of_kind(kind))), None)

    def rows(self, release: Release, column: str = "code") -> Iterator[dict[str, Any]]:
        """The rows of a release that name the code."""
        table = self.library.table(release)
        yield from table.filter(pc.equal(table[column], self.code)).to_pylist()


def plain(value: Decimal) -> str:
    """A figure without idle zeros.

    >>> plain(Decimal("67.652000"))
    '67.652'
    """
    return f"{value.normalize():f}"
