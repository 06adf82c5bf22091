"""Whether a book still is what its loads say: every file there, every hash and count as noted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from evenhand.book.loads import Load, LoadedFile, TableFile, current_loads
from evenhand.book.originals import open_original
from evenhand.book.parts import hash_of
from evenhand.errors import BookError, Problem


def verify(book: Path) -> list[Problem]:
    """Everything that is not as the loads say; empty when all is well."""
    loads = current_loads(book / "loads")
    return [problem for load in loads for problem in _verify_load(book / "loads" / load.id, load)] + list(_twice(loads))


def _verify_load(folder: Path, load: Load) -> Iterator[Problem]:
    for table in load.tables:
        yield from _verify_table(folder / table.file, table)
    for file in load.files:
        yield from _verify_original(folder, file)
    for name in {table.table for table in load.tables} - {"files"}:
        told = sum(file.counts.get(name, 0) for file in load.files)
        if told != load.rows(name):
            yield Problem(str(folder), None, f"{name} holds {load.rows(name)} rows, its files gave {told}")


def _verify_table(path: Path, table: TableFile) -> Iterator[Problem]:
    if not path.exists():
        yield Problem(str(path), None, "the file is gone", "unload this load and load its files again")
    elif hash_of(path) != table.sha256:
        yield Problem(str(path), None, "the file is not what was written", "unload this load and load its files again")
    elif pq.read_metadata(path).num_rows != table.rows:
        yield Problem(str(path), None, f"it does not hold the {table.rows} rows that were written")


def _verify_original(folder: Path, file: LoadedFile) -> Iterator[Problem]:
    if file.original is None:
        return
    where = str(folder / file.original)
    try:
        with open_original(folder, file.original) as stream:
            digest = hashlib.sha256()
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except (BookError, OSError, pa.ArrowException):
        yield Problem(where, None, "the kept original is gone or cannot be unpacked")
        return
    if digest.hexdigest() != file.sha256:
        yield Problem(where, None, "the kept original is not what was read")


def _twice(loads: tuple[Load, ...]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for load in loads:
        for sha256 in load.contents:
            if sha256 in seen:
                yield Problem(
                    load.id, None, f"the content {sha256[:12]} is in {seen[sha256]} too", "unload one of them"
                )
            seen[sha256] = load.id
