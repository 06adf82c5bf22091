"""Iceberg tables as they are made by those who write them: PyIceberg, with a catalogue in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyiceberg.catalog.sql import SqlCatalog


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[SqlCatalog]:
    """A catalogue whose namespace ``lake`` has its tables under ``warehouse/lake`` of the test's folder."""
    from pyiceberg.catalog.sql import SqlCatalog  # here, for most runs of the tests have no use for it

    made = SqlCatalog("test", uri=f"sqlite:///{tmp_path}/catalogue.db", warehouse=f"file://{tmp_path}/warehouse")
    made.create_namespace("lake")
    yield made
    made.close()
