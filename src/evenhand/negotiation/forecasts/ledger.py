"""The ledger: one file a forecast in the book's folder, written aside and renamed, never changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from evenhand.book import Book
from evenhand.book.turns import sync_folder, write_durably
from evenhand.errors import BookError, Problem, SelectionError
from evenhand.negotiation.forecasts.entry import Forecast, digest_of, read_entry, said_of, written
from evenhand.negotiation.worth import Worth

FOLDER, REMOVED = "forecasts", "removed"


def keep(book: Book, found: Worth, *, at: datetime | None = None) -> tuple[Forecast, bool]:
    """Keep a worth as a forecast.

    Args:
        book: whose ledger it goes to.
        found: what was worked out.
        at: when it is kept; now, if absent.

    Returns:
        The forecast, and whether it is new: the same forecast is kept once.

    Raises:
        BookError: the book cannot be written.
    """
    said = said_of(found)
    folder, id_ = book.path / FOLDER, digest_of(said)
    for file in _files(folder):
        if file.stem.endswith(id_) and (held := _readable(file)) is not None:
            return held, False
    moment = at or datetime.now(UTC)
    text = written(said, moment)
    try:
        folder.mkdir(exist_ok=True)
        aside = folder / f".keeping-{os.getpid()}-{uuid4().hex[:8]}"
        write_durably(aside, text)
        os.replace(aside, folder / f"{moment:%Y-%m-%dT%H%M}-{id_}.json")
        sync_folder(folder)
    except OSError as problem:
        raise BookError(f"a forecast cannot be kept in {folder} ({problem.strerror or problem})") from problem
    return read_entry(text), True


def _readable(file: Path) -> Forecast | None:
    try:
        return read_entry(file.read_text(encoding="utf-8", errors="replace"))
    except (OSError, ValueError):
        return None


def forecasts(book: Book, *, removed: bool = False) -> tuple[list[Forecast], list[Problem]]:
    """The forecasts kept, oldest first, and what is wrong with files that could not be read.

    Of a book as known on a day, those kept by the end of it.
    """
    folder = book.path / FOLDER
    found, problems = [], []
    for file in _files(folder / REMOVED if removed else folder):
        try:
            one = read_entry(file.read_text(encoding="utf-8", errors="replace"))
        except (OSError, ValueError) as problem:
            problems.append(
                Problem(str(file), None, f"left out: {problem}", "restore the file from a copy, or remove it")
            )
            continue
        if book.as_known_on is None or one.kept_at.date() <= book.as_known_on:
            found.append(one)
    return sorted(found, key=lambda one: (one.kept_at, one.id)), problems


def remove(book: Book, id_: str) -> str:
    """Take a forecast out of the ledger; its file is kept under ``forecasts/removed``. Gives its id.

    Raises:
        SelectionError: none, or several, have an id that begins so.
    """
    return _move(book.path / FOLDER, book.path / FOLDER / REMOVED, id_)


def restore(book: Book, id_: str) -> str:
    """Put a removed forecast back. Gives its id."""
    return _move(book.path / FOLDER / REMOVED, book.path / FOLDER, id_)


def _move(start: Path, end: Path, id_: str) -> str:
    wanted = id_.strip().lower()
    named = {file: file.stem.rpartition("-")[2] for file in _files(start)}
    found = [file for file, name in named.items() if wanted and name.startswith(wanted)]
    if len(found) != 1:
        known = ", ".join(sorted(named.values())) or "none"
        raise SelectionError(f"'{id_}' is {'several forecasts' if found else 'no forecast'} here; ids: {known}")
    try:
        end.mkdir(parents=True, exist_ok=True)
        os.replace(found[0], end / found[0].name)
    except OSError as problem:
        raise BookError(f"{found[0].name} cannot be moved ({problem.strerror or problem})") from problem
    return named[found[0]]


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(file for file in folder.glob("*.json") if file.is_file())
