"""The tables as the manual lists them."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from evenhand.claims.schema import TABLES, Table

_KINDS = {"int64": "integer", "int32": "integer", "string": "text", "date32[day]": "day"}


def tables_markdown() -> str:
    """All raw tables in Markdown: what one row is, and each column with its kind and meaning."""
    return "\n".join(line for table in TABLES.values() for line in _table(table))


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"One row is {table.grain}.\n"
    yield "| Column | Kind | Meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {_kind(column.type)} | {column.meaning} |"
    yield ""


def _kind(type_: pa.DataType) -> str:
    if pa.types.is_decimal(type_):
        return f"decimal({type_.precision}, {type_.scale})"
    return _KINDS[str(type_)]
