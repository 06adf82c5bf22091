"""Where patients would go without a hospital, or its whole system: diversion (F2, F3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from evenhand.market.cells import Cells
from evenhand.market.discharges import Discharges
from evenhand.market.keys import Floats, Ints, added, sums_at
from evenhand.market.willingness import alone


@dataclass(frozen=True, slots=True)
class Diversion:
    """Diversion from each hospital to each other.

    Attributes:
        providers, systems, system_of: as in the discharges.
        share: ``share[k, h]`` of k's patients go to h; NaN where h is out together with k, and in the whole row of a
            hospital none of whose patients has another choice.
        patients: each hospital's patients the shares are of: in cells, with another choice.
        captive: each hospital's patients whose cell has no other choice: in no share.
        out: what is out of the network: each hospital's whole ``system``, or the ``provider`` alone.
    """

    providers: tuple[str, ...]
    systems: tuple[str, ...]
    system_of: Ints
    share: Floats
    patients: Floats
    captive: Floats
    out: str

    def of_system(self, system: int) -> Floats:
        """Diversion from a system to each hospital: its hospitals' weighed by their patients; NaN to its own."""
        own = np.flatnonzero((self.system_of == system) & (self.patients > 0))
        whole = self.patients[own].sum()
        moved = np.nan_to_num(self.share[own]).T @ self.patients[own]
        shares = moved / whole if whole else np.full(len(self.providers), np.nan)
        return np.where(self.system_of == system, np.nan, shares)

    def between_systems(self) -> Floats:
        """Diversion from each system to each other; NaN from a system to itself."""
        count = len(self.systems)
        found = np.full((count, count), np.nan)
        for system in range(count):
            to = self.of_system(system)
            other = self.system_of != system
            found[system] = np.bincount(self.system_of[other], weights=to[other], minlength=count)
            found[system, system] = np.nan
        return found


def diversion(discharges: Discharges, cells: Cells, *, out: Literal["system", "provider"] = "system") -> Diversion:
    """Diversion between all hospitals (Raval, Rosenbaum and Tenn 2017).

    Within a cell, patients of what is out go to the others in proportion to the others' shares:
    ``d(k→h) = Σ_c N_kc · s_hc / (1 − s_c) ÷ Σ_c N_kc``, with ``s_c`` the share of what is out. Patients of cells with
    no other choice are in no share, and counted apart.
    """
    count = len(discharges.providers)
    group = discharges.system_of if out == "system" else np.arange(count, dtype=np.int64)
    pairs, width = cells.pairs, int(group.max()) + 1
    share = pairs.sums / cells.size[pairs.first]
    gone = sums_at(pairs.first * width + group[pairs.second], len(cells) * width, share)
    stuck = alone(gone)
    staying = np.where(stuck, pairs.sums, 0.0)
    with np.errstate(divide="ignore"):
        leaving = np.where(stuck, 0.0, pairs.sums / (1.0 - gone))
    moved = _moved(cells, count, leaving, share)
    captive = added(pairs.second, staying, count)
    patients = added(pairs.second, pairs.sums - staying, count)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.where(patients[:, None] > 0, moved / patients[:, None], np.nan)
    shares[group[:, None] == group[None, :]] = np.nan
    return Diversion(discharges.providers, discharges.systems, discharges.system_of, shares, patients, captive, out)


def _moved(cells: Cells, count: int, leaving: Floats, share: Floats) -> Floats:
    """Σ over the cells of what leaves each hospital times the share of each other."""
    from scipy.sparse import csr_array

    begins = np.searchsorted(cells.pairs.first, np.arange(len(cells) + 1))

    def by_cell(values: Floats) -> csr_array:
        return csr_array((values, cells.pairs.second, begins), shape=(len(cells), count))

    return np.asarray((by_cell(leaving).T @ by_cell(share)).toarray(), dtype=np.float64)
