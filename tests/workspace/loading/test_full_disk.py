"""A disk that is full while files arrive, or while they are loaded: a message, and nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    places = [str(HERE.parents[3] / "benchmarks"), *sys.path]
    finished = subprocess.run(
        [sys.executable, str(HERE.with_name("full_disk.py")), str(tmp_path)],
        env=surroundings | {"PYTHONPATH": os.pathsep.join(places), "EVENHAND_SECOND_FACTOR": "no"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    told = json.loads(finished.stdout.strip().rsplit("\n", 1)[-1])

    assert told["first"] == [302, ""]
    assert told["second"] == 302
    assert told["full while loading"].startswith("the book cannot be written (")
    assert told["full while loading"].endswith("; nothing was changed")
    status, page = told["full while sending"]
    assert status == 422
    assert "disk is full, nothing of this was kept" in page
    for what in ("talk while full", "document while full"):
        status, page = told[what]
        assert status == 507, what
        assert "The disk is full. Nothing of this was kept, and nothing else was lost" in page
    assert told["kept while full"] == []
    first, second, files = told["kept with room"]
    assert (first, second) == (302, 302)
    assert sorted(name.rpartition("-")[2] for name in files) == ["a.pdf", "a.pdf"]
    assert told["talks"] == 1
    assert told["staged"] == ["large.835"], "what was refused is gone, what waits is still there"
    assert (told["loads while full"], told["loads in the end"]) == (1, 2)
    assert told["wrong with the book"] == []
