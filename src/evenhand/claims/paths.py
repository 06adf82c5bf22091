"""The files a person means by files, folders and globs; and what was passed over on the way."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evenhand.errors import ReadError


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the paths a person named.

    ``named`` are the files named one by one. ``passed`` is what was passed over in folders, each with why.
    """

    files: tuple[Path, ...]
    named: frozenset[Path] = frozenset()
    passed: tuple[tuple[Path, str], ...] = ()


def find(paths: Iterable[Path | str], *, without: Callable[[Path], bool] = lambda _: False) -> Found:
    """All files under files, folders and globs, once each, in a stable order.

    Hidden files and folders are left out when they are found inside a folder, never when they are named. Folders
    ``without`` is true of, links to folders (they may lead in a circle), links to nothing and what is no file
    are passed over.

    Raises:
        ReadError: a path that does not exist, a glob that meets nothing, a folder that holds no file.
    """
    files: dict[Path, None] = {}
    named: set[Path] = set()
    passed: dict[Path, str] = {}
    for path in paths:
        found, why = _under(path, without)
        if not found:
            what = next(iter(why.values()), "there is no file here")
            raise ReadError(path or "''", what, "name a file, a folder with files, or a pattern like 'in/*.835'")
        named.update(found if list(found) == [Path(path)] else ())
        files.update(dict.fromkeys(found))
        passed |= why
    return Found(tuple(files), frozenset(named), tuple(sorted(passed.items())))


Passed = dict[Path, str]


def _under(path: Path | str, without: Callable[[Path], bool]) -> tuple[list[Path], Passed]:
    """The files under one path, in order, and what was passed over."""
    whole, passed = Path(path), Passed()
    if not str(path):
        return [], passed
    if whole.exists() or not glob.has_magic(str(path)):
        if not whole.exists():
            raise ReadError(path, "there is no such file or folder")
        starts = [whole]
    else:
        starts = [Path(match) for match in glob.glob(str(path), recursive=True)]
    found = [file for start in starts for file in _expand(start, without, passed)]
    return sorted(file for file in found if _is_file(file, passed)), passed


def _expand(path: Path, without: Callable[[Path], bool], passed: Passed) -> Iterator[Path]:
    """The names under a path that are no folders."""
    if not path.is_dir():
        yield path
        return
    for here, folders, files in os.walk(path, onerror=partial(_note, passed)):
        if without(Path(here)):
            passed[Path(here)] = "a book: what it holds is loaded already"
            folders.clear()
            continue
        seen = [name for name in folders if not name.startswith(".")]
        folders[:] = [name for name in seen if not Path(here, name).is_symlink()]
        passed |= {
            Path(here, name): "a link to a folder; name it to load what is in it"
            for name in seen
            if name not in folders
        }
        yield from (Path(here, name) for name in files if not name.startswith("."))


def _note(passed: Passed, problem: OSError) -> None:
    passed[Path(problem.filename)] = f"cannot be opened ({problem.strerror or problem})"


def _is_file(path: Path, passed: Passed) -> bool:
    """Whether there is something to read; a pipe would keep us waiting for ever."""
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        passed[path] = "a link to nothing" if path.is_symlink() else f"cannot be opened ({problem.strerror})"
        return False
    if not stat.S_ISREG(mode):
        passed[path] = "not a file but a pipe, socket or device"
    return stat.S_ISREG(mode)
