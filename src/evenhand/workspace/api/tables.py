"""Tables as programs read them: what each column is called and holds, and the rows; amounts and days are text."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from evenhand.documents.commas import plain
from evenhand.documents.sheet import Sheet


class ColumnShown(Schema):
    """One column: `kind` says what its figures are, such as `money`, `count`, `percent` (a share) or `date`."""

    key: str
    heading: str
    kind: str


class TableShown(Schema):
    """One table of an answer."""

    name: str
    title: str
    columns: list[ColumnShown]
    rows: list[dict[str, Any]]
    note: str


def table(sheet: Sheet) -> dict[str, Any]:
    """A sheet for a program."""
    columns = [{"key": one.key, "heading": one.heading, "kind": one.kind} for one in sheet.fields]
    rows = [row(sheet, one) for one in sheet.rows]
    return {"name": sheet.name, "title": sheet.title, "columns": columns, "rows": rows, "note": sheet.note}


def row(sheet: Sheet, given: Any) -> dict[str, Any]:
    """One row of a sheet."""
    return {field.key: plain(given.get(field.key)) for field in sheet.fields}
