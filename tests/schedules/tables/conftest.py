"""Real files beside the repository, and what the reader makes of bytes."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

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


def _samples() -> ModuleType:
    name = "schedule_samples"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("samples.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes a sample runs for each."""
    if "sample" in metafunc.fixturenames:
        every = _samples().ALL
        metafunc.parametrize("sample", list(every.values()), ids=list(every))


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """Small tables in published layouts."""
    return _samples()
