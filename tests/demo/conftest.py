"""A small demo, made once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from evenhand.demo import DemoFiles, generate


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    """1,500 claims with faults."""
    return generate(tmp_path_factory.mktemp("small-demo"), claims=1_500, seed=3)


@pytest.fixture(scope="session")
def segments_of_835(small_demo: DemoFiles) -> dict[Path, list[list[str]]]:
    """Each 835 file cut into segments and elements, the plainest way."""
    return {
        path: [segment.strip().split("*") for segment in path.read_text().split("~") if segment.strip()]
        for path in sorted(small_demo.files.rglob("*.835"))
    }
