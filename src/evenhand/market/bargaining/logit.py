"""One-level bargaining with logit demand: who gains how much when owners or weights change (F8, F9)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenhand.errors import PricingError, UsageError
from evenhand.market.keys import Floats, Ints


def logit_diversion(shares: Floats) -> Floats:
    """Diversion under proportional substitution: ``d(j→k) = s_k / (1 − s_j)``, zero from a product to itself."""
    found = np.broadcast_to(shares, (len(shares), len(shares))) / (1 - shares)[:, None]
    return np.asarray(np.where(np.eye(len(shares), dtype=bool), 0.0, found), dtype=np.float64)


def calibrated_alpha(share: float, margin: float, buyer_weight: float) -> float:
    """The price coefficient that one product's margin in dollars implies, in closed form.

    ``α = ln(1−s) / [m·(1−s)·(β·s/(1−s) − ln(1−s))]`` with ``β = b/(1−b)``; always below zero.

    Raises:
        UsageError: the share or the weight is not between 0 and 1, or the margin not above zero.
    """
    if not (0 < share < 1 and 0 <= buyer_weight < 1 and margin > 0):
        raise UsageError("a share is between 0 and 1, a weight from 0 to below 1, a margin above 0")
    beta, rest = buyer_weight / (1 - buyer_weight), np.log1p(-share)
    return float(rest / (margin * (1 - share) * (beta * share / (1 - share) - rest)))


@dataclass(frozen=True, slots=True)
class LogitMarket:
    """Products that bargain with buyers whose choice among them is logit, without an outside good.

    Attributes:
        alpha: what a dollar of price takes from utility; below zero.
        meanval: the utility of each product beside its price.
        cost: what a unit costs each.
        owner: the owner of each.
        buyer_weight: the buyers' bargaining weight, from 0 to below 1.
    """

    alpha: float
    meanval: Floats
    cost: Floats
    owner: Ints
    buyer_weight: float

    @classmethod
    def calibrated(
        cls, shares: Floats, prices: Floats, *, known: int, margin: float, buyer_weight: float
    ) -> LogitMarket:
        """The market of single-product owners that explains shares, prices and one product's margin.

        Args:
            shares: of each product, adding up to one.
            prices: of each.
            known: the product whose margin is known.
            margin: that margin in dollars.
            buyer_weight: the buyers' weight.
        """
        alpha = calibrated_alpha(float(shares[known]), margin, buyer_weight)
        meanval = np.log(shares / shares[known]) - alpha * (prices - prices[known])
        market = cls(alpha, meanval, prices, np.arange(len(shares)), buyer_weight)
        return replace(market, cost=prices - market.margins(shares))

    def shares(self, prices: Floats) -> Floats:
        """Shares at these prices."""
        utility = self.meanval + self.alpha * prices
        weight = np.exp(utility - utility.max())
        return np.asarray(weight / weight.sum(), dtype=np.float64)

    def margins(self, shares: Floats) -> Floats:
        """What each product earns above its cost when shares are these: ``(Eᵀ)⁻¹κ``, ``E = I − diag(s)·Ω``."""
        same = (self.owner[:, None] == self.owner[None, :]).astype(np.float64)
        beta, rest = self.buyer_weight / (1 - self.buyer_weight), np.log1p(-shares)
        kappa = rest / (self.alpha * (beta * shares / (1 - shares) - rest))
        system = np.eye(len(shares)) - shares[:, None] * same
        return np.asarray(np.linalg.solve(system.T, kappa), dtype=np.float64)

    def merged(self, owner: Ints) -> LogitMarket:
        """The same under other owners."""
        return replace(self, owner=owner)

    def prices(self, start: Floats) -> Floats:
        """The prices at which every margin is what its share gives, searched for from ``start``.

        Raises:
            PricingError: none was found.
        """
        from scipy.optimize import root

        found = root(lambda p: p - self.cost - self.margins(self.shares(p)), start, tol=1e-13)
        left = np.abs(found.x - self.cost - self.margins(self.shares(found.x))).max()
        if not left < 1e-8 * max(1.0, float(np.abs(start).max())):
            raise PricingError(f"no prices were found at which this market settles; the search left ${left:,.6f}")
        return np.asarray(found.x, dtype=np.float64)
