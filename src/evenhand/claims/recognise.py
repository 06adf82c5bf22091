"""What a file is, told from its content and never from its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from evenhand.claims.schema import TABLES, file_key
from evenhand.claims.tabular import Grid, Layout, open_grid, read_table
from evenhand.claims.tabular.grid import read_head
from evenhand.claims.tabular.reader import Reading
from evenhand.claims.tuva import is_tuva, tuva_layout

_HEAD = 64 << 10
RIGHT = (
    "evenhand reads X12 835 and 837 files, Tuva medical_claim tables, and any other table of claims "
    "with a mapping (evenhand load --map-from FILE drafts one)"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file was recognised as: x12, tuva, mapped or unknown; ``what`` says it in words."""

    kind: str
    what: str
    grid: Grid | None = None
    layout: Layout | None = None


def recognise(content: Path | bytes, mapping: Layout | None = None) -> Recognised:
    """Tell what a file is. A mapping applies to tables that have its columns and are no Tuva tables."""
    head = read_head(content, _HEAD)
    if not head.strip():
        return Recognised("unknown", "an empty file")
    if looks_like_x12(head):
        return Recognised("x12", "X12")
    if other := _other(head):
        return Recognised("unknown", other)
    sheet, row = (mapping.sheet, mapping.header_row) if mapping else (None, 1)
    grid = open_grid(content, sheet=sheet, header_row=row)
    if grid is None:
        return Recognised("unknown", _no_table(head))
    if mapping is not None and not _missing(mapping, grid):
        return Recognised("mapped", f"{_form(grid)} read by the mapping {mapping.name}", grid, mapping)
    if is_tuva(grid):
        return Recognised("tuva", f"Tuva medical_claim, {_form(grid)}", grid, tuva_layout(grid))
    return Recognised("unknown", _unmapped(grid, mapping), grid)


def looks_like_x12(head: bytes) -> bool:
    """Whether content starts as an X12 interchange does."""
    from evenhand.claims import x12

    return x12.looks_like_x12(head)


def _missing(mapping: Layout, grid: Grid) -> list[str]:
    columns = (cell.column for cell in mapping.cells.values() if cell.column is not None)
    return [name for name in dict.fromkeys(columns) if grid.position(name) is None]


def _form(grid: Grid) -> str:
    return {"csv": "CSV", "xlsx": "Excel", "parquet": "Parquet"}[grid.form]


def _unmapped(grid: Grid, mapping: Layout | None) -> str:
    shown = ", ".join(grid.columns[:6]) + (", …" if len(grid.columns) > 6 else "")
    if mapping is None:
        return f"a {_form(grid)} table ({shown}) that needs a mapping"
    return f"a {_form(grid)} table that lacks columns of the mapping: {', '.join(_missing(mapping, grid))}"


def _other(head: bytes) -> str | None:
    """What is known by how it starts to be no table, whatever separators it holds."""
    known = {b"%PDF": "a PDF document", b"{": "JSON", b"<": "XML or HTML"}
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((name for start, name in known.items() if text.startswith(start)), None)


def _no_table(head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        return "an archive or office document"
    return "a binary file" if b"\0" in head else "a text that is no table"


@dataclass(slots=True)
class Opened:
    """A recognised file being read; ``reading`` is set for tables, whose own totals it knows when all is read."""

    recognised: Recognised
    batches: Iterator[dict[str, pa.Table]]
    reading: Reading | None = None


def open_reader(recognised: Recognised, content: Path | bytes, *, sha256: str, spool: Path | None = None) -> Opened:
    """Start reading a file as what it was recognised as."""
    if recognised.kind == "x12":
        from evenhand.claims import x12

        return Opened(recognised, x12.read_x12(content, sha256=sha256))
    if recognised.grid is not None and recognised.layout is not None:
        reading = read_table(content, recognised.grid, layout=recognised.layout, sha256=sha256, spool=spool)
        return Opened(recognised, reading.batches(), reading)
    return Opened(recognised, iter([not_recognised(recognised.what, sha256)]))


def not_recognised(what: str, sha256: str, *, rule: str = "not-recognised") -> dict[str, pa.Table]:
    """The finding that a file could not be read."""
    base = file_key(sha256)
    found = {
        "file_id": base,
        "rule": rule,
        "severity": "error",
        "subject": "files",
        "subject_key": base,
        "found": what,
        "expected": RIGHT,
        "message": f"not recognised: {what}; {RIGHT}",
    }
    return {"findings": pa.Table.from_pylist([found], schema=TABLES["findings"].schema)}
