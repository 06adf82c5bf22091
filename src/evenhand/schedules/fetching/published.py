"""Where schedules are published: the page, and what the links to their archives are called."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evenhand.errors import UsageError

_TABLE = Path(__file__).with_name("published.csv")
_MONTHS = ("january", "april", "july", "october")


@dataclass(frozen=True, slots=True)
class Asked:
    """The release that is wanted; no quarter where a schedule is published by the year.

    >>> Asked(2026, 2).fill("rvu{yy}{letter}")
    'rvu26b'
    """

    year: int
    quarter: int | None = None

    def fill(self, pattern: str, *, plain: bool = False) -> str:
        """A pattern with the year and quarter written in; ``plain``: a name for people, not a pattern."""
        number = (self.quarter or 1) - 1
        letter = "abcd"[number]
        part = ("" if plain else "(-?a)?") if number == 0 else f"{'-' if plain else '-?'}{letter}"
        said = {
            "yyyy": str(self.year), "yy": f"{self.year % 100:02d}", "quarter": str(number + 1), "letter": letter,
            "month": _MONTHS[number], "part": part,
        }  # fmt: skip
        return re.sub(r"\{(\w+)\}", lambda found: said.get(found[1], found[0]), pattern)

    def __str__(self) -> str:
        return f"{self.year}, quarter {self.quarter}" if self.quarter else str(self.year)


@dataclass(frozen=True, slots=True)
class Publication:
    """One archive of a schedule, as it is published again and again.

    Attributes:
        schedule: The schedule's name, such as ``pfs``.
        part: What the archive holds.
        lasts: ``quarter``, ``year`` or ``fiscal year``.
        page: The page that links to it.
        follow: Names of the pages of single releases that the page links to; empty where it links to archives.
        archive: Pattern of the archive's name, without what a later version adds and without ``.zip``.
        likely: The archive's likely name, for people.
        licence: Whose licence must be accepted first, as ``AMA``; empty where it holds no codes of theirs.
        optional: Whether it may be missing.
        sure: ``seen`` (names that were published) or ``doubtful``.
        source: Which names were seen.
    """

    schedule: str
    part: str
    lasts: str
    page: str
    follow: str
    archive: str
    likely: str
    licence: str
    optional: bool
    sure: str
    source: str

    def asked(self, year: int, quarter: int | None) -> Sequence[Asked]:
        """What may be meant, the newest first: each quarter where none was named."""
        if self.lasts != "quarter":
            return [Asked(year)]
        return [Asked(year, quarter)] if quarter else [Asked(year, number) for number in (4, 3, 2, 1)]


@cache
def _all() -> tuple[Publication, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(Publication(optional=row.pop("optional") == "yes", **row) for row in csv.DictReader(file))


def schedules() -> tuple[str, ...]:
    """Names of the schedules whose publication is known."""
    return tuple(dict.fromkeys(one.schedule for one in _all()))


def publications(schedule: str, quarter: int | None = None) -> tuple[Publication, ...]:
    """The archives of a schedule.

    Raises:
        UsageError: The schedule is not known, or is not published by the quarter.
    """
    found = tuple(one for one in _all() if one.schedule == schedule)
    if not found:
        raise UsageError(f"'{schedule}' is no schedule; write one of {', '.join(schedules())}")
    if quarter and found[0].lasts != "quarter":
        raise UsageError(f"{schedule} is published by the {found[0].lasts}; leave --quarter away")
    return found
