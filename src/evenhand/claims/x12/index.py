"""A block of X12 as arrays: where every segment and every element stands.

No segment is ever split into Python objects. The positions of all separators and terminators are found
in one pass; element *k* of segment *j* then lies between two neighbouring positions, and a column of a
table is one gather over all segments concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenhand.claims.x12.delimiters import Delimiters
from evenhand.claims.x12.scan import after_blanks, count, places, rare, separators
from evenhand.claims.x12.strings import strings
from evenhand.claims.x12.text import decode, name_key

Ints = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]
Span = tuple[Ints, Ints]

PAD = 32
CUTS = np.int32
_LINE_FEED, _CARRIAGE_RETURN, _SPACE = 10, 13, 32
#: A name has at most three letters; so many bytes of a word, by its length.
_NAME_BYTES = np.array([0, 0xFF, 0xFFFF, 0xFFFFFF, 0], dtype=np.uint32)
#: Spans may be asked for elements that a segment does not have: so many positions follow the last.
_BEYOND = 128
_MOST_COMPONENTS = 16
_NOWHERE = np.zeros(0, np.int64)
_LOW_BYTES = np.array([(1 << (8 * n)) - 1 for n in range(9)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Context:
    """Segments of earlier blocks that a block's own still stand under, and where each byte came from."""

    text: bytes
    origin: Ints


NO_CONTEXT = Context(b"", np.zeros(0, np.int64))


