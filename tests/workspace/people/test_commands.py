"""What whoever runs the site does at the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


def run(workspace: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("EVENHAND_", "DJANGO_", "PYTEST"))
    }
    return subprocess.run(
        [sys.executable, "-c", "from evenhand.cli import main; main()", "workspace", *words],
        env=kept | {"EVENHAND_WORKSPACE": str(workspace)} | more,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_link_is_printed_while_nobody_is_there(workspace: Path) -> None:
    printed = run(workspace, "first-link")
    assert printed.stdout.startswith("http://127.0.0.1:8000/first/"), printed.stderr

    behind = run(workspace, "first-link", EVENHAND_HTTPS="yes", EVENHAND_HOSTS="evenhand.example")
    assert behind.stdout.startswith("https://evenhand.example/first/"), behind.stderr


def test_a_link_to_a_new_password_is_for_somebody_who_is_there(workspace: Path) -> None:
    refused = run(workspace, "password-link", "ada@cedar.example")

    assert refused.returncode == 1
    assert refused.stderr == "evenhand: nobody here has the address ada@cedar.example\n"
