"""What may leave a book towards an assistant: no figure that stands for a few claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.small_cells import count_words

#: Figures of fewer claims (or lines, where claims are not counted) stay inside.
FEWEST = 11
_SIZES = ("claims", "lines")
#: Count → what else would tell it. Whatever begins with the same word is left out with it, too.
_TOLD_BY = {
    "timed_claims": ("days_p50", "days_p90"),
    "due_claims": ("late_claims", "late_share"),
    "denied_claims": ("top_reasons",),
    "denied_lines": ("denied_charges", "top_reasons"),
    "compared_lines": ("expected", "actual", "underpaid", "overpaid"),
}
Row = Mapping[str, Any]


def without_small_cells(sheet: Sheet) -> Sheet:
    """The sheet without figures of a few claims; its note says how many rows lost theirs.

    One row that is hidden alone could be told by subtracting the others from a total, so the next smallest goes too.
    """
    size = next((key for key in _SIZES if any(field.key == key for field in sheet.fields)), None)
    hidden = _hidden(sheet.rows, size) if size else set()
    rows = [_emptied(sheet, row) if at in hidden else _thinned(sheet, row) for at, row in enumerate(sheet.rows)]
    said = f"{len(hidden)} of {len(rows)} rows stand for few claims; their figures are left out." if hidden else ""
    return replace(sheet, rows=rows, note=" ".join(part for part in (sheet.note, said) if part))


def _hidden(rows: Sequence[Row], size: str) -> set[int]:
    few = {at for at, row in enumerate(rows) if _few(row.get(size))}
    if len(few) != 1:
        return few
    others = sorted((row.get(size) or 0, at) for at, row in enumerate(rows) if at not in few)
    return few | {at for _, at in others[:1]}


def _few(count: Any) -> bool:
    return isinstance(count, int) and 0 < count < FEWEST


def _emptied(sheet: Sheet, row: Row) -> dict[str, Any]:
    """Only what names the row: its leading texts."""
    names = []
    for field in sheet.fields:
        if field.kind != "text":
            break
        names.append(field.key)
    return {field.key: row.get(field.key) if field.key in names else None for field in sheet.fields}


def _thinned(sheet: Sheet, row: Row) -> dict[str, Any]:
    """A row of many claims without the figures in it that stand for a few."""
    few = [field.key for field in sheet.fields if field.kind == "count" and _few(row.get(field.key))]
    gone = {field.key for field in sheet.fields for count in few if _tells(field, count)}
    told = {field.key: None if field.key in gone else row.get(field.key) for field in sheet.fields}
    return told | {count: count_words(row[count], FEWEST) for count in few}


def _tells(field: Field, count: str) -> bool:
    word = count.split("_")[0]
    return field.key in _TOLD_BY.get(count, ()) or (field.key.split("_")[0] == word and "_" in count)
