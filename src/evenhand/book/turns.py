"""Changes to a book happen one after another, without a lock and without a server.

A change is a few folders to be renamed. Before it renames anything, a process takes the next *turn*: it writes
the renames into a folder and renames that to ``turns/000012``. The file system lets exactly one process have that
name; whoever comes second looks at the book anew and tries ``000013``. Taking the turn is the moment the change is
made: if the process dies before it has renamed everything, the next one finishes the turn before it takes its own.

Every name in a turn is used once and never again, so finishing a turn twice, or late, changes nothing.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

Move = tuple[str, str]

_DIGITS = 6


def next_turn(book: Path) -> int:
    """The number of the next turn, after the last one taken has been finished."""
    taken = _last(book)
    if taken:
        _finish(book, _read(book, taken))
    return taken + 1


def take_turn(book: Path, number: int, moves: Sequence[Move]) -> bool:
    """Make a change: folders of the book to rename, in order. ``False`` when another process had the turn."""
    pending = book / "turns" / f".pending-{uuid4().hex}"
    pending.mkdir(parents=True)
    try:
        write_durably(pending / "turn.json", json.dumps({"moves": list(moves)}))
        try:
            os.rename(pending, book / "turns" / f"{number:0{_DIGITS}d}")
        except OSError:
            if _last(book) >= number:
                return False
            raise
    finally:
        shutil.rmtree(pending, ignore_errors=True)
    sync_folder(book / "turns")
    _finish(book, moves)
    return True


def is_in_last_turn(book: Path, start: str) -> bool:
    """Whether the last turn taken renames this folder: then it belongs to the book, whatever its name is yet."""
    taken = _last(book)
    return bool(taken) and any(move[0] == start for move in _read(book, taken))


def _last(book: Path) -> int:
    try:
        return max((int(name) for name in os.listdir(book / "turns") if name.isdigit()), default=0)
    except FileNotFoundError:
        return 0


def _read(book: Path, number: int) -> list[Move]:
    text = (book / "turns" / f"{number:0{_DIGITS}d}" / "turn.json").read_text(encoding="utf-8")
    return [(start, end) for start, end in json.loads(text)["moves"]]


def _finish(book: Path, moves: Sequence[Move]) -> None:
    for start, end in moves:
        (book / end).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.rename(book / start, book / end)
        except FileNotFoundError:
            continue  # done already
        sync_folder((book / end).parent)


def write_durably(path: Path, text: str) -> None:
    """Write a small file and wait until it is on the disk."""
    with path.open("w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows has no such thing
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
