"""Workers killed at random moments, as real processes. The full number of kills: python benchmarks/faults.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "benchmarks/faults.py"


def told_by(*words: str) -> dict[str, int]:
    """The figures of a short run."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PYTEST_ADDOPTS")}
    finished = subprocess.run(
        [sys.executable, str(SCRIPT), "--quick", *words], capture_output=True, text=True, check=False, env=surroundings
    )

    assert finished.returncode == 0, finished.stderr[-3000:]
    told: dict[str, int] = json.loads(finished.stdout.strip().rsplit("\n", 1)[-1])
    return told


@pytest.mark.slow
def test_a_killed_server_loses_nothing_it_said_was_done() -> None:
    told = told_by("--server")

    wrong = {name: told[name] for name in ("lost", "doubled", "unfinished", "damaged", "answered_wrong")}
    assert set(wrong.values()) == {0}, told
    assert told["kills"] == 3
    assert told["done"] > 0


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_double_nothing() -> None:
    told = told_by()
    assert (told["kills"], told["lost"], told["doubled"], told["damaged"]) == (10, 0, 0, 0), told
    assert told["resumed"] + told["started_again"] > 0, f"no kill met a task at work: {told}"
