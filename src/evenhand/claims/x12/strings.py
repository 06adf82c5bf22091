"""Spans of a block's bytes as columns of text, without a string in Python."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenhand.claims.x12.text import decoded

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.integer[Any]]
Mask = npt.NDArray[np.bool_]


def strings(data: Bytes, span: tuple[Ints, Ints], *, ascii_only: bool) -> pa.Array:
    """The text of each span; null where empty. What is not ASCII is decoded."""
    taken = _taken(data, span, pa.string() if ascii_only else pa.binary())
    return taken if ascii_only else decoded(taken)


def _taken(data: Bytes, span: tuple[Ints, Ints], kind: pa.DataType) -> pa.Array:
    start, end = span
    filled = end > start
    some = int(np.count_nonzero(filled))
    if not some:
        return pa.nulls(filled.size, kind)
    offsets = _paired(start, end)
    if (offsets[1:] < offsets[:-1]).any():
        # Empty spans may stand anywhere.
        offsets = np.maximum.accumulate(offsets)
        if ((offsets[0::2] != start) & filled).any():
            return _scattered(data, span, filled, kind)
    taken = _between(data, offsets, kind).take(pa.array(np.arange(0, offsets.size, 2, dtype=np.int32)))
    if some == filled.size:
        return taken
    valid = pa.py_buffer(np.packbits(filled, bitorder="little"))
    return pa.Array.from_buffers(kind, filled.size, [valid, *taken.buffers()[1:]], filled.size - some)


def _scattered(data: Bytes, span: tuple[Ints, Ints], filled: Mask, kind: pa.DataType) -> pa.Array:
    """The same element for several rows, or rows not in the order of the file."""
    start, first, number = np.unique(span[0][filled], return_index=True, return_inverse=True)
    offsets = _paired(start, span[1][filled][first])
    at = np.zeros(filled.size, np.int32)
    at[filled] = 2 * number
    return _between(data, offsets, kind).take(pa.array(at, pa.int32(), mask=~filled))


def _paired(start: Ints, end: Ints) -> npt.NDArray[np.int32]:
    offsets = np.empty(2 * start.size, np.int32)
    offsets[0::2], offsets[1::2] = start, end
    return offsets


def _between(data: Bytes, offsets: npt.NDArray[np.int32], kind: pa.DataType) -> pa.Array:
    """Strings without a copy: from here to there, and then the bytes up to the next."""
    return pa.Array.from_buffers(kind, offsets.size - 1, [None, pa.py_buffer(offsets), pa.py_buffer(data)])
