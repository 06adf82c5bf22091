"""A sheet as comma-separated text: keys as headings, figures as they are, formulas never taken from data."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Sheet
from evenhand.documents.workbook import guard_formula


def csv_text(sheet: Sheet) -> str:
    """The rows of a sheet under their keys."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.key for field in sheet.fields])
    for row in sheet.rows:
        writer.writerow([guard_formula(plain(row.get(field.key))) for field in sheet.fields])
    return out.getvalue()


def plain(value: Any) -> Any:
    """A value as other programs read it: decimals and days as text, a line break as one line feed."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
