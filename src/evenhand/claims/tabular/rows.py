"""The rows of a table as text, in batches: ``row_no`` and one column ``c0``, ``c1``… for each column wanted.

``row_no`` counts as a spreadsheet does: with its header in row 1, the first row under it is row 2. A row that
does not fit the header is mended when that is certain (cells missing at the end, empty cells too many), else it is
handed out as a :class:`Misfit`, never dropped.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from evenhand.claims.tabular.grid import Grid, as_file, has_rows
from evenhand.claims.tabular.workbooks import sheet_rows

_BATCH = 20_000
#: No row of a CSV may be longer than this.
_BLOCK = 8 << 20


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that does not fit the header; ``cells`` is how many it has."""

    row_no: int
    cells: int


@dataclass(slots=True)
class Rows:
    """The rows of one table; :attr:`mended` and :attr:`misfits` are whole when all batches have been taken.

    ``quoted_newlines`` lets a quoted cell go over several lines; without it a stray quote spoils one row only.
    """

    content: Path | bytes
    grid: Grid
    wanted: Sequence[int]
    quoted_newlines: bool = True
    mended: list[Misfit] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)

    @property
    def schema(self) -> pa.Schema:
        """``row_no`` and the wanted columns, as text."""
        return pa.schema([("row_no", pa.int64()), *((f"c{i}", pa.string()) for i in self.wanted)])

    def batches(self) -> Iterator[pa.Table]:
        """All rows that fit, in batches."""
        return {"csv": self._csv, "xlsx": self._xlsx, "parquet": self._parquet}[self.grid.form]()

    def _csv(self) -> Iterator[pa.Table]:
        odd: list[pcsv.InvalidRow] = []
        names = [f"c{i}" for i in range(len(self.grid.columns))]

        def set_aside(row: pcsv.InvalidRow) -> str:
            odd.append(row)
            return "skip"

        if not has_rows(self.content, self.grid):
            return
        reader = pcsv.open_csv(
            as_file(self.content),
            read_options=pcsv.ReadOptions(
                use_threads=False,
                block_size=_BLOCK,
                column_names=names,
                skip_rows=self.grid.header_row - 1,
                skip_rows_after_names=1,
                encoding="utf-8" if self.grid.encoding == "utf-8-sig" else self.grid.encoding,
            ),
            parse_options=pcsv.ParseOptions(
                delimiter=self.grid.delimiter,
                newlines_in_values=self.quoted_newlines,
                invalid_row_handler=set_aside,
            ),
            convert_options=pcsv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=[f"c{i}" for i in self.wanted],
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
        yield from self._numbered(reader, odd)

    def _numbered(self, reader: pcsv.CSVStreamingReader, odd: list[pcsv.InvalidRow]) -> Iterator[pa.Table]:
        """Give rows their numbers, passing over those of the rows set aside; these follow at the end."""
        row_no, passed = self.grid.header_row + 1, 0
        for batch in reader:
            numbers = np.arange(row_no, row_no + batch.num_rows + len(odd) - passed, dtype=np.int64)
            aside = np.array([self._row_no(row) for row in odd[passed:]], dtype=np.int64)
            numbers = numbers[~np.isin(numbers, aside)][: batch.num_rows]
            if batch.num_rows:
                row_no = int(numbers[-1]) + 1
            while passed < len(odd) and self._row_no(odd[passed]) < row_no:
                passed += 1
            yield pa.table([pa.array(numbers), *batch.columns], schema=self.schema)
        yield from _batched(self.schema, self._mend(odd))

    def _row_no(self, row: pcsv.InvalidRow) -> int:
        return int(row.number)

    def _mend(self, odd: list[pcsv.InvalidRow]) -> Iterator[list[object]]:
        width = len(self.grid.columns)
        for row in odd:
            cells = next(csv.reader([row.text], delimiter=self.grid.delimiter), [])
            fitted = self._fit(cells, self._row_no(row))
            if fitted is not None:
                yield [self._row_no(row), *((fitted[i] or None) if i < width else None for i in self.wanted)]

    def _fit(self, cells: Sequence[str | None], row_no: int) -> list[str | None] | None:
        """The cells brought to the width of the header, or ``None`` when something stands where no header is."""
        width = len(self.grid.columns)
        if any(cells[width:]):
            self.misfits.append(Misfit(row_no, len(cells)))
            return None
        if len(cells) < width:
            self.mended.append(Misfit(row_no, len(cells)))
        return [*cells[:width], *[None] * (width - len(cells))]

    def _xlsx(self) -> Iterator[pa.Table]:
        _, rows = sheet_rows(self.content, self.grid.sheet)
        return _batched(self.schema, self._sheet(rows))

    def _sheet(self, rows: Iterator[list[str | None]]) -> Iterator[list[object]]:
        """Excel leaves out empty cells at the end of a row: no mending worth a word."""
        width = len(self.grid.columns)
        for row_no, cells in enumerate(rows, start=1):
            if row_no > self.grid.header_row and any(cells):
                fitted = self._fit([*cells, *[None] * (width - len(cells))], row_no)
                if fitted is not None:
                    yield [row_no, *(fitted[i] for i in self.wanted)]

    def _parquet(self) -> Iterator[pa.Table]:
        row_no = self.grid.header_row + 1
        columns = [self.grid.columns[i] for i in self.wanted]
        with pq.ParquetFile(as_file(self.content)) as file:
            for batch in file.iter_batches(_BATCH, columns=list(dict.fromkeys(columns))):
                numbers = pa.array(np.arange(row_no, row_no + batch.num_rows, dtype=np.int64))
                row_no += batch.num_rows
                yield pa.table([numbers, *(_as_text(batch.column(name)) for name in columns)], schema=self.schema)


def _as_text(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return pa.nulls(len(column), pa.string())
    return column.cast(pa.string())


def _batched(schema: pa.Schema, rows: Iterator[list[object]]) -> Iterator[pa.Table]:
    while part := list(islice(rows, _BATCH)):
        yield pa.table(
            [pa.array(values, type=kind.type) for values, kind in zip(zip(*part, strict=True), schema, strict=True)],
            schema=schema,
        )
