"""A book as it was known on an earlier day: the loads it held by then, and of merged loads the rows it held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from evenhand.book.loads import Load


def known_on(loads: Sequence[Load], day: date) -> tuple[Load, ...]:
    """The loads that were in the book by the end of a day (UTC); merged ones with the files they had by then."""
    kept = ((load, _known_parts(load, day)) for load in loads)
    return tuple(
        replace(load, files=tuple(file for one in parts for file in one.files)) for load, parts in kept if parts
    )


def _known_parts(load: Load, day: date) -> list[Load]:
    return [part for part in load.parts or (load,) if part.loaded_at.date() <= day]


def rows_known(load: Load, table: str, day: date) -> list[list[tuple[int, int]]] | None:
    """For each file of a table, the rows known by then, as ranges (first, after last); ``None`` when all are."""
    known = _known_parts(load, day)
    if len(known) == len(load.parts or (load,)):
        return None
    files = [one.rows for one in load.tables if one.table == table]
    spans = _spans([part.rows(table) for part in load.parts])
    kept = [span for span, part in zip(spans, load.parts, strict=True) if part in known]
    return [_within(kept, *span) for span in _spans(files)]


def _spans(sizes: Sequence[int]) -> list[tuple[int, int]]:
    return [(sum(sizes[:number]), sum(sizes[: number + 1])) for number in range(len(sizes))]


def _within(spans: Sequence[tuple[int, int]], first: int, after: int) -> list[tuple[int, int]]:
    """The part of each span inside a file, counted from the file's first row."""
    met = ((max(start, first) - first, min(end, after) - first) for start, end in spans)
    return [(start, end) for start, end in met if start < end]
