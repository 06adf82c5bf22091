"""The libraries tests read from: the small fact table always, whole releases where the real files are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from evenhand.periods import through
from evenhand.schedules import Library, Release, load
from evenhand.schedules.library.library import FACTS
from evenhand.schedules.tables.catalogue import BY_NAME
from evenhand.schedules.tables.reading import PublishedTable

MEDICARE = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "medicare"
TRUTH = Path(__file__).parent / "truth"


@pytest.fixture(scope="session")
def facts() -> Library:
    """The fact table that comes with the package."""
    return Library(FACTS, built_in=True)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Whole releases of every schedule, loaded from the text files CMS publishes (its workbooks hold the same)."""
    if not MEDICARE.is_dir():
        pytest.skip("the published files are not here")
    library = Library.create(tmp_path_factory.mktemp("schedules"))
    texts = (file for file in sorted(MEDICARE.rglob("*")) if file.suffix in (".csv", ".txt"))
    report = load(library, texts)
    assert not report.failed, report.problems
    return library


@pytest.fixture
def hand_library(tmp_path: Path) -> Callable[..., Library]:
    """A library to which releases are written by hand, a call for each."""
    library = Library.create(tmp_path / "by-hand")

    def put(kind: str, first: date, last: date, rows: Sequence[Mapping[str, Any]]) -> Library:
        schema = BY_NAME[kind].schema()
        table = pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema)
        read = PublishedTable(BY_NAME[kind], through(first, last), table)
        release = Release.of(read, file="hand", digest="0", rows_digest="0" * 8, loaded=f"{first}", part=False)
        library.add([(release, table)])
        return library

    return put
