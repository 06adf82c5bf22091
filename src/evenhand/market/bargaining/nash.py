"""Nash-in-Nash: every contract a bargain of its own, the others as they are (F6, F7, F12)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from evenhand.errors import UsageError
from evenhand.market.keys import Floats, Ints


def nash_rate(low: float, high: float, provider_weight: float) -> float | None:
    """The rate a Nash bargain settles on; ``None`` where no rate suits both.

    ``p = (1 − τ)·low + τ·high`` (Nash 1950): from the least the provider takes to the most the plan pays.

    >>> nash_rate(100.0, 160.0, 0.25), nash_rate(160.0, 100.0, 0.25)
    (115.0, None)
    """
    if not 0 <= provider_weight <= 1:
        raise UsageError(f"a weight is from 0 to 1, not {provider_weight:g}")
    return (1 - provider_weight) * low + provider_weight * high if high > low else None


def replacement_cap(revenue: float, excluded: Iterable[tuple[float, float]]) -> float | None:
    """The price at which the plan would rather replace us by the best hospital outside its network.

    Args:
        revenue: what the plan takes in for a patient with us in the network.
        excluded: of each hospital outside: what the plan would take in with it instead, and the least it takes.

    The idea is Ho and Lee's (AER 2019, 109(2)): the threat of replacement caps what Nash-in-Nash would give.

    >>> replacement_cap(27000.0, [(26000.0, 18000.0), (20000.0, 15000.0)])
    19000.0
    """
    prices = [least + revenue - instead for instead, least in excluded]
    return min(prices) if prices else None


@dataclass(frozen=True, slots=True)
class Contracts:
    """The contracts of a market, each of one hospital system with one plan.

    Attributes:
        hospital: the system of each contract.
        plan: the plan of each.
        cost: what a patient costs the system.
        revenue: what the plan takes in for a patient, its own costs off.
        diversion: ``diversion[j, k]`` of j's patients are k's when j ends; the rest leave the market. The diagonal is
            not looked at.
        hospital_outside: what else the system has for each of j's patients without the contract (out of network,
            refilled beds); zero when absent.
        plan_outside: what else the plan has, likewise.
    """

    hospital: Ints
    plan: Ints
    cost: Floats
    revenue: Floats
    diversion: Floats
    hospital_outside: Floats | float = 0.0
    plan_outside: Floats | float = 0.0

    def __post_init__(self) -> None:
        count = len(self.hospital)
        sizes = {len(self.plan), len(self.cost), len(self.revenue), *self.diversion.shape}
        if sizes != {count}:
            raise UsageError(f"{count} contracts need as many plans, costs, revenues, and a square of diversion")

    def _same(self, side: Ints) -> Floats:
        """Diversion to the other contracts of the same side."""
        same = (side[:, None] == side[None, :]) & ~np.eye(len(side), dtype=bool)
        return np.where(same, self.diversion, 0.0)

    def limits(self, prices: Floats) -> tuple[Floats, Floats]:
        """The least each system would take and the most each plan would pay, the other contracts at these prices.

        The least is its cost and what it would earn on the same patients through other plans and outside; the most is
        what the plan takes in, less what it would earn on them through other systems and outside.
        """
        kept = self._same(self.hospital) @ (prices - self.cost) + self.hospital_outside
        moved = self._same(self.plan) @ (self.revenue - prices) + self.plan_outside
        return self.cost + kept, self.revenue - moved

    def implied_weight(self, prices: Floats) -> Floats:
        """The plan's bargaining weight (0 to 1) in each contract that explains these prices.

        NaN where none does: one of the sides would be better off without the contract.
        """
        low, high = self.limits(prices)
        ours, theirs = prices - low, high - prices
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = theirs / (ours + theirs)
        return np.where((ours >= 0) & (theirs >= 0) & (ours + theirs > 0), weight, np.nan)

    def negotiated(self, weight: Floats | float) -> Floats:
        """The prices all contracts settle on together, at the plans' weights.

        Of each contract: ``U_j − Σ U_k d(j→k) = ((1−b)/b)·[D_j − Σ D_k d(j→k)]``, the sums over the other contracts of
        the same system and of the same plan; U and D are the margins of system and plan. It is linear in the prices.

        Raises:
            UsageError: a weight is not from 0 to 1.
        """
        b = np.broadcast_to(np.asarray(weight, dtype=np.float64), self.cost.shape)
        if not ((b >= 0) & (b <= 1)).all():
            raise UsageError("bargaining weights are from 0 to 1")
        whole = np.eye(len(b))
        ours = b[:, None] * (whole - self._same(self.hospital))
        theirs = (1 - b)[:, None] * (whole - self._same(self.plan))
        right = ours @ self.cost + theirs @ self.revenue + b * self.hospital_outside - (1 - b) * self.plan_outside
        return np.asarray(np.linalg.solve(ours + theirs, right), dtype=np.float64)
