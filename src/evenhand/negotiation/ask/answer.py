"""An ask that was found: what it brings and costs, and how far from the best it can be at most.

The gap is worked out here from the ask itself and from multipliers, by weak duality; no solver's word enters it.
For any multipliers ``y`` of the limits, no ask can bring more than ``y·limits`` plus what each rate brings beyond its
own cost at these prices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evenhand.negotiation.ask.problem import AskProblem, Floats
from evenhand.negotiation.ask.rows import Rows, rows_of

#: How far a limit may be passed by rounding, relative to its size.
TOLERANCE = 1e-7
HALF_A_CENT = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """An ask.

    Attributes:
        problem: what was asked.
        share: how much of its room each rate takes, 0 to 1.
        gain: dollars a year to us.
        cost: dollars a year to the payers.
        bound: no ask within these limits brings more than this.
        method: how it was found.
        prices: what one more unit of each limit that binds would bring us: a dollar of budget or cap, a code more.
        passed: how far the limit passed most is passed, relative to its size; rounding only.
        solver_bound: what the solver itself claims no ask can exceed, where it was asked; never relied on.
    """

    problem: AskProblem
    share: Floats
    gain: float
    cost: float
    bound: float
    method: str
    prices: Mapping[str, float] = field(default_factory=dict)
    passed: float = 0.0
    solver_bound: float | None = None

    @property
    def gap(self) -> float:
        """How much better the best ask can be at most, as a share of the bound; none within half a cent."""
        return _gap(self.bound, self.gain)

    @property
    def solver_gap(self) -> float | None:
        """The same by the solver's own bound, where it gave one."""
        return None if self.solver_bound is None else _gap(self.solver_bound, self.gain)

    @property
    def rise(self) -> Floats:
        """Dollars a unit asked above today's rates."""
        return self.share * self.problem.room

    @property
    def asked(self) -> Floats:
        """The rates asked for."""
        return self.problem.rate + self.rise

    @property
    def changed(self) -> int:
        """How many rates change."""
        return int(np.count_nonzero(self.rise > 0))


def _gap(bound: float, gain: float) -> float:
    return (bound - gain) / bound if bound - gain > HALF_A_CENT else 0.0


def answered(problem: AskProblem, share: Floats, method: str, multipliers: Multipliers, **more: Any) -> Answer:
    """An ask with its gap, from multipliers of the limits."""
    kept = np.clip(share, 0.0, 1.0)
    kept[kept < 1e-12] = 0.0
    rows = rows_of(problem)
    return Answer(
        problem,
        kept,
        gain=float(problem.gain @ kept),
        cost=float(problem.cost @ kept),
        bound=multipliers.bound(problem, rows),
        method=method,
        prices=multipliers.named(rows),
        passed=passed(problem, rows, kept),
        **more,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Multipliers:
    """A price for each limit, in our dollars for one of its units, and for one more code; none below zero."""

    of_rows: Floats
    of_code: float = 0.0

    def bound(self, problem: AskProblem, rows: Rows) -> float:
        """What no ask can exceed, by weak duality; limits on our needs, which only cut, are left out of it."""
        prices = np.maximum(self.of_rows, 0.0)
        beyond = problem.gain - rows.matrix.T @ prices - max(self.of_code, 0.0)
        most = 0 if problem.limits.at_most is None else problem.limits.at_most
        return float(prices @ rows.limits + max(self.of_code, 0.0) * most + np.maximum(beyond, 0.0).sum())

    def named(self, rows: Rows) -> dict[str, float]:
        """Those above zero, by the names of their limits."""
        found = {name: float(price) for name, price in zip(rows.names, self.of_rows, strict=True) if price > 1e-9}
        return found | ({"at most": self.of_code} if self.of_code > 1e-9 else {})


def passed(problem: AskProblem, rows: Rows, share: Floats) -> float:
    """How far the limit passed most is passed, relative to its size; with the count of codes and their least change."""
    used = rows.matrix @ share
    scale = np.maximum(np.abs(rows.limits), 1.0)
    worst = float(np.max((used - rows.limits) / scale, initial=0.0))
    if problem.limits.at_most is not None:
        some = share > 0
        worst = max(worst, float(np.count_nonzero(some) - problem.limits.at_most))
        worst = max(worst, float(np.max((problem.least - share)[some], initial=0.0)))
    return max(worst, 0.0)
