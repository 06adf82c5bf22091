"""Codes as integers, and text whose encoding nobody declares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def name_key(name: str) -> int:
    """A segment's name, or a qualifier of up to eight characters, as the integer the index compares."""
    return int.from_bytes(name.encode("ascii"), "little")


def one_of(codes: npt.NDArray[np.uint64] | npt.NDArray[np.uint32], *names: str) -> npt.NDArray[np.bool_]:
    """Which of the codes (see :meth:`SegmentIndex.code`) are one of these."""
    mask: npt.NDArray[np.bool_] = codes == name_key(names[0])
    for name in names[1:]:
        mask |= codes == name_key(name)
    return mask


def decode(raw: bytes) -> str:
    """Text of a file whose encoding nobody declares: UTF-8 where it is that, else Latin-1."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def decoded(values: pa.Array) -> pa.Array:
    """The same for a column of bytes."""
    return pa.array([None if value is None else decode(value) for value in values.to_pylist()], pa.string())
