"""Amounts, quantities and dates, read for a whole column at once and exactly.

Digits are read eight at a time, by arithmetic on 64-bit words. What has another shape (more than eight
digits before the point, blanks, garbage) is rare and read one by one with the same rules. What is not a
number comes back as bad, never as zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.index import Ints, Mask, SegmentIndex, Span

#: Amounts of this many cents and more (ten trillion dollars) are not taken for amounts of money.
LIMIT = 10**15
_NUMBER = re.compile(rb"([+-]?)(\d*)(?:\.(\d*))?")
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_ZEROS = np.uint64(0x3030303030303030)
_ABOVE_NINE = np.uint64(0x7676767676767676)
_TOP_BITS = np.uint64(0x8080808080808080)
_HIGH_BYTES = np.array([((1 << (8 * n)) - 1) << (64 - 8 * n) for n in range(9)], dtype=np.uint64)
_POWERS = 10 ** np.arange(9)
_PLUS, _MINUS = 43, 45
#: A point, where the digits are 0 to 9.
_POINT_DIGIT = ord(".") ^ ord("0")
_FIRST_YEAR, _LAST_YEAR = 1850, 2149
_NO_DAY = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of integers (cents, thousandths, days since 1970).

    Attributes:
        values: the integers; 0 where missing.
        absent: the element is empty or not there.
        bad: the element is there and is not a number.
    """

    values: npt.NDArray[np.int64]
    absent: Mask
    bad: Mask

    @property
    def missing(self) -> Mask:
        """Absent or bad: null in the tables."""
        return self.absent | self.bad

    def rows(self, chosen: Ints | Mask) -> Numbers:
        """Some of the rows."""
        if chosen.dtype == bool:
            chosen = np.flatnonzero(chosen)
        return Numbers(self.values[chosen], self.absent[chosen], self.bad[chosen])


def nothing(size: int) -> Numbers:
    """A column in which every value is absent."""
    return Numbers(np.zeros(size, np.int64), np.ones(size, bool), np.zeros(size, bool))


def placed(size: int, owner: Ints, numbers: Numbers) -> Numbers:
    """Numbers of a few rows, put at their owners' places in a longer column."""
    column = nothing(size)
    if owner.size:
        column.values[owner], column.absent[owner], column.bad[owner] = numbers.values, numbers.absent, numbers.bad
    return column


def read_number(raw: bytes, scale: int) -> int | None:
    """One number times ten to the power of ``scale``; ``None`` when it is not one, or not exact, or absurd.

    >>> read_number(b"200.", 2), read_number(b".5", 2), read_number(b"1.005", 2), read_number(b"1E5", 2)
    (20000, 50, None, None)
    """
    match = _NUMBER.fullmatch(raw.strip())
    if match is None or not (match.group(2) or match.group(3)):
        return None
    decimals = (match.group(3) or b"").rstrip(b"0")
    if len(decimals) > scale or len(match.group(2).lstrip(b"0")) > 18:
        return None
    value: int = int(match.group(2) or b"0") * 10**scale + int(decimals.ljust(scale, b"0") or b"0")
    if value >= LIMIT:
        return None
    return -value if match.group(1) == b"-" else value


def _digits(words: npt.NDArray[np.uint64], length: Ints | int) -> tuple[npt.NDArray[np.int64], Mask]:
    """The number in the last ``length`` (0 to 8) bytes of each word, and whether all are digits."""
    digits = (words ^ _ZEROS) & _HIGH_BYTES[length]
    good = ((digits | (digits + _ABOVE_NINE)) & _TOP_BITS) == 0
    return _joined(digits), good


