"""Tables of a published index: a month and its value in each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from evenhand.contracts.escalation import Index
from evenhand.errors import Log
from evenhand.sheets import Row, read_rows, tidy

_MONTH = ("month", "date", "period", "observation date")
_VALUE = ("value", "index", "index value", "level")
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?")


def read_index(name: str, content: bytes, log: Log) -> Index:
    """Read an index from the bytes of its table; ``log.file`` names it in messages."""
    rows = read_rows(log.file, content, log, _is_heading)
    start = next((place for place, row in enumerate(rows) if _is_heading(row.cells)), None)
    if start is None:
        if not log.failed:
            log.error(None, "no row names a month and a value", "give the table the headings month,value")
        return Index(name, {}, log.file)
    month, value = _columns(rows[start].cells)
    values: dict[date, Decimal] = {}
    for row in rows[start + 1 :]:
        _read_row(row, (month, value), values, log)
    if not values and not log.failed:
        log.error(rows[start].line, "there is no value below the heading", "give one month and value a row")
    return Index(name, values, log.file)


def _is_heading(cells: Sequence[str]) -> bool:
    month, value = _columns(cells)
    return month >= 0 and value >= 0


def _columns(cells: Sequence[str]) -> tuple[int, int]:
    names = [tidy(cell) for cell in cells]
    found = [next((place for place, name in enumerate(names) if name in known), -1) for known in (_MONTH, _VALUE)]
    return found[0], found[1]


def _read_row(row: Row, columns: tuple[int, int], values: dict[date, Decimal], log: Log) -> None:
    said, text = (row.cells[column].strip() if column < len(row.cells) else "" for column in columns)
    month = read_month(said)
    if month is None:
        log.error(row.line, f"'{said}' is not a month", "write it like 2025-01")
    elif not _NUMBER.fullmatch(text) or not Decimal(text):
        log.error(row.line, f"'{text}' is not a value of an index", "write it like 548.123, or leave the row out")
    elif values.get(month, Decimal(text)) != Decimal(text):
        log.error(row.line, f"{month:%Y-%m} has two values, {values[month]} and {text}", "keep the published one")
    else:
        values[month] = Decimal(text)


def read_month(text: str) -> date | None:
    """The first day of a month written 2025-01, 2025-01-01 or 1/2025.

    >>> read_month("2025-03"), read_month("3/2025"), read_month("March")
    (datetime.date(2025, 3, 1), datetime.date(2025, 3, 1), None)
    """
    iso = re.fullmatch(r"(\d{4})-(\d{2})(-\d{2})?( 00:00:00)?", text, re.ASCII)
    slashed = re.fullmatch(r"(\d{1,2})/(\d{4})", text, re.ASCII)
    year, month = (iso[1], iso[2]) if iso else (slashed[2], slashed[1]) if slashed else ("0", "0")
    return date(int(year), int(month), 1) if int(year) and 1 <= int(month) <= 12 else None


def index_text(index: Index) -> str:
    """The index as a table in CSV."""
    rows = [f"{month:%Y-%m},{value}\n" for month, value in sorted(index.values.items())]
    return "".join(["month,value\n", *rows])
