"""Folders in the making: written aside, renamed into place when whole, swept away when their process is dead."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import time
from uuid import uuid4

from evenhand.book.loads import Load, current_loads, name_of_load, to_json
from evenhand.book.turns import Move, is_in_last_turn, next_turn, sync_folder, take_turn, write_durably
from evenhand.errors import BookError

_PREFIX = ".incoming-"
#: What another machine left unfinished is swept away after this many seconds.
_OTHER_MACHINE = 3 * 24 * 3600
#: Merged loads stay aside this long, for those who still read them.
_GRACE = 3600


@contextmanager
def incoming(book: Path) -> Iterator[Path]:
    """A new folder to write a load into; it is gone afterwards unless it was committed.

    Raises:
        BookError: the book cannot be written, or the disk is full; nothing is left behind.
    """
    folder = book / "loads" / f"{_PREFIX}{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
    try:
        folder.mkdir(parents=True)
        yield folder
    except OSError as problem:
        raise BookError(
            f"the book at {book} cannot be written ({problem.strerror or problem}); nothing was changed"
        ) from problem
    finally:
        if not is_in_last_turn(book, f"loads/{folder.name}"):
            shutil.rmtree(folder, ignore_errors=True)


Check = Callable[[Sequence[Load]], None]


def commit(book: Path, folder: Path, load: Load, *, check: Check, then: Sequence[Move] = ()) -> Load:
    """Make a folder a load of the book, with the moves that go with it; returns the load under its name.

    ``check`` is given the loads as they stand and raises when the load does not fit them; it is asked again as often
    as others were quicker.
    """
    for file in folder.rglob("*"):
        if file.is_file():
            _sync_file(file)
    while True:
        turn = next_turn(book)
        check(current_loads(book / "loads"))
        named = replace(load, id=free_name(book, load))
        write_durably(folder / "load.json", to_json(named))
        sync_folder(folder)
        moves = [(f"loads/{folder.name}", f"loads/{named.id}"), *then]
        if take_turn(book, turn, moves):
            return named


def free_name(book: Path, load: Load) -> str:
    """A name no load of this book bears or has borne."""
    when = datetime.now(UTC)
    while True:
        name = name_of_load(load.files, when)
        if not any((book / place / name).exists() for place in ("loads", "unloaded", "replaced")):
            return name
        when += timedelta(seconds=1)


def _sync_file(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def sweep(book: Path) -> None:
    """Remove what dead processes left unfinished, and merged loads nobody can be reading any more."""
    dead = [folder for folder in (book / "loads").glob(f"{_PREFIX}*") if _is_dead(folder)]
    next_turn(book)  # after the look at the processes: what they committed before they died is in place now
    for folder in dead:
        shutil.rmtree(folder, ignore_errors=True)
    for place, age in (("replaced", _GRACE), ("derived", _OTHER_MACHINE)):
        for folder in (book / place).glob("*" if place == "replaced" else ".building-*"):
            if _age(folder) > age:
                shutil.rmtree(folder, ignore_errors=True)


def _is_dead(folder: Path) -> bool:
    machine, _, pid = folder.name.removeprefix(_PREFIX).rpartition("-")[0].rpartition("-")
    if machine != socket.gethostname():
        return _age(folder) > _OTHER_MACHINE
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, ValueError):
        return False
    return False


def _age(folder: Path) -> float:
    with suppress(FileNotFoundError):
        told = folder.stat()
        return time() - max(told.st_mtime, told.st_ctime)  # a rename shows in the latter
    return 0.0
