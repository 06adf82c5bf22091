"""From a table in a file to claims, lines, diagnoses and findings, whatever its size.

Rows are staged as text and turned by DuckDB, so a million of them take seconds and a bounded amount of memory.
Keys are the file's base plus the row number: a line's key is its row, a claim's key the first row it appears in.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.claims.schema import TABLES, file_key
from evenhand.claims.tabular.doubts import doubts, probe
from evenhand.claims.tabular.expressions import full_amount
from evenhand.claims.tabular.grid import Grid
from evenhand.claims.tabular.layout import Layout
from evenhand.claims.tabular.rows import Misfit, Rows
from evenhand.claims.tabular.tables import (
    HEADS,
    cells_query,
    claims_query,
    diagnoses_query,
    lines_query,
    typed_query,
)
from evenhand.errors import ReadError
from evenhand.money import CENT

_BATCH = 50_000
_MEMORY = "1GB"
#: Money whose total is compared between the file and the tables.
TOTALS = ("charge_amount", "allowed_amount", "paid_amount")


@dataclass(slots=True)
class Reading:
    """A table being read. ``rows`` and ``said`` (totals as the file states them) stand when all batches are taken."""

    content: Path | bytes
    grid: Grid
    layout: Layout
    sha256: str
    spool: Path | None = None
    rows: int = 0
    said: dict[str, Decimal] = field(default_factory=dict)

    def batches(self) -> Iterator[dict[str, pa.Table]]:
        """The raw tables, in batches."""
        with tempfile.TemporaryDirectory(prefix="evenhand-", dir=self.spool) as folder:
            connection = duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": folder})
            try:
                staged = self._stage(Path(folder, "rows.parquet"))
                connection.execute(f"create temp view staged as select * from read_parquet('{folder}/rows.parquet')")
                yield from self._turn(connection, staged)
            finally:
                connection.close()

    def _stage(self, target: Path) -> Rows:
        """Write the rows aside as text; a stray quote that swallows the rest is read again line by line."""
        for quoted_newlines in (True, False):
            rows = Rows(self.content, self.grid, self._wanted(), quoted_newlines)
            try:
                with pq.ParquetWriter(target, rows.schema, compression="snappy") as writer:
                    for batch in rows.batches():
                        writer.write_table(batch)
            except pa.ArrowInvalid as problem:
                if not quoted_newlines or self.grid.form != "csv":
                    raise ReadError("table", f"cannot be read ({problem})") from problem
            else:
                return rows
        raise AssertionError  # pragma: no cover

    def _wanted(self) -> list[int]:
        columns = (cell.column for cell in self.layout.cells.values() if cell.column is not None)
        return sorted({i for i in map(self.grid.position, columns) if i is not None})

    def _turn(self, connection: duckdb.DuckDBPyConnection, staged: Rows) -> Iterator[dict[str, pa.Table]]:
        base = file_key(self.sha256)
        macros = files("evenhand.claims.tabular").joinpath("macros.sql").read_text(encoding="utf-8")
        for statement in (macros, cells_query(self.layout, self.grid), HEADS, typed_query(self.layout)):
            connection.execute(statement)
        self._add_up(connection, len(staged.misfits))
        unnumbered = "select 1 from typed where claim_line_number is null limit 1"
        numbered = not connection.execute(unnumbered).fetchall()
        queries = {
            "claims": claims_query(self.layout, base),
            "lines": lines_query(self.layout, base, numbered=numbered),
            "diagnoses": diagnoses_query(self.layout, base),
        }
        for name, query in queries.items():
            if query is not None:
                yield from ({name: table} for table in _tables(connection, name, query))
        for query in self._doubted(connection):
            yield from ({"findings": table} for table in _tables(connection, "findings", _finding(query, base)))
        yield {"findings": self._shape_findings(base, staged)}

    def _doubted(self, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
        """The queries of the doubts that hold somewhere."""
        every = list(doubts(self.layout))
        for table in ("cells", "typed", "claims"):
            asked = [doubt for doubt in every if doubt.table == table]
            answers = connection.execute(probe(asked, table)).fetchall()[0] if asked else ()
            yield from (doubt.query for doubt, holds in zip(asked, answers, strict=True) if holds)

    def _add_up(self, connection: duckdb.DuckDBPyConnection, misfits: int) -> None:
        """Totals as the file states them: straight from the text of each row, before anything is joined."""
        names = [name for name in TOTALS if name in self.layout.cells]
        sums = [f"coalesce(sum({self._stated(name)}), 0)" for name in names]
        row = connection.execute(f"select {', '.join(['count(*)', *sums])} from cells").fetchall()[0]
        self.rows = row[0] + misfits
        self.said = {name: Decimal(total).quantize(CENT) for name, total in zip(names, row[1:], strict=True)}

    def _stated(self, name: str) -> str:
        amount = f"round({full_amount(name, self.layout)}, 2)"
        if self.layout.cells[name].level == "line":
            return amount
        return f"case when row_no in (select first_row from heads) or claim_id is null then {amount} end"

    def _shape_findings(self, base: int, staged: Rows) -> pa.Table:
        """Rows that do not fit the header, and columns nobody reads."""
        width = len(self.grid.columns)
        found = [_misfit(m, base, width, "row-misfit", "error", "it is not loaded") for m in staged.misfits]
        found += [_misfit(m, base, width, "row-mended", "note", "the missing cells are empty") for m in staged.mended]
        unused = [name for i, name in enumerate(self.grid.columns) if i not in set(staged.wanted) and name]
        if unused:
            listed = ", ".join(unused[:30]) + (f" and {len(unused) - 30} more" if len(unused) > 30 else "")
            found.append(_about_file(base, "columns-not-used", "note", f"columns nobody reads: {listed}"))
        return pa.Table.from_pylist(found, schema=TABLES["findings"].schema)


def read_table(content: Path | bytes, grid: Grid, *, layout: Layout, sha256: str, spool: Path | None = None) -> Reading:
    """Read a claims table; large ones need ``spool``, a folder for what does not fit in memory."""
    return Reading(content, grid, layout, sha256, spool)


def _finding(query: str, base: int) -> str:
    """A doubt as a row of ``findings``; row numbers become keys."""
    columns = "row_no, rule, severity, subject, element, found, expected, amount, message"
    return f"""select cast({base} as bigint) as file_id, rule, severity, subject,
      cast(case subject when 'files' then {base} when 'claims' then {base} +
        (select first_row from typed where typed.row_no = doubt.row_no) else {base} + row_no end as bigint)
        as subject_key,
      cast(null as bigint) as byte_offset, element, found, expected, cast(amount as decimal(18, 2)) as amount, message
    from ({query}) as doubt({columns})"""


def _tables(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> Iterator[pa.Table]:
    schema = TABLES[name].schema
    reader: Iterable[pa.RecordBatch] = connection.sql(query).to_arrow_reader(_BATCH)
    for batch in reader:
        if batch.num_rows:
            yield pa.Table.from_batches([batch]).select(schema.names).cast(schema)


def _misfit(row: Misfit, base: int, width: int, *said: str) -> dict[str, object]:
    rule, severity, end = said
    message = f"row {row.row_no}: {row.cells} cells where the header has {width}; {end}"
    found, expected = str(row.cells), f"{width} cells"
    about = _about_file(base, rule, severity, message)
    return about | {"found": found, "expected": expected}


def _about_file(base: int, rule: str, severity: str, message: str) -> dict[str, object]:
    return {
        "file_id": base,
        "rule": rule,
        "severity": severity,
        "subject": "files",
        "subject_key": base,
        "message": message,
    }
