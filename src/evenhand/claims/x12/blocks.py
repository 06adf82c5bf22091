"""A file cut into blocks that can be read one after the other: memory is bounded whatever its size."""

from __future__ import annotations

import mmap as pages
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.delimiters import Buffer, Delimiters, find_interchange, next_change
from evenhand.claims.x12.index import NO_CONTEXT, SegmentIndex
from evenhand.claims.x12.structure import OUTSIDE, Carry, context_of, kinds, last_cut
from evenhand.claims.x12.text import name_key


@contextmanager
def opened(source: Path | bytes) -> Iterator[Buffer]:
    """A file's content without reading it into memory, or the bytes themselves."""
    if isinstance(source, bytes):
        yield source
    elif source.stat().st_size == 0:
        yield b""
    else:
        with source.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            yield content


def forget(buffer: Buffer, end: int) -> None:
    """Tell the system that the content up to ``end`` is not needed again, where it can be told."""
    advice = getattr(pages, "MADV_DONTNEED", None)
    whole = end - end % pages.PAGESIZE
    if isinstance(buffer, mmap) and advice is not None and whole:
        buffer.madvise(advice, 0, whole)


@dataclass(frozen=True, slots=True)
class Piece:
    """One block: its segments, the transaction each stands in, and where the next block starts."""

    index: SegmentIndex
    kind: npt.NDArray[np.int8]
    end: int

    @property
    def cut_off(self) -> bool:
        """Whether the block ends inside a segment of a transaction."""
        return bool(len(self.index)) and not self.index.terminated and self.kind[-1] != OUTSIDE


def pieces(buffer: Buffer, carry: Carry, block_bytes: int) -> Iterator[Piece]:
    """Cut a buffer, from its first interchange on; ``carry`` is kept up to date between blocks."""
    found = find_interchange(buffer, 0)
    while found is not None:
        at, delimiters = found
        piece = _piece(buffer, at, delimiters, carry=carry, block_bytes=block_bytes)
        yield piece
        _advance(carry, piece)
        forget(buffer, piece.end)
        found = None if piece.end >= len(buffer) else _next(buffer, piece.end, delimiters, carry)


def _next(buffer: Buffer, at: int, delimiters: Delimiters, carry: Carry) -> tuple[int, Delimiters]:
    """Where the next block starts, and its delimiters: new ones when an interchange starts there."""
    found = find_interchange(buffer, at, at + 3)
    if found is not None and found[1] != delimiters:
        carry.context = NO_CONTEXT
        return at, found[1]
    return at, delimiters


def _piece(buffer: Buffer, at: int, delimiters: Delimiters, *, carry: Carry, block_bytes: int) -> Piece:
    """The block that starts here: longer than asked for when nothing shorter can be cut off."""
    size = block_bytes
    while True:
        reach = min(at + size, len(buffer))
        end = next_change(buffer, at + 3, reach, delimiters)
        index = SegmentIndex(bytes(buffer[at:end]), delimiters, context=carry.context, offset=at)
        kind = kinds(index, carry.kind)
        if end < reach or end == len(buffer):
            return Piece(index, kind, end)
        cut = last_cut(index, kind)
        if cut:
            following = int(index.offset(index.start[cut]))
            index.keep(cut)
            return Piece(index, kind[:cut], following)
        size *= 2


def _advance(carry: Carry, piece: Piece) -> None:
    index, kind = piece.index, piece.kind
    if not len(index):
        return
    carry.context = context_of(index, kind)
    carry.kind = OUTSIDE if index.key[-1] == name_key("SE") else int(kind[-1])
    carry.segments += len(index) - index.own
