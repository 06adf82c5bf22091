"""Finding the starts and the names of segments in a block of bytes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.integer[Any]]

_LINE_FEED, _CARRIAGE_RETURN = 10, 13
_BLANKS = (32, 9, 10, 13)
_ROUNDS = 64
#: So many bytes are looked at together: what is made of them stays near the processor.
_PART = 1 << 18


def separators(
    view: npt.NDArray[np.uint8], element: int, terminator: int, *, lead: int
) -> tuple[list[npt.NDArray[np.intp]], list[npt.NDArray[np.intp]]]:
    """Where elements and segments end, ``lead`` added; and which of these places end segments. Part by part."""
    places, ends, seen = list[npt.NDArray[np.intp]](), list[npt.NDArray[np.intp]](), 0
    for low in range(0, view.size, _PART):
        part = view[low : low + _PART]
        stops = part == terminator
        found = np.flatnonzero((part == element) | stops)
        last = np.flatnonzero(stops[found])
        last += seen
        seen += found.size
        found += low + lead
        places.append(found)
        ends.append(last)
    return places, ends


def rare(data: npt.NDArray[np.uint8], byte: int) -> Ints:
    """Where a byte occurs that is rare; the data are whole words, and most of these are passed at once."""
    here = data == byte
    words = np.flatnonzero(here.view(np.uint64))
    inside = np.flatnonzero(here.reshape(-1, 8)[words])
    places: Ints = (words[inside >> 3] << 3) + (inside & 7)
    return places


def after_blanks(data: npt.NDArray[np.uint8], start: Ints, end: Ints) -> tuple[Ints, int]:
    """Move each segment's start over line breaks and indentation; also how many breaks were passed."""
    rows = np.flatnonzero(data[start] <= _BLANKS[0])
    if not rows.size:
        return start, 0
    start, breaks = start.copy(), 0
    for _ in range(_ROUNDS):
        byte = data[start[rows]]
        rows = rows[((byte == 32) | (byte == 10) | (byte == 13) | (byte == 9)) & (start[rows] < end[rows])]
        if not rows.size:
            return start, breaks
        byte = data[start[rows]]
        breaks += int(np.count_nonzero((byte == _LINE_FEED) | (byte == _CARRIAGE_RETURN)))
        start[rows] += 1
    for row in rows.tolist():
        raw = data[start[row] : end[row]].tobytes()
        bare = raw.lstrip(bytes(_BLANKS))
        skipped = raw[: len(raw) - len(bare)]
        breaks += skipped.count(b"\n") + skipped.count(b"\r")
        start[row] += len(skipped)
    return start, breaks


def places(key: npt.NDArray[np.uint32]) -> dict[int, Ints]:
    """The segments of every name there is: one stable sort by a small number for each name."""
    if not key.size:
        return {}
    mixed = (key ^ (key >> np.uint32(7)) ^ (key >> np.uint32(13))).astype(np.uint16)
    found = np.zeros(1 << 16, np.uint32)
    found[mixed] = key
    if not (found[mixed] == key).all():
        return {int(name): np.flatnonzero(key == name) for name in np.unique(key)}
    order = np.argsort(mixed, kind="stable")
    slots = mixed[order]
    starts = np.flatnonzero(slots[1:] != slots[:-1]) + 1
    return dict(zip(found[slots[np.append(0, starts)]].tolist(), np.split(order, starts), strict=True))


def count(text: bytes, byte: int) -> int:
    """How often a byte occurs, which is mostly not at all."""
    return int(np.count_nonzero(np.frombuffer(text, np.uint8) == byte)) if byte in text else 0
