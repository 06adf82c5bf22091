"""Text as integers: what makes a million discharges a matter of adding up arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

#: A table of so many places is counted by place; larger spans are sorted.
_PLACES = 1 << 22


@dataclass(frozen=True, slots=True)
class Codes:
    """A column as integers: ``levels[codes[row]]`` is what stands in a row; -1 where nothing does."""

    codes: Ints
    levels: tuple[str, ...]

    @property
    def gaps(self) -> bool:
        """Whether some row holds nothing."""
        return bool(len(self.codes)) and int(self.codes.min()) < 0

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Which rows hold something."""
        return self.codes >= 0

    def mapped(self, said: Sequence[str | None]) -> Codes:
        """The same rows, each level said another way; ``None`` takes it out.

        >>> Codes(np.array([0, 1, 2]), ("a", "b", "c")).mapped(["x", None, "x"])
        Codes(codes=array([ 0, -1,  0]), levels=('x',))
        """
        levels = tuple(dict.fromkeys(one for one in said if one is not None))
        place = {level: number for number, level in enumerate(levels)}
        moved = np.array([*(-1 if one is None else place[one] for one in said), -1], dtype=np.int64)
        return Codes(moved[self.codes], levels)

    def taken(self, rows: npt.NDArray[np.bool_]) -> Codes:
        """Some of the rows."""
        return Codes(self.codes[rows], self.levels)


def as_arrow(values: Any) -> Any:
    """A column as one Arrow array."""
    column = values if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def encoded(values: Any) -> Codes:
    """A column (Arrow, numpy or any sequence) as integers, levels as they first appear; blanks count as nothing."""
    coded = as_arrow(values).dictionary_encode()
    indices = pc.fill_null(coded.indices, -1) if coded.indices.null_count else coded.indices
    codes = indices.to_numpy(zero_copy_only=False).astype(np.int64)
    said = [str(level).strip() for level in coded.dictionary.to_pylist()]
    if "" not in said and len(set(said)) == len(said):
        return Codes(codes, tuple(said))
    return Codes(codes, tuple(said)).mapped([level or None for level in said])


def dense(keys: Ints, span: int) -> tuple[Ints, int]:
    """Keys below ``span`` numbered without gaps, in their order, and how many there are.

    >>> dense(np.array([7, 3, 7]), 10)
    (array([1, 0, 1]), 2)
    """
    if span <= max(_PLACES, 4 * len(keys)):
        present = np.zeros(span, dtype=np.bool_)
        present[keys] = True
        numbers = np.cumsum(present) - 1
        return numbers[keys], int(present.sum())
    found, numbers = np.unique(keys, return_inverse=True)
    return numbers, len(found)


def combined(columns: Sequence[Codes], rows: Ints) -> tuple[Ints, int]:
    """One number for each different combination of columns over some rows, and how many there are.

    A row where any of the columns holds nothing has no place here: leave it out of ``rows``.
    """
    every = len(columns) > 0 and len(rows) == len(columns[0].codes)
    keys, span = np.zeros(len(rows), dtype=np.int64), 1
    for column in columns:
        width = max(len(column.levels), 1)
        if span * width > _PLACES:
            keys, span = dense(keys, span)
        keys = keys * width + (column.codes if every else column.codes[rows])
        span *= width
    return dense(keys, span)


def added(codes: Ints, amounts: Floats, width: int) -> Floats:
    """Amounts added up over each of the codes below ``width``."""
    return np.bincount(codes, weights=amounts, minlength=width).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Sums over pairs of two numbers that occur, ordered by the first and then the second."""

    first: Ints
    second: Ints
    sums: Floats


def pair_sums(first: Ints, second: Ints, width: int, amounts: Floats) -> Pairs:
    """Amounts added up over each pair; ``width`` is the number of different seconds."""
    keys = first * width + second
    span = (int(first.max()) + 1) * width if len(first) else 0
    if span <= max(_PLACES, 4 * len(keys)):
        sums = added(keys, amounts, span)
        seen = np.zeros(span, dtype=np.bool_)
        seen[keys] = True
        found = np.flatnonzero(seen)
        return Pairs(found // width, found % width, sums[found])
    found, numbers = np.unique(keys, return_inverse=True)
    return Pairs(found // width, found % width, added(numbers, amounts, len(found)))


def sums_at(keys: Ints, span: int, amounts: Floats) -> Floats:
    """For each row, the sum of the amounts of all rows of its key."""
    numbers, count = dense(keys, span)
    return added(numbers, amounts, count)[numbers]
