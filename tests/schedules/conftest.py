"""The libraries tests read from: the small fact table always, whole releases where the real files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.schedules import Library, load
from evenhand.schedules.library.library import FACTS

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
