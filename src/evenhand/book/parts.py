"""Raw tables on their way to Parquet: batches are gathered to row groups of a good size, memory stays bounded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.book.loads import TableFile
from evenhand.claims.schema import TABLES

#: Rows gathered before they are written.
_GROUP = 64_000


class Parts:
    """Writes tables to ``<table>-<number>.parquet`` in a folder, or only counts them when there is none."""

    def __init__(self, folder: Path | None, number: int = 1) -> None:
        self._folder, self._number = folder, number
        self._waiting: dict[str, list[pa.Table]] = {}
        self._writers: dict[str, pq.ParquetWriter] = {}
        self._rows: dict[str, int] = {}

    def add(self, batch: Mapping[str, pa.Table]) -> None:
        """Take a batch of tables."""
        for name, table in batch.items():
            if table.num_rows == 0:
                continue
            self._rows[name] = self._rows.get(name, 0) + table.num_rows
            if self._folder is not None:
                waiting = self._waiting.setdefault(name, [])
                waiting.append(table)
                if sum(part.num_rows for part in waiting) >= _GROUP:
                    self._write(name)

    def _write(self, name: str) -> None:
        waiting = self._waiting.pop(name, None)
        if waiting:
            self._writer(name).write_table(pa.concat_tables(waiting))

    def _writer(self, name: str) -> pq.ParquetWriter:
        if name not in self._writers:
            self._writers[name] = pq.ParquetWriter(
                self._path(name), TABLES[name].schema, compression="zstd", store_decimal_as_integer=True
            )
        return self._writers[name]

    def _path(self, name: str) -> Path:
        assert self._folder is not None
        return self._folder / f"{name}-{self._number:04d}.parquet"

    def close(self) -> list[TableFile]:
        """Write what is waiting; the files written."""
        for name in list(self._waiting):
            self._write(name)
        for writer in self._writers.values():
            writer.close()
        return [
            TableFile(name, self._path(name).name, self._rows[name], hash_of(self._path(name)))
            for name in sorted(self._writers)
        ]

    def abandon(self) -> None:
        """Close the files without caring for what is in them."""
        for writer in self._writers.values():
            writer.is_open = False


def hash_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
