"""What it is worth to patients that a system is in their network: willingness to pay (F4, F5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evenhand.errors import UsageError
from evenhand.market.cells import Cells
from evenhand.market.discharges import Discharges
from evenhand.market.keys import Floats, added, pair_sums

#: A system that has a whole cell would be worth infinitely much to it; its share counts as no more than this.
SHARE_CAP = 0.99


@dataclass(frozen=True, slots=True)
class Merger:
    """Systems under one owner: what they are worth together and apart, and the change as a share.

    ``weighted_apart`` and ``weighted_together`` are the same of weights, where the discharges have them.
    """

    name: str
    apart: float
    together: float
    weighted_apart: float | None = None
    weighted_together: float | None = None

    @property
    def change(self) -> float | None:
        """(together − apart) ÷ apart; ``None`` when they are worth nothing apart."""
        return (self.together - self.apart) / self.apart if self.apart else None

    @property
    def weighted_change(self) -> float | None:
        """The same of weights; ``None`` without them."""
        if self.weighted_together is None or not self.weighted_apart:
            return None
        return (self.weighted_together - self.weighted_apart) / self.weighted_apart


@dataclass(frozen=True, slots=True)
class Willingness:
    """Willingness to pay of each system.

    Attributes:
        systems: the systems.
        patients: each one's patients in cells.
        value: ``Σ N_c · ln(1 / (1 − s))`` over the cells, in units of patients.
        weighted: the same with the weight of a cell's patients for their number: nearer to dollars where the weights
            are DRG weights; ``None`` without weights.
        captive: each one's patients in cells that have no other system: for these, ``value`` rests on the cap.
        capped: each one's patients in cells where its share is above the cap; these include the captive.
        share_cap: the share above which none counts.
        cells: the cells.
    """

    systems: tuple[str, ...]
    patients: Floats
    value: Floats
    weighted: Floats | None
    captive: Floats
    capped: Floats
    share_cap: float
    cells: Cells

    def per_patient(self) -> Floats:
        """Value for each patient in cells; NaN without patients."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(self.patients > 0, self.value / self.patients, np.nan)


def willingness_to_pay(discharges: Discharges, cells: Cells, *, share_cap: float = SHARE_CAP) -> Willingness:
    """Willingness to pay for each system (Capps, Dranove and Satterthwaite 2003).

    A cell whose patients all go to one system is kept and its share capped: leaving such cells out would make a merger
    that creates a monopoly look as if it took leverage away.

    Raises:
        UsageError: the cap is not between 0 and 1.
    """
    if not 0 < share_cap < 1:
        raise UsageError(f"the cap on shares is between 0 and 1, not {share_cap:g}")
    width = len(discharges.systems)
    hospital = cells.pairs
    pairs = pair_sums(hospital.first, discharges.system_of[hospital.second], width, hospital.sums)
    share = pairs.sums / cells.size[pairs.first]
    each = -np.log1p(-np.minimum(share, share_cap))

    def total(amounts: Floats) -> Floats:
        return added(pairs.second, amounts, width)

    weighted = None
    if discharges.weight is not None:
        rows = np.flatnonzero(cells.cell >= 0)
        weighted = total(each * added(cells.cell[rows], discharges.weight[rows], len(cells))[pairs.first])
    return Willingness(
        discharges.systems,
        total(pairs.sums),
        total(each * cells.size[pairs.first]),
        weighted,
        total(np.where(alone(share), pairs.sums, 0.0)),
        total(np.where(share > share_cap, pairs.sums, 0.0)),
        share_cap,
        cells,
    )


def alone(share: Floats) -> npt.NDArray[np.bool_]:
    """Where a share is all there is, but for the last digits."""
    return share > 1 - 1e-12


def merger(discharges: Discharges, before: Willingness, names: Sequence[str]) -> Merger:
    """What systems are worth under one owner: :class:`Merger`.

    Raises:
        SelectionError: a name is not known.
        UsageError: the names mean one system only.
    """
    after, number = discharges.merged(names)
    parts = {discharges.system(name) for name in names}
    together = willingness_to_pay(after, before.cells, share_cap=before.share_cap)
    apart = float(sum(before.value[part] for part in parts))
    found = Merger(after.systems[number], apart, float(together.value[number]))
    if before.weighted is None or together.weighted is None:
        return found
    weighted = float(sum(before.weighted[part] for part in parts))
    return replace(found, weighted_apart=weighted, weighted_together=float(together.weighted[number]))
