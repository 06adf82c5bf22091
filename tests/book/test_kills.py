"""Killed at any moment, the book opens with whole loads only."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]

_KILLS = 40


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed by signal")
def test_a_book_survives_being_killed_at_any_moment(tmp_path: Path, write: Write) -> None:
    for number in range(12):
        write(number)
    program = Path(__file__).with_name("killing.py")
    command = [sys.executable, str(program), str(tmp_path / "book"), str(tmp_path / "in"), "7", str(_KILLS)]
    out = subprocess.run(command, capture_output=True, text=True, timeout=240)
    errors = "".join(path.read_text() for path in tmp_path.glob("stderr-*"))
    assert out.returncode == 0, out.stderr
    assert errors == ""
    told = json.loads(out.stdout.splitlines()[-1])
    assert told["problems"] == []
    assert told["killed"] == _KILLS
    assert told["most"] > 1
    assert told["left"] == []
    assert told["claims"] == sorted(f"C{number}" for number in range(12))
