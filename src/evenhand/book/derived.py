"""What is worked out from a book and kept: written aside and renamed into place, always rebuildable."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import duckdb
import pyarrow as pa

from evenhand.engines import DuckDB
from evenhand.program import version

if TYPE_CHECKING:
    from evenhand.book.folder import Book

#: How many results of one name are kept.
_KEPT = 8
SETTLED = ("service_claims", "service_lines", "settled_lines", "settled_claims", "claim_payments")


def derived(book: Path, name: str, inputs_digest: str, build: Callable[[Path], None]) -> Path:
    """The folder of a result, built when it is not there yet. Two who build it at once do no harm."""
    key = hashlib.sha256(f"{name}\n{inputs_digest}\n{version()}".encode()).hexdigest()[:24]
    folder = book / "derived" / f"{name}-{key}"
    if folder.is_dir():
        return folder
    building = book / "derived" / f".building-{os.getpid()}-{uuid4().hex[:8]}"
    building.mkdir(parents=True)
    try:
        build(building)
        try:
            os.rename(building, folder)
        except OSError:
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _thin_out(folder, name)
    return folder


def _thin_out(newest: Path, name: str) -> None:
    """Keep the newest results of a name."""
    folders = [folder for folder in newest.parent.glob(f"{name}-*") if folder != newest]
    for old in sorted(folders, key=lambda f: f.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def keep_tables(connection: duckdb.DuckDBPyConnection, names: Iterable[str], folder: Path) -> None:
    """Write tables or views of a connection to Parquet files of their names."""
    for name in names:
        target = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"copy (select * from {name}) to '{target}' (format parquet, compression zstd)")


def use_tables(connection: duckdb.DuckDBPyConnection, names: Iterable[str], folder: Path) -> None:
    """Make kept tables known to a connection under their names."""
    for name in names:
        source = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"create or replace view {name} as select * from read_parquet('{source}')")


def settle(book: Book, engine: DuckDB) -> None:
    """Make the settled tables known to an engine that has the raw ones: from the cache, or worked out now.

    Raises:
        ReadError: the book's ``reasons.csv`` cannot be read, or names what is not known.
    """
    from evenhand.claims.settle import settle as run

    reasons = book.reasons()

    def build(folder: Path) -> None:
        own = DuckDB(book.connect())
        try:
            run(own, reasons)
            keep_tables(own.connection, SETTLED, folder)
        finally:
            own.connection.close()

    inputs = f"{book.digest}\n{_steps_digest('evenhand.claims.settle')}\n{_rows_digest(reasons)}"
    try:
        folder = derived(book.path, "settled", inputs, build)
    except OSError:  # a book that may be read and not written
        run(engine, reasons)
    else:
        use_tables(engine.connection, SETTLED, folder)


def _steps_digest(package: str) -> str:
    """Names the SQL of a package, so that a changed step is never answered from an old result."""
    steps = files(package).joinpath("steps")
    texts = sorted(
        (step.name, step.read_text(encoding="utf-8")) for step in steps.iterdir() if step.name.endswith(".sql")
    )
    return hashlib.sha256(repr(texts).encode()).hexdigest()


def _rows_digest(table: pa.Table) -> str:
    return hashlib.sha256(repr(table.to_pylist()).encode()).hexdigest()
