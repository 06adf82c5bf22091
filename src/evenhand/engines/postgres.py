"""PostgreSQL: the steps translated, every table a temporary one of one connection.

It is here for conformance: that the steps mean the same on a second kind of engine, and to try them on your own
server. Needs ``psycopg`` and SQLGlot (``evenhand[postgres]``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from evenhand.engines.protocol import Step
from evenhand.engines.translate import in_dialect
from evenhand.errors import EngineError

if TYPE_CHECKING:
    from psycopg import Connection

#: Text compares by bytes, as on the other engines, whatever the database's own order is.
_TEXT = 'text collate "C"'
#: Type of PostgreSQL's answers → Arrow; other types (sums and counts) are whole numbers or decimals.
_KINDS = {"bool": pa.bool_(), "date": pa.date32(), "int2": pa.int32(), "int4": pa.int32(), "int8": pa.int64()}


class Postgres:
    """Steps become temporary tables and views, which go when the connection goes.

    Args:
        dsn: Where the server is: ``postgresql://user@host/database`` or ``host=… dbname=…``.

    Raises:
        EngineError: psycopg is missing, or the server cannot be reached.
    """

    def __init__(self, dsn: str) -> None:
        self._connection = _connected(dsn)
        self._made: list[tuple[str, str]] = []

    def put(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table known under a name."""
        self._drop_from(name)
        columns = ", ".join(f'"{field.name}" {_type(field.type)}' for field in table.schema)
        self._connection.execute(f'create temp table "{name}" ({columns})'.encode())
        with self._connection.cursor().copy(f'copy "{name}" from stdin'.encode()) as copy:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copy.write_row(row)
        self._connection.execute(f'analyze "{name}"'.encode())
        self._made.append((name, "table"))

    def run(self, steps: Iterable[Step]) -> None:
        """Run steps in order.

        Raises:
            EngineError: PostgreSQL refuses a step; the message names it.
        """
        for step in steps:
            self._drop_from(step.name)
            kind = "table" if step.kept else "view"
            self._do(step.name, f'create temp {kind} "{step.name}" as {in_dialect(step.sql, "postgres")}')
            if step.kept:
                self._do(step.name, f'analyze "{step.name}"')
            self._made.append((step.name, kind))

    def arrow(self, query: str) -> pa.Table:
        """The result of a query, which is written as for DuckDB."""
        with self._connection.execute(in_dialect(query, "postgres").encode()) as cursor:
            described, rows = cursor.description or [], cursor.fetchall()
        columns = list(zip(*rows, strict=True)) or [() for _ in described]
        kinds = [self._kind(column.type_code) for column in described]
        arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.Table.from_arrays(arrays, names=[column.name for column in described])

    def close(self) -> None:
        """Leave the server; the tables are gone."""
        self._connection.close()

    def _kind(self, code: int) -> pa.DataType | None:
        """The Arrow type of a column; ``None`` for decimals, whose digits say it."""
        known = self._connection.adapters.types.get(code)
        name = known.name if known else ""
        return None if name == "numeric" else _KINDS.get(name, pa.string())

    def _do(self, name: str, statement: str) -> None:
        import psycopg

        try:
            self._connection.execute(statement.encode())
        except psycopg.Error as problem:
            first = str(problem).strip().split("\n", 1)[0]
            raise EngineError(f"PostgreSQL cannot run step '{name}': {first}") from problem

    def _drop_from(self, name: str) -> None:
        """Take away a table that is made anew, and all made after it: they may look at it."""
        names = [made for made, _ in self._made]
        while name in names:
            names.pop()
            made, kind = self._made.pop()
            self._connection.execute(f'drop {kind} "{made}"'.encode())


def _connected(dsn: str) -> Connection[tuple[Any, ...]]:
    try:
        import psycopg
    except ImportError:
        raise EngineError("PostgreSQL needs psycopg; install it with: pip install 'evenhand[postgres]'") from None
    try:
        return psycopg.connect(dsn, autocommit=True, options="-c client_min_messages=warning -c DateStyle=ISO")
    except psycopg.Error as problem:
        raise EngineError(f"PostgreSQL cannot be reached: {str(problem).strip()}") from problem


def _type(kind: pa.DataType) -> str:
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_integer(kind):
        return "bigint" if kind.bit_width > 32 else "integer"
    return _TEXT
