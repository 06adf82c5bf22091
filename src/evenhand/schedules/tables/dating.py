"""Which days a release holds for, as its own words say, else the name of its file."""

from __future__ import annotations

import re
from datetime import date

from evenhand.periods import Period, add_months
from evenhand.schedules.tables.headings import MONTHS
from evenhand.schedules.tables.kind import Lasts

_MONTH = "|".join(MONTHS)
_MONTH_YEAR = re.compile(rf"\b({_MONTH}) (20\d\d)\b")
_EFFECTIVE = re.compile(rf"\beffective ({_MONTH}) ([1-9]|[12]\d|3[01]) (20\d\d)\b")
_THROUGH = re.compile(rf"\bthrough ({_MONTH}) (?:[1-9]|[12]\d|3[01]) (20\d\d)\b")
_WAGES = re.compile(r"\bwi ?(\d\d)\b")
_YEAR_RELEASE = re.compile(rf"\b(20\d\d) .{{0,80}}?\b({_MONTH}) release\b")
_CALENDAR = re.compile(r"\b(?:cy|for|in|for cy) ?(20\d\d)\b|^(20\d\d) ")
_FISCAL = re.compile(r"\b(?:fy|fiscal year) ?(20\d\d)\b")
#: In names of files: ``20251001``, ``rvu25d``, ``PPRRVU2025_Oct``, ``GPCI2025``, ``25clabq2``, ``wage_index_2025``.
_NAMED_DAY = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NAMED_LETTER = re.compile(r"(?:rvu|pprrvu|pfrev|pfall|pfal)(\d\d)([a-d])", re.IGNORECASE)
_NAMED_QUARTER = re.compile(r"(?<!\d)(?:20)?(\d\d)(?:[_ ]?clab)?[_ ]?q([1-4])", re.IGNORECASE)
_SHORT = "|".join(month[:3] for month in MONTHS)
_NAMED_MONTH = re.compile(
    rf"(?<!\d)(20\d\d)[_ -]?({_SHORT})|({_SHORT})[a-z]*[_ -]?(20\d\d)",
    re.IGNORECASE,
)
_NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_NAMED_SHORT = re.compile(r"(?:^|[/_ !-])(\d\d)(?=locco|wi)|(?:wi)(\d\d)", re.IGNORECASE)


def said_days(words: str, lasts: Lasts) -> set[date]:
    """The first days that the words of a table name; ``words`` are small letters without punctuation."""
    if found := _YEAR_RELEASE.findall(words):
        return {_first_of_month(year, month) for year, month in found}
    if found := _EFFECTIVE.findall(words):
        days = {_day(int(year), MONTHS.index(month) + 1, int(day)) for month, day, year in found}
        ends = _THROUGH.findall(words) if lasts == "quarter" else []
        last = {add_months(_first_of_month(year, month), -((MONTHS.index(month)) % 3)) for month, year in ends}
        return {day for day in days if day} | last
    if found := _MONTH_YEAR.findall(words):
        return {_first_of_month(year, month) for month, year in found}
    if lasts == "fiscal year" and (found := _FISCAL.findall(words)):
        return {date(int(year) - 1, 10, 1) for year in found}
    if found := _CALENDAR.findall(words):
        return {date(int(one or other), 1, 1) for one, other in found}
    return {date(2000 + int(year), 1, 1) for year in _WAGES.findall(words)}


def _day(year: int, month: int, day: int) -> date | None:
    """A day; ``None`` where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first_of_month(year: str, month: str) -> date:
    return date(int(year), MONTHS.index(month) + 1, 1)


def tells_quarter(words: str, name: str) -> bool:
    """Whether the words of a table, or the name of its file, tell a month or quarter and not a year alone."""
    own = "/".join(name.replace("\\", "/").split("/")[-2:])
    said = (_YEAR_RELEASE, _EFFECTIVE, _MONTH_YEAR)
    named = (_NAMED_DAY, _NAMED_LETTER, _NAMED_QUARTER, _NAMED_MONTH)
    return any(one.search(words) for one in said) or any(one.search(own) for one in named)


def named_day(name: str, lasts: Lasts) -> date | None:
    """The first day that the name of a file, with its folder or archive, tells."""
    name = "/".join(name.replace("\\", "/").split("/")[-2:])
    if (found := _NAMED_DAY.search(name)) and (day := _day(int(found[1]), int(found[2]), int(found[3]))):
        return day
    own = name.split("/")[-1]
    if not lasts.startswith("quarter") and (found := _NAMED_YEAR.search(own)):
        return _first_of(int(found[1]), lasts)
    if found := _NAMED_LETTER.search(name):
        return date(2000 + int(found[1]), "abcd".index(found[2].lower()) * 3 + 1, 1)
    if found := _NAMED_QUARTER.search(name):
        return date(2000 + int(found[1]), int(found[2]) * 3 - 2, 1)
    if found := _NAMED_MONTH.search(name):
        month = [m[:3] for m in MONTHS].index((found[2] or found[3]).lower()) + 1
        return date(int(found[1] or found[4]), month, 1)
    if found := _NAMED_YEAR.search(name):
        return _first_of(int(found[1]), lasts)
    if found := _NAMED_SHORT.search(name):
        return _first_of(2000 + int(found[1] or found[2]), lasts)
    return None


def _first_of(year: int, lasts: Lasts) -> date:
    return date(year - 1, 10, 1) if lasts == "fiscal year" else date(year, 1, 1)


def period_of(first: date, lasts: Lasts) -> Period:
    """The days a release holds for that begins on a day: to the end of its quarter, year or fiscal year."""
    if lasts.startswith("quarter"):
        return Period(first, add_months(date(first.year, (first.month - 1) // 3 * 3 + 1, 1), 3))
    if lasts == "year":
        return Period(first, date(first.year + 1, 1, 1))
    return Period(first, date(first.year + (first.month >= 10), 10, 1))
