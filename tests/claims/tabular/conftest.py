"""Tables of claims written into files, and what is read from them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.claims.recognise import recognise
from evenhand.claims.schema import TABLES, file_key
from evenhand.claims.tabular import Layout, read_table

Rows = dict[str, list[dict[str, Any]]]
Read = Callable[..., Rows]


def read_file(path: Path, mapping: Layout | None = None) -> Rows:
    """All tables of a file; keys without the base of the file."""
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    found = recognise(content, mapping)
    assert found.grid is not None, found.what
    assert found.layout is not None, found.what
    reading = read_table(content, found.grid, layout=found.layout, sha256=sha256)
    tables: dict[str, list[pa.Table]] = {}
    for batch in reading.batches():
        for name, table in batch.items():
            assert table.schema == TABLES[name].schema
            tables.setdefault(name, []).append(table)
    rows = {name: pa.concat_tables(parts).to_pylist() for name, parts in tables.items()}
    rows["said"] = [{"rows": reading.rows, **reading.said}]
    return {name: [_relative(row, file_key(sha256)) for row in found] for name, found in rows.items()}


def _relative(row: Mapping[str, Any], base: int) -> dict[str, Any]:
    keys = ("claim_key", "line_key", "subject_key")
    return {name: value - base if name in keys and value is not None else value for name, value in row.items()}


@pytest.fixture
def read() -> Read:
    """Reads a file: table name → rows."""
    return read_file