class SegmentIndex:
    """The segments of one block of one interchange's delimiters.

    Attributes:
        data: the bytes, padded at both ends so that whole words can be read anywhere.
        start: position of each segment's first byte.
        end: position of each segment's terminator.
        key: each segment's name as an integer (see :func:`name_key`).
        own: index of the first segment that belongs to the block itself and not to its context.
        ascii: whether every byte is ASCII.
        terminated: whether the last segment had its terminator.
    """

    def __init__(self, body: bytes, delimiters: Delimiters, *, context: Context = NO_CONTEXT, offset: int = 0) -> None:
        self.delimiters = delimiters
        self._offset, self._context = offset, context
        self._lead = PAD + len(context.text)
        self._origin: Ints | None = None
        self._names: dict[int, Ints] | None = None
        self._qualifiers: dict[str, npt.NDArray[np.uint32]] = {}
        self._last: tuple[Ints, Ints, Ints] | None = None
        if delimiters.terminator == _LINE_FEED and b"\r" in body:
            body = self._without(body, (_CARRIAGE_RETURN,))
        if not self._build(context.text, body) and delimiters.terminator not in (_LINE_FEED, _CARRIAGE_RETURN):
            self._build(context.text, self._without(body, (_LINE_FEED, _CARRIAGE_RETURN)))
        self.own = int(np.searchsorted(self.start, self._lead))

    def _without(self, body: bytes, dropped: tuple[int, ...]) -> bytes:
        """Drop bytes that only wrap lines, remembering where the others came from."""
        raw = np.frombuffer(body, np.uint8)
        keep = np.flatnonzero(~np.isin(raw, dropped))
        self._origin = keep
        return raw[keep].tobytes()

    def _build(self, context: bytes, body: bytes) -> bool:
        """Fill the arrays; False when a line break stands inside a segment, so that they are of no use."""
        inner = context + body
        self.data = np.empty(-(-len(inner) // 8) * 8 + 2 * PAD, np.uint8)
        self.data[:PAD] = self.data[-PAD - 8 :] = _SPACE
        # Complex numbers stand for two neighbouring words that are taken together.
        self._pairs = np.ndarray((self.data.size // 8 - 1,), np.complex128, self.data, 0, (8,))
        self._halves = self.data.view("<u4")
        self._stop = PAD + len(inner)
        view = self.data[PAD : PAD + len(inner)]
        view[:] = np.frombuffer(inner, np.uint8)
        terminator = self.delimiters.terminator
        inside, last = separators(view, self.delimiters.element, terminator, lead=PAD)
        around = np.array([PAD - 1]), np.full(_BEYOND, self._stop)
        self.cuts = np.concatenate((around[0], *inside, around[1]), dtype=CUTS, casting="unsafe")
        ends = np.concatenate((_NOWHERE, *last)) + 1
        self.terminated = bool(ends.size) and int(self.cuts[ends[-1]]) == self._stop - 1
        if inner and not self.terminated:
            ends = np.append(ends, self.cuts.size - _BEYOND)
        self.ascii = inner.isascii()
        return self._segments(inner, ends)

    def _segments(self, inner: bytes, ends: Ints) -> bool:
        first = np.concatenate((np.zeros(1, np.int64), ends[:-1])) if ends.size else ends
        stop = self.cuts[ends]
        start, breaks = after_blanks(self.data, self.cuts[first] + 1, stop)
        clean = breaks == count(inner, _LINE_FEED) + count(inner, _CARRIAGE_RETURN)
        filled = start < stop
        if not filled.all():
            first, ends, start, stop = first[filled], ends[filled], start[filled], stop[filled]
            self.terminated = self.terminated or not bool(filled[-1])
        self.start, self.end = start, stop
        self.key = self._keys(start, self.cuts[first + 1] - start)
        # One segment more, without elements, is what the number -1 ("none") finds.
        self._first, self._limit = np.append(first, 0), np.append(stop, stop.dtype.type(0))
        self._count = np.append(ends - first - 1, -1)
        return clean or self.delimiters.terminator in (_LINE_FEED, _CARRIAGE_RETURN)

    def _keys(self, start: Ints, length: Ints) -> npt.NDArray[np.uint32]:
        """Up to three bytes from each start on, as integers; 0 for what is longer."""
        at, shift = start >> 2, ((start & 3) << 3).astype(np.uint32)
        word = (self._halves[at] >> shift) | (self._halves[at + 1] << (np.uint32(32) - shift))
        name: npt.NDArray[np.uint32] = word & _NAME_BYTES.take(np.minimum(length, 4), mode="clip")
        return name

    def keep(self, stop: int) -> None:
        """Forget the segments from ``stop`` on: they belong to the next block."""
        self.start, self.end, self.key = self.start[:stop], self.end[:stop], self.key[:stop]
        self._first, self._count = np.append(self._first[:stop], 0), np.append(self._count[:stop], -1)
        self._limit = np.append(self.end, self.end.dtype.type(0))
        self._names = None
        self._qualifiers.clear()
        self._last = None
        self.terminated = True

    def __len__(self) -> int:
        return int(self.start.size)

    @cached_property
    def _components(self) -> Ints:
        found = rare(self.data, self.delimiters.component)
        return np.append(found, np.full(_MOST_COMPONENTS, self.data.size)).astype(np.int32)

    def word(self, position: Ints) -> npt.NDArray[np.uint64]:
        """The eight bytes from each position on, as one integer: put together from the two words they lie in."""
        at, shift = position >> 3, ((position & 7) << 3).astype(np.uint64)
        pair = self._pairs[at].view("<u8")
        high = (pair[1::2] << np.uint64(1)) << (np.uint64(63) - shift)
        word: npt.NDArray[np.uint64] = (pair[0::2] >> shift) | high
        return word

    def find(self, name: str) -> Ints:
        """The segments of this name."""
        if self._names is None:
            self._names = places(self.key)
        return self._names.get(name_key(name), _NOWHERE)

    def qualifiers(self, name: str) -> npt.NDArray[np.uint32]:
        """The first element of each segment of this name, as codes (see :meth:`short_code`)."""
        found = self._qualifiers.get(name)
        if found is None:
            found = self._qualifiers[name] = self.short_code(self.span(self.find(name), 1))
        return found

    def elements_of(self, segment: Ints) -> Ints:
        """How many elements each of the segments has; a negative segment stands for "none" and has -1."""
        count: Ints = self._count[segment]
        return count

    def _rows(self, segment: Ints) -> tuple[Ints, Ints]:
        """Where each segment's elements begin in ``cuts``, and where the segment ends in the data."""
        if self._last is None or self._last[0] is not segment:
            self._last = segment, self._first[segment], self._limit[segment]
        return self._last[1:]

    def span(self, segment: Ints, element: int | Ints) -> Span:
        """Start and end of an element of each segment; an empty span where it has no such element.

        A negative segment stands for "none" and gives an empty span too.
        """
        first, limit = self._rows(segment)
        cuts, at = (self.cuts[element:], first) if isinstance(element, int) else (self.cuts, first + element)
        start = cuts[at]
        start += 1
        return np.minimum(start, limit), np.minimum(cuts[1:][at], limit)

    def components(self, span: Span, most: int) -> list[Span]:
        """The first components, so many, of each composite; empty where there are no more."""
        low, end = span
        parts: list[Span] = []
        if not (low < end).any():
            return [span] * most
        first = np.searchsorted(self._components, low)
        for number in range(most):
            high = np.minimum(self._components[first + number], end)
            parts.append((low, high))
            low = np.minimum(high + 1, end)
            if not (low < end).any():
                return parts + [(end, end)] * (most - len(parts))
        return parts

    def code(self, span: Span) -> npt.NDArray[np.uint64]:
        """The first eight bytes of each span as an integer (see :func:`name_key`); 0 when empty."""
        codes: npt.NDArray[np.uint64] = self.word(span[0]) & _LOW_BYTES[np.minimum(span[1] - span[0], 8)]
        return codes

    def short_code(self, span: Span) -> npt.NDArray[np.uint32]:
        """Codes of up to three characters as integers (see :func:`name_key`); 0 when empty or longer."""
        return self._keys(span[0], span[1] - span[0])

    def text(self, segment: Ints, element: int | Ints) -> pa.Array:
        """An element of each segment as strings; null where absent or empty, or the segment is negative."""
        if not segment.size or segment.max() < 0:
            return pa.nulls(segment.size, pa.string())
        return self.text_of(self.span(segment, element))

    def text_of(self, span: Span) -> pa.Array:
        """The text of each span; null where empty."""
        return strings(self.data, span, ascii_only=self.ascii)

    def raw(self, start: int, end: int) -> bytes:
        """The bytes between two positions."""
        return self.data[start:end].tobytes()

    def elements(self, segment: int) -> list[str]:
        """One segment as a list of strings, its name first; for the few segments read one at a time."""
        raw = self.raw(int(self.start[segment]), int(self.end[segment]))
        return [decode(element).strip() for element in raw.split(bytes([self.delimiters.element]))]

    def name(self, segment: int) -> str:
        """The name of a segment; ``?`` when it is not a name at all."""
        name = decode(int(self.key[segment]).to_bytes(4, "little").rstrip(b"\0"))
        return name if name.isalnum() and name.isascii() else "?"

    def offset(self, position: Ints) -> Ints:
        """Where these positions stand in the original file."""
        within = np.maximum(np.asarray(position, np.int64) - self._lead, 0)
        if self._origin is not None:
            within = self._origin[np.minimum(within, self._origin.size - 1)] if self._origin.size else within
        found = within + self._offset
        if self._context.text and (np.asarray(position) < self._lead).any():
            before = np.clip(np.asarray(position) - PAD, 0, len(self._context.text) - 1)
            found = np.where(np.asarray(position) < self._lead, self._context.origin[before], found)
        return found

    def cut_out(self, first: int, last: int) -> Context:
        """The bytes of a run of segments, as context for another block."""
        start, end = int(self.start[first]), int(self.end[last])
        text = self.raw(start, end) + bytes([self.delimiters.terminator])
        return Context(text, self.offset(np.arange(start, end + 1)))

    def extent(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Where these runs of segments start in the original file, and how many bytes they take."""
        start = self.offset(self.start[first])
        return start, self.offset(np.minimum(self.end[last], self._stop - 1)) + 1 - start

    def label(self, segment: Ints, names: tuple[str, ...]) -> pa.Array:
        """The names of segments that have one of these names."""
        which = np.zeros(segment.size, np.int32)
        for number, name in enumerate(names):
            which[self.key[segment] == name_key(name)] = number
        return pa.array(names, pa.string()).take(pa.array(which))
