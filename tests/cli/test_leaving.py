"""The exit code a shell sees, of the command itself and not of a runner of tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--version"], 0),
        (["contract", "check", "nowhere"], 1),
        (["contract", "show", "nowhere"], 1),
        (["price", "--nonsense"], 2),
    ],
)
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path) -> None:
    """What is refused leaves by 1, a wrong option by 2."""
    program = "import sys; from evenhand.cli import main; sys.argv[0] = 'evenhand'; main()"
    done = subprocess.run([sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == code
