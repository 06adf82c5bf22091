"""Like patients in cells: those of one group and place, by layers from fine to coarse (F1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.contracts.shapes import suggest
from evenhand.errors import UsageError
from evenhand.market.discharges import GROUPS, Discharges
from evenhand.market.keys import Codes, Floats, Ints, Pairs, added, combined, pair_sums


@dataclass(frozen=True, slots=True)
class Definition:
    """How patients are put into cells.

    Patients of one value in every column of the first layer make a cell; those whose cell would hold fewer than
    ``fewest`` are passed to the next layer, and those left after the last are in no cell. (Raval, Rosenbaum and
    Tenn 2017, "A semiparametric discrete choice model: an application to hospital mergers".)
    """

    layers: tuple[tuple[str, ...], ...]
    fewest: int = 25

    def __post_init__(self) -> None:
        if self.fewest < 1 or not self.layers or not all(self.layers):
            raise UsageError("cells need at least one layer of columns, and at least 1 patient each")

    @classmethod
    def read(cls, text: str, fewest: int = 25) -> Definition:
        """A definition as written: columns joined by ``+``, layers separated by commas.

        >>> Definition.read("drg+age+zip5, drg+zip3, zip3").layers
        (('drg', 'age', 'zip5'), ('drg', 'zip3'), ('zip3',))
        """
        layers = [tuple(name.strip() for name in layer.split("+") if name.strip()) for layer in text.split(",")]
        return cls(tuple(layer for layer in layers if layer), fewest)

    @classmethod
    def usual(cls, discharges: Discharges, fewest: int = 25) -> Definition:
        """Every known patient group with the ZIP code, then with its first three digits, then these digits alone."""
        known = tuple(name for name in GROUPS if name in discharges.groups)
        if "age group" in known:
            known = tuple(name for name in known if name != "age")
        layers = [(*known, "zip5"), (*known, "zip3"), ("zip3",)]
        return cls(tuple(dict.fromkeys(layers)), fewest)

    def __str__(self) -> str:
        said = ", then ".join(" × ".join(layer) for layer in self.layers)
        return f"{said}; at least {self.fewest} patients a cell"


@dataclass(frozen=True, slots=True)
class Cells:
    """Which cell each row is in.

    Attributes:
        definition: how they were made.
        cell: the cell of each row, from 0; -1 for rows in no cell.
        layer: the layer of each cell.
        size: patients of each cell.
        outside: patients in no cell.
        pairs: patients of each cell and hospital.
    """

    definition: Definition
    cell: Ints
    layer: Ints
    size: Floats
    outside: float
    pairs: Pairs

    @property
    def patients(self) -> float:
        """Patients in cells."""
        return float(self.size.sum())

    def __len__(self) -> int:
        return len(self.size)


def assign(discharges: Discharges, definition: Definition) -> Cells:
    """Put discharges into cells.

    Raises:
        UsageError: a layer names a column the discharges do not have.
    """
    _check(discharges, definition.layers)
    cell = np.full(len(discharges.cases), -1, dtype=np.int64)
    left = np.arange(len(cell))
    layers: list[Ints] = []
    sizes: list[Floats] = []
    begun = 0
    for number, names in enumerate(definition.layers):
        columns = [discharges.groups[name] for name in names]
        rows, passed = _whole(columns, left)
        keys, span = combined(columns, rows)
        size = added(keys, discharges.cases if len(rows) == len(cell) else discharges.cases[rows], span)
        kept = size >= definition.fewest
        place = np.where(kept, np.cumsum(kept) - 1 + begun, -1)
        cell[rows] = place[keys]
        begun += int(kept.sum())
        layers.append(np.full(int(kept.sum()), number, dtype=np.int64))
        sizes.append(size[kept])
        left = np.concatenate([rows[~kept[keys]], passed])
    outside = float(discharges.cases[left].sum())
    inside = np.flatnonzero(cell >= 0) if len(left) else slice(None)
    pairs = pair_sums(cell[inside], discharges.provider[inside], len(discharges.providers), discharges.cases[inside])
    return Cells(definition, cell, np.concatenate(layers), np.concatenate(sizes), outside, pairs)


def _whole(columns: Sequence[Codes], left: Ints) -> tuple[Ints, Ints]:
    """The rows that hold something in every column, and the others."""
    gaps = [column.codes[left] < 0 for column in columns if column.gaps]
    if not gaps:
        return left, left[:0]
    lacking = np.logical_or.reduce(gaps)
    return left[~lacking], left[lacking]


def _check(discharges: Discharges, layers: Sequence[Sequence[str]]) -> None:
    for name in (name for layer in layers for name in layer):
        if name not in discharges.groups:
            raise UsageError(f"the discharges have no column '{name}'; {suggest(name, list(discharges.groups))}")
