"""Hospitals that bargain with insurers that compete for members: both levels at once (F7 with logit demand)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenhand.errors import PricingError
from evenhand.market.bargaining.logit import logit_diversion
from evenhand.market.bargaining.nash import Contracts
from evenhand.market.keys import Floats, Ints


@dataclass(frozen=True, slots=True)
class TwoLevelMarket:
    """Products, each a hospital system in an insurer's plan (the timing is that of Sheu and Taragin 2021).

    Attributes:
        alpha: what a dollar of premium takes from utility; below zero.
        meanval: the utility of each product beside its premium, against an outside good of utility zero.
        outside_price: the price of the outside good.
        hospital_cost, insurer_cost: what a unit costs each level.
        hospital, insurer: the owner of each product at each level.
        weight: the insurers' bargaining weight in each contract.
        integrated: pairs of hospital and insurer under one owner: between these the rate is the hospital's cost.
    """

    alpha: float
    meanval: Floats
    outside_price: float
    hospital_cost: Floats
    insurer_cost: Floats
    hospital: Ints
    insurer: Ints
    weight: Floats
    integrated: tuple[tuple[int, int], ...] = ()

    def shares(self, premiums: Floats) -> Floats:
        """Shares of each product at these premiums; the rest is the outside good's."""
        worth = np.exp(self.meanval + self.alpha * (premiums - self.outside_price))
        return np.asarray(worth / (1 + worth.sum()), dtype=np.float64)

    def contracts(self, premiums: Floats) -> Contracts:
        """The bargains of the upper level at these premiums."""
        found = logit_diversion(self.shares(premiums))
        return Contracts(self.hospital, self.insurer, self.hospital_cost, premiums - self.insurer_cost, found)

    def merged(
        self,
        *,
        hospital: Ints | None = None,
        insurer: Ints | None = None,
        integrated: tuple[tuple[int, int], ...] = (),
    ) -> TwoLevelMarket:
        """The same under other owners of hospitals or insurers, or with owners of both."""
        return replace(
            self,
            hospital=self.hospital if hospital is None else hospital,
            insurer=self.insurer if insurer is None else insurer,
            integrated=integrated,
        )

    def _firms(self) -> tuple[Ints, Ints]:
        """The firm of each product's hospital and of its insurer, numbered together."""
        first = int(self.hospital.max()) + 1
        insurer = self.insurer + first
        for hospital, plan in self.integrated:
            insurer[self.insurer == plan] = hospital
        return self.hospital, insurer

    def settled(self, premiums: Floats, rates: Floats) -> tuple[Floats, Floats]:
        """Premiums and hospital rates at which both levels rest, searched for from these.

        Raises:
            PricingError: none were found.
        """
        from scipy.optimize import root

        found = root(self._left, np.concatenate([premiums, rates]), tol=1e-13)
        if not np.abs(self._left(found.x)).max() < 1e-8 * max(1.0, float(np.abs(premiums).max())):
            raise PricingError("no premiums and rates were found at which this market settles; check shares and costs")
        return found.x[: len(premiums)], found.x[len(premiums) :]

    def _left(self, both: Floats) -> Floats:
        """What is left of each level's condition, in dollars."""
        premiums, rates = both[: len(self.hospital_cost)], both[len(self.hospital_cost) :]
        shares = self.shares(premiums)
        moved = np.eye(len(shares)) - logit_diversion(shares)
        ours, theirs = self._earned(premiums, rates)
        retail = np.diag(theirs) - theirs @ shares + 1 / self.alpha
        gains = self.weight * (moved * ours).sum(axis=1) - (1 - self.weight) * (moved * theirs).sum(axis=1)
        hospital, insurer = self._firms()
        return np.concatenate([retail, np.where(hospital == insurer, rates - self.hospital_cost, gains)])

    def _earned(self, premiums: Floats, rates: Floats) -> tuple[Floats, Floats]:
        """What the owner of product j's hospital, and that of its insurer, earn on a patient of each product k."""
        hospital, insurer = self._firms()
        up, down = rates - self.hospital_cost, premiums - rates - self.insurer_cost

        def earned(firm: Ints) -> Floats:
            first = np.where(firm[:, None] == hospital[None, :], up[None, :], 0.0)
            return np.asarray(first + np.where(firm[:, None] == insurer[None, :], down[None, :], 0.0))

        return earned(hospital), earned(insurer)
