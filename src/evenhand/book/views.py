"""The tables of a book as views of DuckDB: one for each raw table, over all loads, typed even when empty."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import duckdb

from evenhand.book.known import rows_known
from evenhand.book.loads import Load
from evenhand.claims.schema import TABLES, Table, file_key
from evenhand.errors import BookError


@cache
def schema_digest() -> str:
    """Names the columns and types of all tables as this version knows them."""
    told = "\n".join(f"{t.name}.{c.name} {c.type}" for t in TABLES.values() for c in t.columns)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def folder_of(book: Path, load: Load) -> Path:
    """Where a load lies: in the book, or where it was put by those who merged or unloaded it meanwhile.

    Raises:
        BookError: it is gone for good.
    """
    for place in ("loads", "replaced", "unloaded", "loads"):
        if (book / place / load.id).is_dir():
            return book / place / load.id
    raise BookError(f"the load {load.id} was merged away since the book was opened; open it again")


def make_views(
    connection: duckdb.DuckDBPyConnection, loads: Sequence[Load], book: Path, as_known_on: date | None = None
) -> None:
    """Make one view per table over these loads of a book; with a day, over the rows that were there by then."""
    folders = {load.id: folder_of(book, load) for load in loads}
    current = all(load.schema == schema_digest() for load in loads)
    past = _past(loads)
    for table in TABLES.values():
        paths = [str(folders[load.id] / t.file) for load in loads for t in load.tables if t.table == table.name]
        query = _query(table, paths, current=current)
        if as_known_on is not None:
            query = _known(table, [(load, folders[load.id]) for load in loads], as_known_on)
        if past and table.name in _PAST:
            query = f"select * from ({query}) where not (file_id in ({past}) and {_PAST[table.name]})"
        connection.execute(f"create or replace view {table.name} as {query}")


#: What tells that a file was not recognised.
_PAST = {"files": "kind = 'unknown'", "findings": "rule in ('not-recognised', 'unreadable')"}


def _past(loads: Sequence[Load]) -> str:
    """Files that were not recognised once and have been read since: the old note of them is past."""
    files = [file for load in loads for file in load.files]
    read = {file.sha256 for file in files if file.kind != "unknown"}
    return ", ".join(str(file_key(file.sha256)) for file in files if file.kind == "unknown" and file.sha256 in read)


def _query(table: Table, paths: Sequence[str], *, current: bool) -> str:
    empty = ", ".join(f"cast(null as {_sql_type(str(c.type))}) as {c.name}" for c in table.columns)
    if not paths:
        return f"select {empty} where false"
    listed = "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"
    names = ", ".join(column.name for column in table.columns)
    if current:
        return f"select {names} from read_parquet({listed})"
    return f"""select {names} from (select {empty} where false
      union all by name select * from read_parquet({listed}, union_by_name = true))"""


def _known(table: Table, loads: Sequence[tuple[Load, Path]], day: date) -> str:
    """The rows of a table that were known on a day; a merged load may hold some that were not."""
    parts = [_query(table, [], current=False)]
    for load, folder in loads:
        paths = [str(folder / file.file) for file in load.tables if file.table == table.name]
        ranges = rows_known(load, table.name, day)
        parts += [_query(table, paths, current=False)] if ranges is None else []
        for path, kept in zip(paths, ranges or (), strict=ranges is not None):
            parts += [_rows(table, path, kept)] if kept else []
    return " union all ".join(parts)


def _rows(table: Table, path: str, kept: Sequence[tuple[int, int]]) -> str:
    """Some rows of a file, by their place in it."""
    names = ", ".join(column.name for column in table.columns)
    rows = " or ".join(f"file_row_number >= {first} and file_row_number < {after}" for first, after in kept)
    literal = path.replace("'", "''")
    return f"""select {names} from ({_query(table, [], current=False)} union all by name
      select * exclude (file_row_number) from read_parquet('{literal}', file_row_number = true) where {rows})"""


def _sql_type(arrow_type: str) -> str:
    return {"int64": "bigint", "int32": "integer", "string": "varchar", "date32[day]": "date"}.get(
        arrow_type, arrow_type.replace("decimal128", "decimal")
    )
