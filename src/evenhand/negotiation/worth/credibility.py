"""How far figures of so few claims can be trusted: limited fluctuation, Bühlmann–Straub, and the rules for few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

#: A two-sided 90 % of the normal distribution, and the error let through: within 5 %.
Z_90, WITHIN = 1.6448536269514722, 0.05
#: Rules of this project: fewer patients are suppressed; fewer claims carry no claim about rates; fewer are weak.
FEWEST_PATIENTS, FEWEST_CLAIMS, FIRM_CLAIMS = 11, 30, 100
SUPPRESSED, TOO_FEW, WEAK, FIRM = "suppressed", "too few for a rate", "weak", "firm"


def claims_for_full(cv: float, *, within: float = WITHIN, z: float = Z_90) -> float:
    """How many claims full credibility takes: (z ÷ k)² × (1 + CV²), by limited fluctuation.

    Args:
        cv: coefficient of variation of a claim's amount.
        within: k, the relative error let through.
        z: normal quantile of the probability of staying within it; 90 % by default.

    >>> round(claims_for_full(0), 1), round(claims_for_full(3)), round(claims_for_full(5))
    (1082.2, 10822, 28138)
    """
    return (z / within) ** 2 * (1 + cv * cv)


def limited_fluctuation(claims: float, cv: float) -> float:
    """Z = min(1, √(n ÷ n_full)).

    >>> round(limited_fluctuation(1082.2 / 4, 0), 2), limited_fluctuation(1e9, 5)
    (0.5, 1.0)
    """
    return min(1.0, sqrt(max(claims, 0.0) / claims_for_full(cv)))


@dataclass(frozen=True, slots=True)
class Buhlmann:
    """Bühlmann–Straub over groups: Z = n ÷ (n + K), K = expected within variance ÷ variance between.

    Attributes:
        k: claims at which own experience counts one half; infinite where groups do not differ.
        within, between: the two variances; ``between`` at least zero.
    """

    k: float
    within: float
    between: float

    def z(self, claims: float) -> float:
        """The credibility of so many claims."""
        return 0.0 if self.k == inf else claims / (claims + self.k) if claims + self.k else 0.0


def buhlmann(groups: Sequence[Numbers]) -> Buhlmann | None:
    """Estimate K from groups of observations, without assuming a distribution.

    ``None`` with fewer than two groups of two observations: there is nothing to tell the variances apart by.
    """
    told = [group for group in groups if len(group) >= 2]
    if len(told) < 2:
        return None
    sizes = np.array([len(group) for group in told], float)
    means = np.array([group.mean() for group in told])
    within = float(sum(((group - group.mean()) ** 2).sum() for group in told) / (sizes - 1).sum())
    whole, total = float((sizes * means).sum() / sizes.sum()), float(sizes.sum())
    spread = float((sizes * (means - whole) ** 2).sum()) - (len(told) - 1) * within
    between = max(0.0, spread / (total - float((sizes**2).sum()) / total))
    return Buhlmann(within / between if between > 0 else inf, within, between)


def strength(patients: int | None, claims: int) -> str:
    """How firmly a figure stands, by how many patients and claims are behind it.

    >>> strength(10, 500), strength(20, 29), strength(50, 99), strength(None, 100)
    ('suppressed', 'too few for a rate', 'weak', 'firm')
    """
    if patients is not None and patients < FEWEST_PATIENTS:
        return SUPPRESSED
    if claims < FEWEST_CLAIMS:
        return TOO_FEW
    return WEAK if claims < FIRM_CLAIMS else FIRM


def variation(amounts: npt.NDArray[Any]) -> float:
    """Coefficient of variation of claims' amounts; 0 where they have no mean."""
    mean = float(amounts.mean()) if len(amounts) else 0.0
    return float(amounts.std()) / abs(mean) if mean else 0.0
