"""Rows of text from CSV and XLSX files, with the line each stands on."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from evenhand.errors import Log

KINDS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty."""

    line: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or the whole of a text file, which has no title."""

    title: str
    rows: Sequence[Row]


def read_rows(name: str, content: bytes, log: Log, is_heading: Callable[[Sequence[str]], bool]) -> Sequence[Row]:
    """All rows of a CSV file, or of the first sheet of a workbook that has a heading row."""
    sheets = read_sheets(name, content, log)
    found = [sheet.rows for sheet in sheets if any(is_heading(row.cells) for row in sheet.rows[:40])]
    if len(found) > 1:
        log.warn(None, f"{len(found)} sheets hold a rate table; the first was read", "keep one table a file")
    return next(iter([*found, *(sheet.rows for sheet in sheets)]), [])


def read_sheets(name: str, content: bytes, log: Log) -> list[Sheet]:
    """Every sheet of a workbook, or the one of a text file; none, and the reason in the log, when it cannot be read."""
    kind = PurePath(name).suffix.lower()
    if kind in (".xlsx", ".xlsm"):
        return _xlsx_sheets(content, log)
    if kind == ".xls" or content[:4] == b"\xd0\xcf\x11\xe0":
        log.error(None, "old Excel files (.xls) cannot be read", "save it as .xlsx or .csv")
        return []
    return [Sheet("", _csv_rows(content, log))]


def text_of_bytes(content: bytes) -> str:
    """The text of a file, by its byte order mark, else UTF-8, else Windows' own."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _csv_rows(content: bytes, log: Log) -> list[Row]:
    text = text_of_bytes(content)
    if "\0" in text:
        log.error(None, "this is not a text file", "save the table as .csv or .xlsx")
        return []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        return [Row(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        log.error(reader.line_num, f"this is not CSV: {error}", "check the quotes on this line")
        return []


def _delimiter(text: str) -> str:
    head = text[:20_000].splitlines()[:60]
    return max(",;\t|", key=lambda mark: sum(mark in line for line in head))


def _xlsx_sheets(content: bytes, log: Log) -> list[Sheet]:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            return [Sheet(sheet.title, _sheet_rows(sheet)) for sheet in book.worksheets]
    except Exception as error:  # a broken workbook fails wherever its archive, its XML or openpyxl first trips over it
        log.error(None, f"this workbook cannot be opened: {error}", "save it again as .xlsx or .csv")
        return []


def _sheet_rows(sheet: Any) -> list[Row]:
    rows = []
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [text_of(value) for value in values]
        if any(cells):
            rows.append(Row(line, cells))
    return rows


def text_of(value: Any) -> str:
    """A cell as text: whole numbers without a fraction, fractions without binary noise, days as ISO dates."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()


def tidy(cell: str) -> str:
    """A heading without case and punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", cell.lower()).split())
