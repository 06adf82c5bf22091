"""Which days a table holds for: what its rows, its words and the name of its file say is weighed."""

from __future__ import annotations

from datetime import date

from evenhand.errors import Log
from evenhand.periods import Period
from evenhand.schedules.tables.dating import named_day, period_of, said_days, tells_quarter
from evenhand.schedules.tables.kind import Kind
from evenhand.schedules.tables.rows import Rows

#: Columns that tell the days of a release, in the order they are believed.
_TELLING = ("quarter", "first_day", "year")


def period_held(
    name: str, words: tuple[str, str], rows: Rows, log: Log, first_day: date | None = None
) -> Period | None:
    """The days the rows themselves name, else the words of the table, else its file's name; or what was told.

    Args:
        name: Name of the file, with its folder.
        words: The words of the headings, and those above them.
        rows: The rows.
        log: Takes what contradicts, and that nothing says.
        first_day: The first day, told by a person: it outweighs all.
    """
    kind = rows.kind
    said, named = _said(words, rows, log), named_day(name, kind.lasts)
    if first_day is None and said and named and said.year != named.year and kind.lasts != "fiscal year":
        what = f"the file is named for {named.year} and its own words say {said.year}"
        log.warn(None, what, "the words were believed; where they are wrong, say it with --effective YYYY-MM-DD")
    # the name may say the quarter where the words say the year alone
    closer = named if said and named and kind.lasts.startswith("quarter") and said == date(named.year, 1, 1) else None
    first = first_day or closer or said or named
    if first is None:
        log.error(None, f"{kind.title}: nothing says from which day it holds", "say it with --effective YYYY-MM-DD")
        return None
    return _lasting(first, kind, " ".join(words), name)


def _lasting(first: date, kind: Kind, words: str, name: str) -> Period:
    whole_year = kind.lasts == "quarter or year" and first.month == 1 and not tells_quarter(words, name)
    return period_of(first, "year" if whole_year else kind.lasts)


def _said(words: tuple[str, str], rows: Rows, log: Log) -> date | None:
    """The one day that the rows, else the headings, else the words above them tell."""
    for name in _TELLING:
        told = {value for value in rows.values.get(name, ()) if value}
        if told:
            return _only({_first(value) for value in told}, "its rows", log)
    for place, said in zip(("its headings", "the words above its headings"), words, strict=True):
        days = said_days(said, rows.kind.lasts)
        if days:
            return _only(days, place, log)
    return None


def _first(value: date | str) -> date:
    """The first day of a year, or of a year and quarter."""
    return value if isinstance(value, date) else date(int(value[:4]), int(value[4:] or 1) * 3 - 2, 1)


def _only(days: set[date], place: str, log: Log) -> date:
    if len(days) > 1:
        listed = " and ".join(f"{day:%Y-%m-%d}" for day in sorted(days)[:3])
        log.error(None, f"{place} name several days: {listed}", "keep one release a file")
    return min(days)
