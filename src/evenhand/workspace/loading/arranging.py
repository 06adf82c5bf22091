"""Tables of a load as its page shows them: what adds up first, no column of noughts, files by the names people gave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.workspace.loading.staging import shown_name

#: Tables in the order of the page, with what stands above each.
_TITLES = {
    "control": "Whether it all adds up: what the files said is what the book holds and what the findings account for",
    "unknown": "Not recognised",
    "left-out": "Left out",
    "loaded": "By kind of file",
    "files": "File by file",
}
_ALWAYS = ("files", "errors")


def arranged(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The tables that have something to say, in the order of the page."""
    order = list(_TITLES)
    known = sorted((one for one in sheets if one.rows), key=lambda one: order.index(one.name))
    return [_shortened(_named(_in_dollars(replace(one, title=_TITLES[one.name])))) for one in known]


def _in_dollars(sheet: Sheet) -> Sheet:
    """Totals of money say so; a count of rows is no money."""
    if sheet.name != "control":
        return sheet
    rows = [{**row, "what": row["what"] if row["what"] == "rows" else f"{row['what']}, dollars"} for row in sheet.rows]
    return replace(sheet, rows=rows)


def _named(sheet: Sheet) -> Sheet:
    rows = [{**row, "file": shown_name(row["file"])} if "file" in row else row for row in sheet.rows]
    return replace(sheet, rows=rows)


def _shortened(sheet: Sheet) -> Sheet:
    if sheet.name == "control":
        return sheet
    fields = tuple(field for field in sheet.fields if not _is_nought(field, [row.get(field.key) for row in sheet.rows]))
    return replace(sheet, fields=fields)


def _is_nought(field: Field, values: list[Any]) -> bool:
    """Whether a column counts nothing in any row."""
    if field.kind not in ("count", "money") or field.key in _ALWAYS:
        return False
    return not any(Decimal(str(value or 0)) for value in values)
