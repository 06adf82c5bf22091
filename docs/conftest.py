"""Every example in the manual is a test.

`python` blocks run; `console` blocks run command by command and must print what the page says, where `...`
stands for anything (a command shown without output need only succeed). The examples of a page share a folder
of their own that holds what `evenhand demo` makes, in `demo/`, with `EVENHAND_BOOK` set to `demo/book`.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from tests.terminal import typed

FLAGS = ELLIPSIS | NORMALIZE_WHITESPACE


def run_console(example: Example) -> str | None:
    """Run each `$` command of a block; compare with the lines that follow it, if there are any."""
    for command, expected in commands(str(example.parsed)):
        code, shown = run(command)
        if code and not expected:
            return f"$ {command}\nleft with code {code}:\n{shown}"
        if expected and not OutputChecker().check_output(expected, shown, FLAGS):
            return f"$ {command}\nthe page says:\n{expected}\nit printed:\n{shown}"
    return None


def run(command: str) -> tuple[int, str]:
    """What a command leaves with and prints: Evenhand's in this process, others and what a shell joins in a shell."""
    if command.startswith("evenhand ") and not set("|&;<>*$`~{[\n") & set(command):
        done = typed(Path.cwd(), *shlex.split(command)[1:])
        return done.code, done.out + done.err
    finished = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    return finished.returncode, finished.stdout + finished.stderr


def commands(block: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block (continued by `> `), each with the output the page shows for it."""
    command, shown = "", ""
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], ""
        elif line.startswith("> ") and not shown:
            command += "\n" + line[2:]
        else:
            shown += line.rstrip() + "\n"
    if command:
        yield command, shown if shown.strip() else ""


@pytest.fixture(scope="module")
def folder(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of the page's own, with the demo in it; the current folder while its examples run."""
    place = tmp_path_factory.mktemp("page")
    shutil.copytree(demo_template, place / "demo")
    settings = pytest.MonkeyPatch()
    settings.chdir(place)
    settings.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    for name, value in {"EVENHAND_BOOK": "demo/book", "COLUMNS": "120", "NO_COLOR": "1", "TZ": "UTC"}.items():
        settings.setenv(name, value)
    yield place
    settings.undo()


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser(language="console", evaluator=run_console),
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        SkipParser(),
    ],
    patterns=["*.md"],
    fixtures=["folder"],
).pytest()
