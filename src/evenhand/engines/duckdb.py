"""DuckDB, in this process: the default engine. It runs the steps as they are written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pyarrow as pa

from evenhand.engines.protocol import Step
from evenhand.errors import PlanError, UsageError

#: Set to anything, it lets DuckDB join as the steps are written. DuckDB 2.0.0 fails on some joins within joins that its
#: optimizer turns around (its issue 24807), whatever the data mean, and its database is closed by it.
CAREFUL = "EVENHAND_CAREFUL"
#: How many threads it may use, for a machine others work on as well; all there are where it is not set.
THREADS = "EVENHAND_THREADS"
_TURNED = "join_order,build_side_probe_side,join_filter_pushdown"
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
        if os.environ.get(CAREFUL):
            self.connection.execute(f"set disabled_optimizers = '{_TURNED}'")
        if threads := os.environ.get(THREADS):
            self.connection.execute(f"set threads = {_counted(threads)}")

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
        """Run steps in order.

        Raises:
            PlanError: DuckDB fails on its own plan of a step.
        """
        for step in steps:
            kind = "table" if step.kept else "view"
            with _planned(step.name):
                self.connection.execute(f'create or replace temp {kind} "{step.name}" as {step.sql}')

    def arrow(self, query: str) -> pa.Table:
        """The result of a query.

        Raises:
            PlanError: As for :meth:`run`.
        """
        with _planned(query[:60]):
            return self.connection.sql(query).to_arrow_table()

    def write(self, query: str, file: Path) -> None:
        """Write the result of a query as a Parquet file.

        Raises:
            PlanError: As for :meth:`run`.
        """
        with _planned(query[:60]):
            self.connection.execute(f"copy ({query}) to '{str(file).replace(chr(39), chr(39) * 2)}' (format parquet)")


def _counted(said: str) -> int:
    """The number of threads a setting names."""
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= 1024:
        raise UsageError(f"{THREADS} is '{said}', which is no number of threads; set it to 1 or more, or not at all")
    return int(said)


@contextmanager
def _planned(what: str) -> Iterator[None]:
    try:
        yield
    except duckdb.InternalException as failed:
        raise PlanError(what, CAREFUL) from failed


def _kind(kind: pa.DataType) -> str:
    return f"decimal({kind.precision}, {kind.scale})" if pa.types.is_decimal(kind) else _KINDS[kind]
