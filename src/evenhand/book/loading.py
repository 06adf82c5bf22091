"""Loading: look at the files, leave out what the book holds, read the rest aside, rename it into place."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evenhand.book.incoming import commit, incoming, sweep
from evenhand.book.loads import Load, LoadedFile, current_loads
from evenhand.book.pool import WORTH_A_PROCESS, read_all, survey
from evenhand.book.reading import Part, Piece, Share, effort, shares
from evenhand.book.views import schema_digest
from evenhand.claims.paths import find
from evenhand.claims.recognise import recognise
from evenhand.claims.sources import Source, content, sources
from evenhand.claims.tabular import Layout
from evenhand.errors import BookError, ReadError

#: The file that says a folder is a book.
MARK = "book.json"


@dataclass(frozen=True, slots=True)
class Options:
    """How to load: ``start`` and ``progress`` follow the bytes.

    ``jobs`` is the number of processes that read. Several start new interpreters, which import the script that asks:
    its work must stand under ``if __name__ == "__main__":``. One works anywhere, in a notebook too.
    """

    mapping: Layout | None = None
    originals: bool = True
    jobs: int = 1
    start: Callable[[int], None] = lambda _: None
    progress: Callable[[int], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file left out, and why."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a load did: the load (``None`` when there was nothing new), its files, what was left out."""

    load: Load | None
    files: tuple[LoadedFile, ...]
    skipped: tuple[Skipped, ...]
    dry_run: bool = False


class _OvertakenError(Exception):
    """The book holds some of the same content by now; ``noted`` was not recognised, then or now."""

    def __init__(self, noted: frozenset[str]) -> None:
        self.noted = noted


def load(book: Path, paths: Iterable[Path | str], options: Options) -> Report:
    """Load files, folders and globs into a book.

    Raises:
        ReadError: a path that is not there.
        BookError: the book cannot be written; nothing was changed.
    """
    named = tuple(str(path) for path in paths)
    pieces, passed = _look(named, options)
    _sweep(book)
    noted: frozenset[str] = frozenset()
    while True:
        new, skipped = _sift(pieces, current_loads(book / "loads"), options.mapping, noted)
        if not new:
            return Report(None, (), passed + skipped)
        try:
            loaded = _load_new(book, new, named, options)
        except _OvertakenError as news:
            noted |= news.noted
            continue
        return Report(loaded, loaded.files, passed + skipped)


def dry_run(book: Path, paths: Iterable[Path | str], options: Options) -> Report:
    """What :func:`load` would do; nothing is written."""
    pieces, passed = _look(tuple(str(path) for path in paths), options)
    new, skipped = _sift(pieces, current_loads(book / "loads"), options.mapping)
    parts = _read(new, None, options) if new else []
    return Report(None, _files(parts), passed + skipped, dry_run=True)


def _look(named: Sequence[str], options: Options) -> tuple[list[Piece], tuple[Skipped, ...]]:
    """All content there is, and what was passed over; a file that was named must open, one in a folder need not."""
    found = find(named, without=_is_book)
    passed = [Skipped(str(path), why) for path, why in found.passed]
    opened: list[Source] = []
    for path in found.files:
        try:
            opened += sources(path)
        except ReadError as problem:
            if path in found.named:
                raise
            passed.append(Skipped(str(path), problem.problem.what))
    return survey(opened, max(1, options.jobs)), tuple(passed)


def _is_book(folder: Path) -> bool:
    return (folder / MARK).is_file()


def _sweep(book: Path) -> None:
    try:
        sweep(book)
    except OSError as problem:
        raise BookError(
            f"the book at {book} cannot be written ({problem.strerror or problem}); nothing was changed"
        ) from problem


def _sift(
    pieces: Sequence[Piece], held: Sequence[Load], mapping: Layout | None, noted: frozenset[str] = frozenset()
) -> tuple[list[Piece], tuple[Skipped, ...]]:
    """What is new, and what is left out: content the book holds, or that comes twice."""
    known = {file.sha256: load.id for load in held for file in load.files if file.kind != "unknown"}
    tried = {file.sha256: load.id for load in held for file in load.files if file.kind == "unknown"}
    new: dict[str, Piece] = {}
    skipped = []
    for piece in pieces:
        if piece.sha256 in known:
            skipped.append(Skipped(piece.source.name, f"already loaded in {known[piece.sha256]}"))
        elif piece.sha256 in tried and (piece.sha256 in noted or not _is_known_now(piece, mapping)):
            skipped.append(Skipped(piece.source.name, f"not recognised, as was noted in {tried[piece.sha256]}"))
        elif piece.sha256 in new:
            skipped.append(Skipped(piece.source.name, f"same content as {new[piece.sha256].source.name}"))
        else:
            new[piece.sha256] = piece
    return list(new.values()), tuple(skipped)


def _is_known_now(piece: Piece, mapping: Layout | None) -> bool:
    """Whether a file that was not recognised once is recognised now, by a new version or a mapping."""
    if piece.broken is not None:
        return False
    try:
        with content(piece.source) as data:
            return recognise(data, mapping).kind != "unknown"
    except ReadError:
        return False


def _read(pieces: Sequence[Piece], folder: Path | None, options: Options) -> list[Part]:
    options.start(sum(piece.bytes for piece in pieces))
    worth_it = sum(map(effort, pieces)) >= WORTH_A_PROCESS
    count = min(max(1, options.jobs), len(pieces)) if worth_it else 1
    piles = shares(pieces, count)
    given = [
        Share(number, pile, folder, options.mapping, options.originals) for number, pile in enumerate(piles, start=1)
    ]
    return read_all(given, options.progress)


def _files(parts: Iterable[Part]) -> tuple[LoadedFile, ...]:
    return tuple(sorted((file for part in parts for file in part.files), key=lambda file: file.path))


def _load_new(book: Path, pieces: Sequence[Piece], named: tuple[str, ...], options: Options) -> Load:
    with incoming(book) as folder:
        parts = _read(pieces, folder, options)
        load = Load(
            id="",
            loaded_at=datetime.now(UTC),
            loaded_by=_who(),
            files=_files(parts),
            tables=tuple(table for part in parts for table in part.tables),
            sources=named,
            schema=schema_digest(),
        )
        return commit(book, folder, load, check=lambda held: _check(load, held))


def _check(load: Load, held: Sequence[Load]) -> None:
    """Refuse content that has come into the book since it was looked at."""
    unknown = frozenset(file.sha256 for file in load.files) - load.contents
    noted = unknown & {file.sha256 for other in held for file in other.files}
    if noted or any(load.contents & other.contents for other in held):
        raise _OvertakenError(noted)


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid()) if hasattr(os, "getuid") else "unknown"
