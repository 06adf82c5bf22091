"""An ask a contract can say: one rise for each service line, on a grid, and a few codes carved out.

No code goes beyond its own most: where the line's rise would take it there, it stops, and its carved-out rate, if it
has one, is free up to the same. Within a line a common rise keeps every ladder in order, unless a most cuts in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenhand.errors import UsageError
from evenhand.negotiation.ask.answer import TOLERANCE, Answer, passed
from evenhand.negotiation.ask.linear import InfeasibleError
from evenhand.negotiation.ask.problem import AskProblem, Floats, Whole
from evenhand.negotiation.ask.rows import Rows, rows_of

#: Rises of a service line: from 0 to 30 % in steps of 2.5 %.
GRID = tuple(step * 0.025 for step in range(13))
#: Carve-outs are looked for among so many codes.
_CANDIDATES = 120


@dataclass(frozen=True, slots=True)
class Shape:
    """What an ask that a contract can say may hold.

    Attributes:
        carve_outs: the most codes with a rate of their own.
        grid: the rises a service line can have, as shares; 0 is always one.
    """

    carve_outs: int = 30
    grid: tuple[float, ...] = GRID

    def __post_init__(self) -> None:
        if self.carve_outs < 0:
            raise UsageError(f"{self.carve_outs} carve-outs make no sense; allow 0 or more")
        if not self.grid or any(level < 0 for level in self.grid):
            raise UsageError("the rises of a service line must be 0 or more, as shares such as 0.025")

    @property
    def levels(self) -> tuple[float, ...]:
        """The rises, none first."""
        return tuple(sorted({0.0, *self.grid}))


@dataclass(frozen=True, slots=True, eq=False)
class ShapedAnswer(Answer):
    """An ask that a contract can say.

    Attributes:
        line_rises: the rise of each service line, as a share.
        carved_out: the codes with a rate of their own, each with the rise of its own, as a share.
        out_of_order: ladders that hold today and would not: a most or a carve-out cuts in.
    """

    line_rises: dict[str, float] | None = None
    carved_out: dict[str, float] | None = None
    out_of_order: tuple[str, ...] = ()


def best_shaped(problem: AskProblem, shape: Shape | None = None, *, seconds: float = 10.0) -> ShapedAnswer:
    """The best ask of one rise a service line and a few carve-outs.

    Args:
        problem: ladders, the count of codes and the least change are not limits here.
        shape: grid and number of carve-outs.
        seconds: the most the mixed-integer programme may take.

    Raises:
        InfeasibleError: no such ask keeps to the limits.
    """
    whole = _Whole(problem, shape or Shape())
    levels, own, solver_bound = _chosen(whole, seconds)
    share = whole.at_level[np.arange(len(problem)), levels[problem.line_of]].copy()
    bound, prices = whole.best_bound()
    carved = np.flatnonzero(~np.isnan(own))
    share[carved] = own[carved]
    rows, rises = rows_of(problem), whole.shape.levels
    used = rows.matrix @ share - rows.limits
    broken = [
        name for name, over in zip(rows.names, used, strict=True) if name.startswith("ladder") and over > TOLERANCE
    ]
    rise = share * problem.room / problem.rate
    return ShapedAnswer(
        problem,
        share,
        gain=float(problem.gain @ share),
        cost=float(problem.cost @ share),
        bound=bound,
        prices={name: float(price) for name, price in zip(whole.rows.names, prices, strict=False) if price > 1e-9},
        method="mixed-integer programme over rises and carve-outs",
        passed=passed(whole.free, whole.rows, share),
        solver_bound=solver_bound,
        line_rises={line: rises[levels[place]] for place, line in enumerate(problem.lines)},
        carved_out={problem.rooms[place].code: float(rise[place]) for place in carved},
        out_of_order=tuple(broken),
    )


class _Whole:
    """The problem without ladders and counts, with what each rate takes of its room at each rise of its line."""

    def __init__(self, problem: AskProblem, shape: Shape) -> None:
        from dataclasses import replace

        self.shape = shape
        self.free = problem.with_limits(replace(problem.limits, ladders=(), at_most=None))
        self.rows: Rows = rows_of(self.free)
        rises = problem.rate[:, None] * np.array(shape.levels)[None, :]
        room = problem.room[:, None]
        self.at_level: Floats = np.where(room > 0, np.minimum(rises / np.where(room > 0, room, 1.0), 1.0), 0.0)

    def by_line(self, values: Floats) -> Floats:
        """A value for each rate and rise, summed by line."""
        summed = np.zeros((len(self.free.lines), values.shape[1]))
        np.add.at(summed, self.free.line_of, values)
        return summed

    def bound(self, prices: Floats, of_carve_out: float) -> float:
        """What no ask of this shape can exceed, by weak duality: each line chooses its best rise at these prices."""
        beyond = self.free.gain - self.rows.matrix.T @ prices
        at_rise = beyond[:, None] * self.at_level
        instead = np.maximum(np.maximum(beyond, 0.0)[:, None] - at_rise - of_carve_out, 0.0)
        if not self.shape.carve_outs:
            instead = np.zeros_like(instead)
        best = self.by_line(at_rise + instead).max(axis=1)
        return float(best.sum() + prices @ self.rows.limits + of_carve_out * self.shape.carve_outs)

    def best_bound(self) -> tuple[float, Floats]:
        """The least such bound and its prices, found by walking each price up and down while that helps."""
        prices = np.append(np.zeros(len(self.rows.names)), 0.0)
        prices[: len(self.free.plans)] = 1.0
        best, step = self.bound(prices[:-1], prices[-1]), np.ones(len(prices))
        step[-1] = max(float(np.quantile(self.free.gain, 0.99)), 1e-9)
        for _ in range(60):
            for place in range(len(prices)):
                best = self._walked(prices, place, step, best)
            if float(step.max() / max(prices.max(), 1e-9)) < 1e-5:
                break
        return best, prices

    def _walked(self, prices: Floats, place: int, step: Floats, best: float) -> float:
        for way in (1.0, -1.0):
            tried = prices.copy()
            tried[place] = max(tried[place] + way * step[place], 0.0)
            found = self.bound(tried[:-1], tried[-1])
            if found < best:
                prices[place] = tried[place]
                step[place] *= 1.6
                return found
        step[place] *= 0.5
        return best


def _chosen(whole: _Whole, seconds: float) -> tuple[Whole, Floats, float | None]:
    """The place of each line's rise, and each carve-out's own share of its room (no number for the others).

    Raises:
        InfeasibleError: nothing of this shape keeps to the limits.
    """
    from scipy import optimize

    model = _Model(whole)
    found = optimize.milp(
        -model.gain / model.aim,
        constraints=model.constraints,
        integrality=model.integrality,
        bounds=optimize.Bounds(0.0, 1.0),
        options={"time_limit": seconds, "mip_rel_gap": 1e-5},
    )
    if found.x is None and found.status == 2:
        raise InfeasibleError("no ask of this shape keeps to all of these limits")
    bound = None if found.mip_dual_bound is None else -float(found.mip_dual_bound) * model.aim
    own = np.full(len(whole.free), np.nan)
    if found.x is None:  # no answer in time: nothing is asked, and the gap says so
        return np.zeros(len(whole.free.lines), dtype=np.int64), own, bound
    lines, levels, few = len(whole.free.lines), len(whole.shape.levels), len(model.places)
    chosen = found.x[: lines * levels].reshape(lines, levels).argmax(axis=1)
    carved = found.x[lines * levels : lines * levels + few] > 0.5
    shares = found.x[lines * levels + few : lines * levels + 2 * few]
    own[model.places[carved]] = np.clip(shares[carved], 0.0, 1.0)
    return np.asarray(chosen, dtype=np.int64), own, bound


class _Model:
    """Variables: line × rise; then for each candidate whether it is carved out, its own share; candidate × rise.

    The last stand for "carved out, and its line has this rise": what the line's rise would have given is taken back.
    """

    def __init__(self, whole: _Whole) -> None:
        from scipy import sparse

        free, levels = whole.free, len(whole.shape.levels)
        most = min(_CANDIDATES, len(free)) if whole.shape.carve_outs else 0
        self.places = np.sort(np.argsort(-free.gain, kind="stable")[:most])
        few, lines = len(self.places), len(free.lines)
        at = whole.at_level[self.places]
        size = np.maximum(abs(whole.rows.matrix).max(axis=1).toarray().ravel(), 1e-12)
        rows = (sparse.diags(1 / size) @ whole.rows.matrix).toarray()

        def spread(values: Floats) -> Floats:
            line = whole.by_line(values[:, None] * whole.at_level).ravel()
            back = -(values[self.places][:, None] * at).ravel()
            return np.concatenate([line, np.zeros(few), values[self.places], back])

        self.gain = spread(free.gain)
        self.aim = max(float(np.max(np.abs(self.gain), initial=0.0)), 1e-12)
        self.integrality = np.concatenate([np.ones(lines * levels + few), np.zeros(few + few * levels)])
        limits = np.array([spread(row) for row in rows])
        self.constraints = [(limits, -np.inf, whole.rows.limits / size), *_ties(whole, self.places)]


def _ties(whole: _Whole, places: Whole) -> list[Any]:
    """One rise a line; so many carve-outs; shares and rises only of what is carved out."""
    from scipy import sparse

    lines, levels, few = len(whole.free.lines), len(whole.shape.levels), len(places)
    grid = sparse.csr_matrix((lines, 2 * few + few * levels))
    one = sparse.hstack([sparse.kron(sparse.identity(lines), np.ones((1, levels))), grid], format="csr")
    found: list[Any] = [(one, 1.0, 1.0)]
    if not few:
        return found
    none, itself = sparse.csr_matrix((few, lines * levels)), sparse.identity(few, format="csr")
    each = sparse.kron(itself, np.ones((1, levels)))
    nothing = sparse.csr_matrix((few, few * levels))
    line_of = whole.free.line_of[places]
    pick = sparse.csr_matrix((np.ones(few), (np.arange(few), line_of)), shape=(few, lines))
    same = sparse.kron(pick, sparse.identity(levels))
    count = np.concatenate([np.zeros(lines * levels), np.ones(few), np.zeros(few + few * levels)])[None, :]
    found.append((sparse.hstack([none, -itself, itself, nothing], format="csr"), -np.inf, 0.0))
    found.append((sparse.hstack([none, -itself, 0 * itself, each], format="csr"), 0.0, 0.0))
    tied = sparse.hstack([-same, sparse.csr_matrix((few * levels, 2 * few)), sparse.identity(few * levels)])
    found.append((tied.tocsr(), -np.inf, 0.0))
    found.append((sparse.csr_matrix(count), -np.inf, float(whole.shape.carve_outs)))
    return found
