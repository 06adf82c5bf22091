"""A terminal in this process: `evenhand` typed as a person types it, without waiting for the program to start."""

from __future__ import annotations

import os
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from evenhand.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left with and said."""

    code: int
    out: str
    err: str


def typed(folder: Path, *words: str | Path) -> Done:
    """Run one command in a folder; a traceback is never what it may say."""
    out, err = StringIO(), StringIO()
    with (
        open(os.devnull, encoding="utf-8") as nothing,
        chdir(folder),
        patch.object(sys, "argv", ["evenhand", *map(str, words)]),
        patch.object(sys, "stdin", nothing),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _left_with()
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return Done(code, out.getvalue(), err.getvalue())


def _left_with() -> int:
    try:
        main()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else 0
    return 0
