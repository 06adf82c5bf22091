"""DuckDB, in this process: the default engine. It runs the steps as they are written."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import duckdb
import pyarrow as pa

from evenhand.engines.protocol import Step

#: What the columns of an empty table are called here: to declare it takes a third of the time of copying nothing.
_KINDS = {
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.string(): "varchar",
    pa.large_string(): "varchar",
    pa.bool_(): "boolean",
    pa.date32(): "date",
}


class DuckDB:
    """Steps become tables or views of one in-memory (or given) DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.connection = duckdb.connect() if connection is None else connection
        with suppress(duckdb.InvalidInputException):  # a notebook without its widgets has no bar to turn off
            self.connection.execute("set enable_progress_bar = false")  # it would be drawn over the answer
        self.connection.execute("set parquet_metadata_cache = true")  # each step over a file would read its footer anew

    def put(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name, copied into the engine."""
        if not table.num_rows and all(kind in _KINDS or pa.types.is_decimal(kind) for kind in table.schema.types):
            columns = ", ".join(f'"{field.name}" {_kind(field.type)}' for field in table.schema)
            self.connection.execute(f'create or replace table "{name}" ({columns})')
            return
        self.connection.register("_incoming", table)
        self.connection.execute(f'create or replace table "{name}" as select * from _incoming')
        self.connection.unregister("_incoming")

    def run(self, steps: Iterable[Step]) -> None:
        """Run steps in order."""
        for step in steps:
            kind = "table" if step.kept else "view"
            self.connection.execute(f'create or replace temp {kind} "{step.name}" as {step.sql}')

    def arrow(self, query: str) -> pa.Table:
        """The result of a query."""
        return self.connection.sql(query).to_arrow_table()


def _kind(kind: pa.DataType) -> str:
    return f"decimal({kind.precision}, {kind.scale})" if pa.types.is_decimal(kind) else _KINDS[kind]
