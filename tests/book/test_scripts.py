"""Loading from Python as people write it: a script without a guard, standard input."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]

#: A plain script, with every load large enough for several processes.
_SCRIPT = """
import evenhand, evenhand.book.loading, evenhand.book.pool
evenhand.book.loading.WORTH_A_PROCESS = evenhand.book.pool.WORTH_A_PROCESS = 0
book = evenhand.Book.create("book")
report = book.load(["in"])
print(len(report.files), len(book.table("remit_claims")))
"""


@pytest.mark.parametrize("how", ["script", "standard input"])
def test_a_script_without_a_guard_loads(tmp_path: Path, write: Write, how: str) -> None:
    for number in range(4):
        write(number)
    (tmp_path / "load.py").write_text(_SCRIPT)
    words = ["load.py"] if how == "script" else ["-"]
    typed = None if how == "script" else _SCRIPT
    run = subprocess.run(
        [sys.executable, *words], input=typed, cwd=tmp_path, capture_output=True, text=True, timeout=120
    )

    assert run.stdout == "4 4\n", run.stderr
