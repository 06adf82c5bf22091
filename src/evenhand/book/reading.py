"""Reading files into the parts of a load: what one process does with its share of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from evenhand.book.loads import LoadedFile, TableFile
from evenhand.book.originals import keep_original
from evenhand.book.parts import Parts
from evenhand.book.tally import Tally
from evenhand.claims.recognise import Opened, Recognised, not_recognised, open_reader, recognise
from evenhand.claims.schema import TABLES, file_key
from evenhand.claims.sources import Source, content
from evenhand.claims.tabular import Layout
from evenhand.errors import ReadError
from evenhand.program import version

#: Called with the number of bytes done, again and again.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of content to be read: where it is, what its content is. ``broken`` says why it cannot be opened."""

    source: Source
    sha256: str
    bytes: int
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one process reads: pieces, and where the tables go (nowhere in a dry run)."""

    number: int
    pieces: tuple[Piece, ...]
    folder: Path | None
    mapping: Layout | None = None
    originals: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """What came of a share."""

    files: tuple[LoadedFile, ...]
    tables: tuple[TableFile, ...]


def read_share(share: Share, progress: Progress) -> Part:
    """Read all pieces of a share."""
    parts = Parts(share.folder, share.number)
    try:
        files = tuple(_read_piece(piece, share, parts, progress) for piece in share.pieces)
        return Part(files, tuple(parts.close()))
    finally:
        parts.abandon()


def _read_piece(piece: Piece, share: Share, parts: Parts, progress: Progress) -> LoadedFile:
    if piece.broken is not None:
        progress(piece.bytes)
        return _note_broken(piece, piece.broken, parts)
    with content(piece.source, share.folder) as data:
        recognised = recognise(data, share.mapping)
        try:
            opened = open_reader(recognised, data, sha256=piece.sha256, spool=share.folder)
            tally = _take(opened.batches, parts, _Steps(piece.bytes, progress))
        except ReadError as problem:
            return _note_broken(piece, problem.problem.what, parts)
    file = _describe(piece, opened, tally)
    if share.originals and share.folder is not None and file.kind != "unknown":
        original = keep_original(piece.source, share.folder, piece.sha256)
        file = replace(file, original=original)
    parts.add({"files": _row(file)})
    return file


def _take(batches: Iterable[dict[str, pa.Table]], parts: Parts, steps: _Steps) -> Tally:
    tally = Tally()
    for batch in batches:
        tally.add(batch)
        parts.add(batch)
        steps.reach(batch)
    steps.finish()
    return tally


class _Steps:
    """Progress within one file: as far as the last segment read, then to its end."""

    def __init__(self, size: int, progress: Progress) -> None:
        self._left, self._size, self._progress = size, size, progress

    def reach(self, batch: dict[str, pa.Table]) -> None:
        """Report how far the batch goes, where its rows tell their place."""
        for name in ("remit_claims", "claims"):
            table = batch.get(name)
            if table is not None and table.num_rows:
                last = table["byte_offset"][-1].as_py()
                done = min(last or 0, self._size) - (self._size - self._left)
                if done > 0:
                    self._left -= done
                    self._progress(done)

    def finish(self) -> None:
        """Report the rest."""
        self._progress(self._left)


def _describe(piece: Piece, opened: Opened, tally: Tally) -> LoadedFile:
    recognised = opened.recognised
    return LoadedFile(
        path=piece.source.name,
        sha256=piece.sha256,
        bytes=piece.bytes,
        kind=recognised.kind,
        content=tally.content(recognised.what),
        layout=_layout_name(recognised),
        reader=version(),
        counts=dict(tally.counts),
        totals=dict(tally.sums),
        findings=dict(tally.severities),
        controls=tally.controls(opened.reading) if recognised.kind != "unknown" else (),
    )


def _layout_name(recognised: Recognised) -> str | None:
    return recognised.layout.digest if recognised.kind == "mapped" and recognised.layout else None


def _note_broken(piece: Piece, why: str, parts: Parts) -> LoadedFile:
    found = not_recognised(why, piece.sha256, rule="unreadable")
    file = LoadedFile(
        piece.source.name,
        piece.sha256,
        piece.bytes,
        "unknown",
        why,
        findings={"error": 1},
        reader=version(),
        counts={"findings": 1},
    )
    parts.add(found | {"files": _row(file)})
    return file


def _row(file: LoadedFile) -> pa.Table:
    row = {
        "file_id": file_key(file.sha256),
        "path": file.path,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "kind": file.kind,
        "content": file.content,
    }
    return pa.Table.from_pylist([row], schema=TABLES["files"].schema)


def effort(piece: Piece) -> int:
    """How much work a piece is, in bytes: opening and closing one costs as much as reading so many."""
    return piece.bytes + 40_000


def shares(pieces: Sequence[Piece], count: int) -> list[tuple[Piece, ...]]:
    """Divide pieces among so many processes, the largest first to whom has least."""
    piles: list[list[Piece]] = [[] for _ in range(count)]
    sizes = [0] * count
    for piece in sorted(pieces, key=lambda p: (-p.bytes, p.sha256)):
        least = sizes.index(min(sizes))
        piles[least].append(piece)
        sizes[least] += effort(piece)
    return [tuple(pile) for pile in piles if pile]
