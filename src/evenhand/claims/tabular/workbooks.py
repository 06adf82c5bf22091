"""Rows of an Excel sheet as text: codes keep their digits, days become ISO dates, no figure grows a tail."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.errors import ReadError

#: A workbook that unpacks to more than this is refused.
MOST_UNPACKED = 4 << 30


def sheet_rows(content: Path | bytes, sheet: str | None) -> tuple[str, Iterator[list[str | None]]]:
    """The name and the rows of a sheet; the first visible one when none is named.

    Raises:
        KeyError: there is no such sheet.
        ReadError: the workbook grows beyond all measure when unpacked.
    """
    import openpyxl

    source = io.BytesIO(content) if isinstance(content, bytes) else content
    with zipfile.ZipFile(source) as archive:
        if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED:
            raise ReadError("workbook", "it unpacks to more than 4 GB", "save the sheet as CSV")
    book = openpyxl.load_workbook(source, read_only=True, data_only=True)
    name = sheet or next(s.title for s in book.worksheets if s.sheet_state == "visible")
    page = book[name]
    page.reset_dimensions()
    return name, ([as_text(value) for value in row] for row in page.iter_rows(values_only=True))


def as_text(value: Any) -> str | None:
    """A cell as text.

    >>> as_text(99213.0), as_text(0.1 + 0.2), as_text(datetime(2025, 3, 1)), as_text("")
    ('99213', '0.3', '2025-03-01', None)
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain_number(value: float) -> str:
    """Excel keeps fifteen significant digits; more are noise of the binary form."""
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