def _joined(digits: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
    """The number that eight digits make, one in each byte."""
    digits = ((digits * np.uint64(2561)) >> np.uint64(8)) & np.uint64(0x00FF00FF00FF00FF)
    digits = ((digits * np.uint64(6553601)) >> np.uint64(16)) & np.uint64(0x0000FFFF0000FFFF)
    return ((digits * np.uint64(42949672960001)) >> np.uint64(32)).view(np.int64)


def read_numbers(index: SegmentIndex, span: Span, scale: int) -> Numbers:
    """The spans as integers times ten to the power of ``scale``."""
    start, end = span
    filled = end > start
    few = _few(filled)
    if few is not None:
        there = read_numbers(index, (start[few], end[few]), scale) if few.size else nothing(0)
        return placed(filled.size, few, there)
    values, good = _read_short(index, span, scale)
    good &= filled
    if good.all():
        return Numbers(values, ~filled, ~good)
    rest = np.flatnonzero(filled & ~good)
    if rest.size:
        good[rest] = _read_signed(index, span, scale, values=values, rows=rest)
    return _repaired(index, span, scale, values=values, doubtful=filled & ~good)


def _read_short(index: SegmentIndex, span: Span, scale: int) -> tuple[npt.NDArray[np.int64], Mask]:
    """Numbers of up to eight characters without a sign, and whether each is one of these."""
    length = span[1] - span[0]
    unused = np.maximum(np.int32(8) - length, 0).astype(np.uint64) << np.uint64(3)
    digits = (index.word(span[1] - 8) ^ _ZEROS) & (_ALL << unused)
    point, places = _point(digits, scale)
    # Close the gap the point leaves: what stands before it moves up by one byte. Then zeros follow.
    after = places.astype(np.uint64) << np.uint64(3)
    whole = _ALL >> after
    digits = (digits & ~whole) | ((digits << (point.astype(np.uint64) << np.uint64(3))) & whole)
    good = ((digits | (digits + _ABOVE_NINE)) & _TOP_BITS) == 0
    before = length - (point.view(np.int8) + places)
    good &= (length <= 8) & (length > point) & (before <= 8 - scale)
    return _joined(digits >> (np.uint64(8 * scale) - after)), good


def _point(digits: npt.NDArray[np.uint64], scale: int) -> tuple[Mask, npt.NDArray[np.int8]]:
    """Whether a decimal point stands before the last 0 to ``scale`` digits, and before how many.

    Two points leave one among the digits, which is no digit.
    """
    characters = digits.astype("<u8", copy=False).view(np.uint8).reshape(-1, 8)
    point = characters[:, 7] == _POINT_DIGIT
    places = np.zeros(digits.shape, np.int8)
    for decimals in range(1, scale + 1):
        here = characters[:, 7 - decimals] == _POINT_DIGIT
        places += here.view(np.int8) * np.int8(decimals)
        point |= here
    return point, places


def _few(filled: Mask) -> Ints | None:
    """The rows that are filled, when it pays to read these alone."""
    return np.flatnonzero(filled) if 2 * np.count_nonzero(filled) < filled.size else None


def _read_signed(index: SegmentIndex, span: Span, scale: int, *, values: npt.NDArray[np.int64], rows: Ints) -> Mask:
    """Put numbers with a sign, or with more than eight characters, into ``values``; returns where that was done."""
    start, end = span[0][rows], span[1][rows]
    sign = index.data[start]
    low = start + ((sign == _MINUS) | (sign == _PLUS))
    tail = index.word(end - 8)
    kept = (tail ^ _ZEROS) & _HIGH_BYTES[np.clip(end - low, 0, 8)]
    point, places = _point(kept, scale)
    single = places <= scale
    places = np.where(single, places, 0).astype(np.int64)
    whole = end - point - places
    length = whole - low
    numbers, good = _digits(index.word(whole - 8), np.clip(length, 0, 8))
    decimals, exact = _digits(tail, places)
    good &= exact & single & (length <= 8) & (length + places > 0)
    numbers = numbers * 10**scale + decimals * _POWERS[scale - places]
    values[rows] = np.where(sign == _MINUS, -numbers, numbers)
    return good


def _repaired(index: SegmentIndex, span: Span, scale: int, *, values: npt.NDArray[np.int64], doubtful: Mask) -> Numbers:
    """Read the doubtful cells one by one."""
    start, end = span
    absent, bad = end <= start, np.zeros(start.shape, bool)
    values = np.where(absent | doubtful, 0, values)
    for row in np.flatnonzero(doubtful).tolist():
        raw = index.raw(int(start[row]), int(end[row]))
        value = read_number(raw, scale)
        absent[row] = not raw.strip()
        bad[row] = value is None and not absent[row]
        values[row] = value or 0
    return Numbers(values, absent, bad)


@lru_cache(maxsize=1)
def _calendar() -> npt.NDArray[np.int64]:
    """Days since 1970 by year, month and day of month (31 to each); ``_NO_DAY`` where there is no such day."""
    years = _LAST_YEAR - _FIRST_YEAR + 1
    table = np.full(years * 372 + 1, _NO_DAY)
    months = np.arange((_FIRST_YEAR - 1970) * 12, (_LAST_YEAR + 1 - 1970) * 12 + 1).astype("datetime64[M]")
    firsts = months.astype("datetime64[D]").astype(np.int64)
    for number, (first, following) in enumerate(pairwise(firsts)):
        table[number * 31 : number * 31 + following - first] = np.arange(first, following)
    return table


@lru_cache(maxsize=1)
def _slots() -> npt.NDArray[np.int64]:
    """Place in the year, 31 to each month, by month and day written as four digits; -1 where there is none."""
    slots = np.full(10000, -1)
    for month in range(1, 13):
        slots[month * 100 + 1 : month * 100 + 32] = np.arange((month - 1) * 31, month * 31)
    return slots


def read_days(index: SegmentIndex, span: Span) -> Numbers:
    """The spans as days since 1970: CCYYMMDD, with or without a time of day after it."""
    start, end = span
    absent = end <= start
    few = _few(~absent)
    if few is not None:
        there = read_days(index, (start[few], end[few])) if few.size else nothing(0)
        return placed(absent.size, few, there)
    length = end - start
    stamp, good = _digits(index.word(start), 8)
    good &= (length == 8) | (length == 12) | (length == 14)
    year = stamp // 10000
    slot = _slots()[np.where(good, stamp - year * 10000, 0)]
    good &= (slot >= 0) & (year >= _FIRST_YEAR) & (year <= _LAST_YEAR)
    days = _calendar()[np.where(good, (year - _FIRST_YEAR) * 372 + slot, -1)]
    good &= days != _NO_DAY
    bad = ~good & ~absent
    for row in np.flatnonzero(bad).tolist():
        if not index.raw(int(start[row]), int(end[row])).strip():
            absent[row], bad[row] = True, False
    return Numbers(np.where(good & ~absent, days, 0), absent, bad)


def read_day(text: str) -> date | None:
    """One CCYYMMDD as a date; ``None`` when it is not one."""
    digits = text.strip()
    if not re.fullmatch(r"[0-9]{8}([0-9]{4}){0,1}([0-9]{2}){0,1}", digits):
        return None
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None
    return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
