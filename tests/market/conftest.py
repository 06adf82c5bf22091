"""What tests of the market share: the published truth, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

_TRUTH = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "market"


@pytest.fixture(scope="session")
def truth() -> Path:
    """The folder of published figures; without it nothing can be compared."""
    if not _TRUTH.is_dir():
        pytest.skip("the published market figures are not beside this project")
    return _TRUTH
