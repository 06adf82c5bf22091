"""A server that is killed between a contract's files and the log: each version is there once, with who made it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ADA = "Ada <ada@cedar.example>"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_version_without_event_gets_it_from_who_made_it(tmp_path: Path) -> None:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    finished = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("killed_between.py")), str(tmp_path)],
        env=surroundings | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr[-3000:]
    told = json.loads(finished.stdout.strip().rsplit("\n", 1)[-1])

    assert told["ends"] == [signal.SIGKILL] * 3
    assert told["untold"] == [], "the file was changed, and the log was not"
    assert told["add again"] == "done before"
    (added,) = told["told"]
    assert added[:3] == ["added", ADA, "add"]
    assert added[3].startswith("as agreed (made on ")
    assert told["after two renames"] == "third", "what was put away has its successor in its place"
    assert told["fourth"] == "done"
    assert [one[:3] for one in told["in the end"]] == [
        ["added", ADA, "add"],
        *(["changed the text of", ADA, key] for key in ("second", "third", "fourth")),
    ]
    assert told["versions"] == ["changed the text of"] * 3
    assert told["broken"] == []
