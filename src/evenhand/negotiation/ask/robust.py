"""The best ask when volumes are not known: within its budget in all but a few of the years that could come.

The payer's cost is taken at its mean plus ``quantile`` times its standard deviation. Each volume strays by itself (as a
count does, and by a share of it), and all of a service line together. No solver of cones is needed: at given weights of
the ways to stray the limit is a plain budget, which sorting fills; these weights give a bound that holds whatever they
are, and scaling any ask down until it fits gives one that keeps to the limit. The two meet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenhand.errors import UsageError
from evenhand.negotiation.ask.answer import Answer, Multipliers, answered
from evenhand.negotiation.ask.linear import relaxed
from evenhand.negotiation.ask.problem import AskProblem, Floats
from evenhand.negotiation.ask.rows import rows_of

#: A gap below this ends the search.
CLOSE_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Doubt:
    """How far volumes may stray from what is expected.

    Attributes:
        quantile: standard deviations the budget is kept by; 1.645 keeps it in 95 years of 100.
        each: how far one rate's volume strays by itself, as a share of it, on top of the chance in a count.
        together: how far all volumes of a service line stray together, as a share.
    """

    quantile: float = 1.645
    each: float = 0.25
    together: float = 0.10

    def __post_init__(self) -> None:
        if min(self.quantile, self.each, self.together) < 0:
            raise UsageError("how far volumes stray is 0 or more: a quantile and shares of the volume")


@dataclass(frozen=True, slots=True, eq=False)
class _Strays:
    """The standard deviation of the cost of each rate at its most by itself, and of its line together."""

    alone: Floats
    shared: Floats
    line_of: np.ndarray[tuple[int], np.dtype[np.int64]]

    def by_line(self, share: Floats) -> Floats:
        return np.asarray(np.bincount(self.line_of, weights=self.shared * share), dtype=np.float64)

    def deviation(self, share: Floats) -> float:
        """The standard deviation of the cost of an ask."""
        return float(np.sqrt(((self.alone * share) ** 2).sum() + (self.by_line(share) ** 2).sum()))

    def slope(self, share: Floats) -> Floats:
        """Its slope there: a cost for each rate that never overstates the deviation of any ask."""
        size = self.deviation(share)
        if size == 0:
            return np.zeros(len(share))
        return (self.alone**2 * share + self.shared * self.by_line(share)[self.line_of]) / size


def best_in_doubt(problem: AskProblem, doubt: Doubt | None = None, *, rounds: int = 60) -> Answer:
    """The best ask whose cost, with volumes in doubt, stays within the budget.

    Args:
        problem: of one plan. Caps, ladders and needs hold at the volumes expected; a count of codes is refused.
        doubt: how far volumes may stray.
        rounds: the most rounds of bound and ask.

    Raises:
        UsageError: several plans, or a count of codes.
        InfeasibleError: no ask keeps to the limits.
    """
    asked = doubt or Doubt()
    if len(problem.plans) > 1 or problem.limits.at_most is not None:
        raise UsageError("an ask that is robust to volume is worked out for one plan and any number of codes")
    strays = _strays(problem, asked)
    budget = problem.limits.budgets[problem.plans[0]]
    bound, best, cuts = np.inf, np.zeros(len(problem)), _smooth(problem, strays, asked)
    prices = Multipliers(np.zeros(len(rows_of(problem).names)))
    for number in range(rounds):
        padded = problem.cost + asked.quantile * strays.slope(cuts)
        share, found = relaxed(problem.padded(padded))
        here = found.bound(problem, rows_of(problem.padded(padded)))
        if here < bound:
            bound, prices = here, found
        for tried in (cuts, share):
            kept = _fitted(problem, strays, asked, tried)
            if problem.gain @ kept > problem.gain @ best and _keeps(problem, kept):
                best = kept
        if bound - problem.gain @ best <= CLOSE_ENOUGH * max(bound, 1e-12):
            break
        cuts = cuts + (share - cuts) * 2 / (number + 3)
    told = answered(problem, best, "sorted at the cost of doubt, scaled to the budget", prices)
    spread = float(problem.cost @ best) + asked.quantile * strays.deviation(best)
    return replace(told, bound=float(bound), passed=max(told.passed, (spread - budget) / max(budget, 1.0)))


def cost_in_doubt(problem: AskProblem, share: Floats, doubt: Doubt | None = None) -> float:
    """What an ask costs the payer at its mean and as many standard deviations as the doubt says."""
    asked = doubt or Doubt()
    return float(problem.cost @ share) + asked.quantile * _strays(problem, asked).deviation(share)


def _strays(problem: AskProblem, doubt: Doubt) -> _Strays:
    volume = np.array([room.volume for room in problem.rooms])
    strayed = np.sqrt(volume + (doubt.each * volume) ** 2)
    alone = np.divide(problem.cost, volume, out=np.zeros(len(problem)), where=volume > 0) * strayed
    return _Strays(alone, doubt.together * problem.cost, problem.line_of)


def _fitted(problem: AskProblem, strays: _Strays, doubt: Doubt, share: Floats) -> Floats:
    """The ask scaled down until its cost in doubt fits the budget, or up to there while no rate passes its most."""
    cost = float(problem.cost @ share) + doubt.quantile * strays.deviation(share)
    budget = problem.limits.budgets[problem.plans[0]]
    return share * min(1.0, budget / cost) if cost > 0 else share


def _keeps(problem: AskProblem, share: Floats) -> bool:
    rows = rows_of(problem)
    return bool(np.all(rows.matrix @ share - rows.limits <= 1e-9 * np.maximum(np.abs(rows.limits), 1.0)))


def _smooth(problem: AskProblem, strays: _Strays, doubt: Doubt) -> Floats:
    """An ask close to the best for one budget: each share where its worth meets its cost and doubt.

    At a fixed deviation each rate can be looked at alone; the deviation and those of the lines are then taken anew.
    """
    budget = problem.limits.budgets[problem.plans[0]]
    share = np.clip(np.full(len(problem), budget / max(float(problem.cost.sum()), 1e-12)), 0.0, 1.0)
    for number in range(80):
        size = max(strays.deviation(share), 1e-12)
        shared = doubt.quantile * strays.shared * (strays.by_line(share) / size)[strays.line_of]
        steep = np.maximum(doubt.quantile * strays.alone**2 / size, 1e-12)
        target = _priced(problem, strays, doubt, (problem.cost + shared, steep))
        moved = share + (target - share) * (1.0 if number < 4 else 0.5)
        if np.max(np.abs(moved - share), initial=0.0) < 1e-9:
            break
        share = moved
    return np.asarray(share, dtype=np.float64)


def _priced(problem: AskProblem, strays: _Strays, doubt: Doubt, costs: tuple[Floats, Floats]) -> Floats:
    """The shares at the price of the budget that just fills it, found by halving."""
    plain, steep = costs
    budget = problem.limits.budgets[problem.plans[0]]
    low, high = 0.0, float(np.max(np.divide(problem.gain, plain, out=np.zeros(len(problem)), where=plain > 0)))
    share = np.ones(len(problem))
    for _ in range(50):
        price = (low + high) / 2
        share = np.clip((problem.gain / max(price, 1e-12) - plain) / steep, 0.0, 1.0)
        if float(problem.cost @ share) + doubt.quantile * strays.deviation(share) > budget:
            low = price
        else:
            high = price
    return np.asarray(share, dtype=np.float64)
