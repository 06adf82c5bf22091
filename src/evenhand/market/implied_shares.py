"""The shares that proportional substitution would need to give the diversion observed, and the market they imply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.errors import UsageError
from evenhand.market.keys import Floats


@dataclass(frozen=True, slots=True)
class ImpliedShares:
    """Shares in a market of ``size`` patients.

    Attributes:
        size: patients of the implied market.
        share: the share of each hospital.
        weight: how much of each hospital's patients would belong to the market; one for the focal hospital.
        outside: hospitals (by number) whose weight is not between 0 and 1: substitution there is not proportional.
    """

    size: float
    share: Floats
    weight: Floats
    outside: tuple[int, ...]


def implied_shares(
    patients: Sequence[float] | Floats,
    from_focal: Sequence[float] | Floats,
    focal: int,
    to_focal: Sequence[float] | Floats,
    references: Sequence[int],
) -> ImpliedShares:
    """Shares that reproduce the diversion from a focal hospital, in the market that best gives back diversion to it.

    Under proportional substitution ``d(f→h) = s_h / (1 − s_f)``, so ``s_h = d(f→h)·(1 − s_f)``; ``s_f`` is the one
    whose ``s_f / (1 − s_h)`` come nearest, in squares, to the diversion observed from the reference hospitals.

    Args:
        patients: of each hospital.
        from_focal: share of the focal hospital's patients that goes to each other; NaN counts as none.
        focal: number of the focal hospital, whatever its place.
        to_focal: share of each hospital's patients that goes to the focal one.
        references: hospitals whose diversion to the focal one fixes the size of the market.

    Raises:
        UsageError: no reference is given, or it is the focal hospital.
    """
    if not len(references) or focal in references:
        raise UsageError("give at least one reference hospital other than the focal one")
    away = np.nan_to_num(np.asarray(from_focal, dtype=np.float64))
    away[focal] = 0.0
    chosen = list(references)
    own = _share(away[chosen], np.asarray(to_focal, dtype=np.float64)[chosen])
    counts = np.asarray(patients, dtype=np.float64)
    share = away * (1.0 - own)
    share[focal] = own
    size = float(counts[focal] / own)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = share * size / counts
    weight[focal] = 1.0
    outside = tuple(int(number) for number in np.flatnonzero((weight < 0) | (weight > 1)))
    return ImpliedShares(size, share, weight, outside)


def _share(away: Floats, back: Floats) -> float:
    """The focal hospital's share: exact for one reference, the least squares otherwise."""
    if len(away) == 1:
        return float(back[0] * (1.0 - away[0]) / (1.0 - back[0] * away[0]))
    from scipy.optimize import minimize_scalar

    def misfit(own: float) -> float:
        return float(((own / (1.0 - away * (1.0 - own)) - back) ** 2).sum())

    return float(minimize_scalar(misfit, bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-13}).x)
