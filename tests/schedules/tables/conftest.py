"""Real files beside the repository, and what the reader makes of bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evenhand.errors import Log
from evenhand.schedules.tables.reading import PublishedTable, read_published

MEDICARE = Path(__file__).resolve().parents[3] / "../shared/data/medicare"

Reader = Callable[..., tuple[list[PublishedTable], Log]]


@pytest.fixture(scope="session")
def medicare() -> Path:
    """The folder of CMS's files."""
    if not MEDICARE.is_dir():
        pytest.skip("no files of CMS beside the repository (shared/data/medicare)")
    return MEDICARE


@pytest.fixture(scope="session")
def read() -> Reader:
    """The reader, with its log."""

    def reader(
        name: str, content: bytes | str, *, first_day: date | None = None, part: bool = True
    ) -> tuple[list[PublishedTable], Log]:
        log = Log(name)
        data = content.encode() if isinstance(content, str) else content
        return read_published(name, data, log, first_day=first_day, part=part), log

    return reader
