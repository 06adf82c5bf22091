"""The command itself: what it leaves behind, what it says, what it refuses."""

from __future__ import annotations

import csv
from pathlib import Path

from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.errors import UsageError


def test_the_demo_leaves_files_book_and_brief(demo_template: Path) -> None:
    for name in ("files", "contracts", "offers", "book", "truth.csv", "truth.json", "brief.html", "brief.xlsx"):
        assert (demo_template / name).exists(), name
    said = (demo_template.parent / f"{demo_template.name}.log").read_text(encoding="utf-8")
    for command in ("load", "contract add", "price", "payers", "variance", "offer value", "brief"):
        assert f"$ evenhand {command} " in said or f"$ evenhand {command}\n" in said, command
    assert "Traceback" not in said
    with (demo_template / "truth.csv").open(encoding="utf-8") as text:
        seeded = sum(1 for _ in csv.DictReader(text))
    assert f" all {seeded:,} {seeded:,} " in " ".join(said.split()), "every seeded fault is found"
    assert "0 have no fault behind them" in said


def test_a_clean_demo_says_so(clean_demo_template: Path) -> None:
    said = (clean_demo_template.parent / f"{clean_demo_template.name}.log").read_text(encoding="utf-8")
    assert "None were seeded: this is a clean book." in said


def test_the_demo_refuses_a_folder_that_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    finished = CliRunner().invoke(cli, ["demo", "--out", str(tmp_path), "--force"])
    assert isinstance(finished.exception, UsageError)
    assert "is not a demo's; give an empty or new folder with --out" in str(finished.exception)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"
