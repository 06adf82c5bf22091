"""The best ask by sorting: what brings most for a dollar of the payer's goes first.

Exact for a budget, and for caps on service lines inside one: the limits are nested, so filling them in the order of
worth over cost cannot be bettered. The same sort is the whole frontier of gain against cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.negotiation.ask.answer import Answer, Multipliers, answered
from evenhand.negotiation.ask.problem import AskProblem, Floats, Whole
from evenhand.negotiation.ask.rows import rows_of


@dataclass(frozen=True, slots=True, eq=False)
class Frontier:
    """The most we can gain for each amount the payer spends: straight between its points, falling in slope.

    Attributes:
        spend: what the ask costs the payer at each point, rising.
        gain: the most it can bring us there.
    """

    spend: Floats
    gain: Floats

    def at(self, spend: Floats | Sequence[float]) -> Floats:
        """The most we can gain at these amounts; beyond the last point no more."""
        return np.interp(np.asarray(spend, dtype=np.float64), self.spend, self.gain)

    def slope(self, spend: float) -> float:
        """What one more dollar of the payer's brings us there."""
        place = int(np.searchsorted(self.spend, spend, side="right"))
        if place >= len(self.spend):
            return 0.0
        return float((self.gain[place] - self.gain[place - 1]) / (self.spend[place] - self.spend[place - 1]))


def sorting_is_exact(problem: AskProblem) -> bool:
    """Whether sorting alone gives the best ask: one limit lies inside the other, and no rate looks at another."""
    limits = problem.limits
    tied = problem.steps or limits.at_most is not None or limits.need is not None or limits.line_needs
    return not tied and (len(problem.plans) == 1 or not limits.line_caps)


def best_by_sorting(problem: AskProblem) -> Answer:
    """Fill each budget in the order of worth over cost; ladders, counts and needs are not looked at."""
    ratio = ratios(problem)
    taken = np.zeros(len(problem))
    for place, plan in enumerate(problem.plans):
        order = _best_first(ratio, np.flatnonzero(problem.plan_of == place))
        taken[order] = _filled(_capped(problem, order), problem.limits.budgets[plan])
    share = np.divide(taken, problem.cost, out=np.zeros(len(problem)), where=problem.cost > 0)
    share[(problem.cost == 0) & (problem.gain > 0)] = 1.0
    return answered(problem, share, "sorted by worth over cost", _prices(problem, ratio, share))


def frontier(problem: AskProblem) -> Frontier:
    """Every best trade of gain against cost at once, under the caps on service lines, whatever the budgets."""
    order = _best_first(ratios(problem), np.arange(len(problem)))
    taken = _capped(problem, order)
    cost, gain = problem.cost[order], problem.gain[order]
    free = float(gain[cost == 0].sum())
    some = taken > 0
    brought = gain[some] * (taken[some] / cost[some])
    return Frontier(np.concatenate([[0.0], np.cumsum(taken[some])]), np.concatenate([[0.0], np.cumsum(brought)]) + free)


def ratios(problem: AskProblem) -> Floats:
    """Worth over cost of each; what brings nothing comes last, what costs nothing first."""
    free = np.where(problem.gain > 0, np.inf, 0.0)
    return np.divide(problem.gain, problem.cost, out=free, where=problem.cost > 0)


def _best_first(ratio: Floats, places: Whole) -> Whole:
    return np.asarray(places[np.argsort(-ratio[places], kind="stable")], dtype=np.int64)


def _filled(amounts: Floats, limit: float) -> Floats:
    """As much of each, in order, as the limit leaves."""
    before = np.cumsum(amounts) - amounts
    return np.clip(limit - before, 0.0, amounts)


def _capped(problem: AskProblem, order: Whole) -> Floats:
    """The cost of each in this order, cut where its service line's cap ends."""
    amounts = problem.cost[order].copy()
    for line, cap in problem.limits.line_caps.items():
        inside = problem.line_of[order] == problem.lines.index(line)
        amounts[inside] = _filled(amounts[inside], cap)
    return amounts


def _prices(problem: AskProblem, ratio: Floats, share: Floats) -> Multipliers:
    """The price of a budget is the best ratio it leaves out; of a cap, what the best it leaves out has above that."""
    short = (share < 1.0 - 1e-12) & (problem.gain > 0) & np.isfinite(ratio)
    used = problem.cost * share
    capped, over = np.zeros(len(problem), bool), []
    for line, cap in problem.limits.line_caps.items():
        inside = problem.line_of == problem.lines.index(line)
        full = _is_full(float(used[inside].sum()), cap)
        capped |= inside & full
        over.append(float(np.max(ratio[inside & short], initial=0.0)) if full else 0.0)
    budgets = []
    for place, plan in enumerate(problem.plans):
        mine = problem.plan_of == place
        tight = _is_full(float(used[mine].sum()), problem.limits.budgets[plan])
        budgets.append(float(np.max(ratio[mine & short & ~capped], initial=0.0)) if tight else 0.0)
    caps = [max(price - budgets[0], 0.0) for price in over]
    none = [0.0] * (len(rows_of(problem).names) - len(budgets) - len(caps))
    return Multipliers(np.array([*budgets, *caps, *none]))


def _is_full(used: float, limit: float) -> bool:
    return used >= limit * (1 - 1e-12) - 1e-9
