"""Excel workbooks: one worksheet for each sheet, formatted figures, formulas never taken from data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.documents.sheet import Field, Sheet

_FORMATS = {
    "money": "#,##0.00;[Red]-#,##0.00",
    "dollars": "#,##0;[Red]-#,##0",
    "count": "#,##0",
    "days": "#,##0",
    "number": "#,##0.####",
    "percent": "0.0%",
    "change": "+#,##0;[Red]-#,##0;0",
    "rate": "+0.0%;[Red]-0.0%;0.0%",
    "date": "yyyy-mm-dd",
}

#: What a formula begins with, also as some keyboards write it, after what a spreadsheet leaves out.
_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guard_formula(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> guard_formula("=1+1"), guard_formula("99213"), guard_formula(-5)
    ("'=1+1", '99213', -5)
    """
    if isinstance(value, str) and value.startswith(_BEGINNINGS) and not _is_number(value):
        return "'" + value
    return value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write sheets to an Excel file: title, headings, rows, note; headings frozen, columns fitted.

    Raises:
        OSError: the file cannot be written there.
    """
    import xlsxwriter

    path.open("ab").close()  # xlsxwriter would tell only at the end, and in its own words
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
        bold, head = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.write_string(0, 0, sheet.title, bold)
            for column, field in enumerate(sheet.fields):
                page.write_string(2, column, field.heading, head)
                page.set_column(column, column, _width(field, sheet.rows))
                for index, row in enumerate(sheet.rows):
                    _write(page, 3 + index, column, row.get(field.key), formats.get(field.kind))
            page.freeze_panes(3, 0)
            page.write_string(4 + len(sheet.rows), 0, sheet.note)


def _width(field: Field, rows: Sequence[Mapping[str, Any]]) -> int:
    longest = max((len(str(row.get(field.key, ""))) for row in rows[:200]), default=0)
    return min(60, max(len(field.heading), longest) + 2)


def _write(page: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None:
        page.write_blank(row, column, None)
    elif isinstance(value, bool):
        page.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int | float | Decimal):
        page.write_number(row, column, float(value), style)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, style)  # type: ignore[arg-type,unused-ignore]
    else:
        page.write_string(row, column, str(value))
