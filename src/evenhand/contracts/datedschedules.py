"""A schedule published anew each year: several files, each from its day on, rolling along or pinned to one year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from evenhand.contracts.durations import Duration
from evenhand.contracts.model import FeeSchedule, Indicators, Rate
from evenhand.contracts.nodes import Scalar
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import DATE, LENGTH, YEAR, Choice, Either, Named, Word
from evenhand.errors import Log
from evenhand.periods import ALWAYS, FOREVER, Period

ROLLING = Record(
    "rolling", (Key("lag", LENGTH, "How long after its day a file is used.", required=True, example="3 months"),)
)
DATED = Record(
    "schedule",
    (
        Key(
            "files",
            Named(Word("a CSV or XLSX file", "medicare-2025.csv"), DATE),
            "The table of each release, by the day it was published for.",
        ),
        Key(
            "rolling",
            Either(Choice({"yes": "yes", "nearest": "nearest"}, "keys such as 'lag:'"), ROLLING),
            "Each release from its day on; nearest: of Medicare's, days without one have the nearest of their year.",
        ),
        Key("year", YEAR, "Always the rates of 1 January of this year."),
    ),
)
#: Reads the table of a file the contract names.
Read = Callable[[str, Scalar], FeeSchedule]


def dated_schedule(name: str, said: Entry, read: Read, log: Log) -> FeeSchedule:
    """A schedule from the files of several releases."""
    files: list[tuple[date, Scalar]] = sorted(((day.text, file) for day, file in said.get("files", ())), key=_day)
    tables = [(day, read(name, file)) for day, file in files]
    if ("year" in said) == ("rolling" in said):
        silent = f"schedule '{name}' says neither rolling nor year"
        what = "both rolling and year stand here" if "year" in said else silent
        log.error(said.line, what, "write 'rolling: yes', 'rolling: {lag: 3 months}' or 'year: 2025'")
        return FeeSchedule(name, ())
    if "year" in said:
        return _pinned(name, tables, said, log)
    rolling = said.get("rolling")
    if rolling == "nearest":
        log.error(said.line_of("rolling"), "'nearest' is for Medicare's schedules", "write 'rolling: yes'")
    lag: Duration | None = rolling.get("lag") if isinstance(rolling, Entry) else None
    if len({(table.by, table.holds) for _, table in tables if table.rates}) > 1:
        log.error(said.line_of("files"), f"the files of '{name}' hold different things", "give all the same headings")
    like = next((table for _, table in tables if table.rates), FeeSchedule(name, ()))
    stated = tuple(_stated(tables, lag))
    return replace(
        like, rates=tuple(_rolled(tables, lag)), file="", source=log.file, lagged=lag is not None, indicators=stated
    )


def _day(pair: tuple[date, Scalar]) -> date:
    return pair[0]


def _pinned(name: str, tables: list[tuple[date, FeeSchedule]], said: Entry, log: Log) -> FeeSchedule:
    """The rates of the release in force on 1 January of the year, for ever."""
    day = date(said.get("year", date.max.year), 1, 1)
    table = next((table for since, table in reversed(tables) if since <= day), None)
    if table is None:
        log.error(said.line_of("year"), f"schedule '{name}' has no file of {day} or before", "add it to files")
        return FeeSchedule(name, ())
    rates = tuple(replace(rate, period=ALWAYS) for rate in table.rates if day in rate.period)
    stated = tuple(replace(one, period=ALWAYS) for one in table.indicators if day in one.period)
    return replace(table, rates=rates, file="", indicators=stated)


def _rolled(tables: list[tuple[date, FeeSchedule]], lag: Duration | None) -> Iterator[Rate]:
    """The rates of each release from its day until that of the next, all of it later by the lag."""
    for used, table in _used(tables, lag):
        for rate in table.rates:
            if (period := _delayed(rate.period, lag).meet(used)) is not None:
                yield replace(rate, period=period)


def _stated(tables: list[tuple[date, FeeSchedule]], lag: Duration | None) -> Iterator[Indicators]:
    """What each release says of its codes besides rates, for the days it is used."""
    for used, table in _used(tables, lag):
        for one in table.indicators:
            if (period := _delayed(one.period, lag).meet(used)) is not None:
                yield replace(one, period=period)


def _used(tables: list[tuple[date, FeeSchedule]], lag: Duration | None) -> Iterator[tuple[Period, FeeSchedule]]:
    days = [*(day for day, _ in tables), FOREVER]
    for (day, after), (_, table) in zip(pairwise(days), tables, strict=True):
        yield Period(later(day, lag), later(after, lag)), table


def _delayed(period: Period, lag: Duration | None) -> Period:
    return Period(later(period.start, lag), later(period.end, lag))


def later(day: date, lag: Duration | None) -> date:
    """A day so much later; the beginning and the end of time stay where they are."""
    return day if lag is None or day in (date.min, FOREVER) else lag.after(day)
