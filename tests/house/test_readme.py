"""The front page shows what the program really prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def words(text: str) -> list[str]:
    return text.split()


def test_the_example_is_what_variance_prints(demo_template: Path) -> None:
    (shown,) = re.findall(r"```text\n(Paid as agreed\?.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    command = [sys.executable, "-c", "from evenhand.cli import main; main()", "variance"]
    surroundings = {**os.environ, "EVENHAND_BOOK": str(demo_template / "book"), "COLUMNS": "120", "NO_COLOR": "1"}

    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=surroundings).stdout

    assert words(printed)[: len(words(shown))] == words(shown)


def test_the_number_of_faults_is_the_demos(demo_template: Path) -> None:
    seeded = len((demo_template / "truth.csv").read_text(encoding="utf-8").splitlines()) - 1

    assert f"{seeded:,} payment faults" in README.read_text(encoding="utf-8")
