"""The house itself: what is documented, what is named, what must not be in it."""

from __future__ import annotations

import ast
import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from evenhand.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def tracked_text() -> list[tuple[Path, str]]:
    """Every text file of the project: those git tracks, or all in a tree without git."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    files = [ROOT / name for name in listed if name] or [*SOURCES, *PAGES]
    texts = []
    for file in files:
        try:
            texts.append((file, file.read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return texts


def test_every_command_exists_and_explains_itself() -> None:
    context = cli.make_context("evenhand", [], resilient_parsing=True)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.help, f"evenhand {name} has no help"


def test_every_command_is_shown_in_the_manual() -> None:
    manual = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    missing = [name for name in COMMANDS if f"evenhand {name}" not in manual]
    assert missing == []


def test_files_stay_small() -> None:
    long = {str(f.relative_to(ROOT)): n for f in SOURCES if (n := len(f.read_text("utf-8").splitlines())) > 500}
    assert long == {}


def functions() -> list[tuple[str, int]]:
    found = []
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append((f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", length))
    return found


def test_no_two_steps_share_a_name() -> None:
    """All rooms' steps may stand in one engine: a second of a name would take the place of the first."""
    files = [file for file in (ROOT / "src").rglob("*.sql") if any("steps" in part for part in file.parts)]
    names = Counter(file.stem.split("_", 1)[1] for file in files)
    assert len(files) > 100
    assert [name for name, count in names.items() if count > 1] == []


def test_functions_stay_short() -> None:
    lengths = functions()
    assert [where for where, length in lengths if length > 60] == []
    assert sorted(length for _, length in lengths)[len(lengths) // 2] <= 12


def test_no_path_of_a_machine_is_written_down() -> None:
    machine = re.compile(r"(?<![\w.~-])/(home|Users|root|tmp)/\w")
    found = [f"{f.relative_to(ROOT)}" for f, text in tracked_text() if f.name != "uv.lock" and machine.search(text)]
    assert [name for name in found if name != "tests/house/test_house.py"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_every_page_is_in_the_manual(page: Path) -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    name = page.relative_to(ROOT / "docs").with_suffix("").as_posix()
    listed = name == "index" or name in index or f"{name.split('/', maxsplit=1)[0]}/*" in index
    assert listed, f"{name} is not reachable from the manual's index"


def test_manual_pages_start_with_a_title() -> None:
    untitled = [p.name for p in PAGES if not re.search(r"^# \S", p.read_text(encoding="utf-8"), re.MULTILINE)]
    assert untitled == []
