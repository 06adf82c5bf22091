"""At most so many codes, each changed by enough to matter: a search, a bound that is worked out, and HiGHS to finish.

The prices of the limits come from the linear relaxation. At these prices each rate has a score, and the best scores
are nearly the best choice; so is the choice at other prices of the budget, and the best of all is kept. What is left
open by the bound is closed, as far as can be, by a mixed-integer programme over the few rates whose score leaves doubt.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.negotiation.ask.answer import Answer, Multipliers, answered
from evenhand.negotiation.ask.closed import ratios
from evenhand.negotiation.ask.linear import InfeasibleError, relaxed
from evenhand.negotiation.ask.problem import AskProblem, Floats, Whole
from evenhand.negotiation.ask.rows import rows_of

#: Prices of the budget that are tried.
_PRICES = 40
#: More rates in doubt than this are not tried at once.
_MANY = 400
#: A gap below this is not worth a mixed-integer programme.
CLOSE_ENOUGH = 1e-5


def best_of_few(problem: AskProblem, *, seconds: float = 10.0) -> Answer:
    """The best ask that changes at most ``limits.at_most`` codes, each by the least change or more.

    Args:
        problem: with a limit on the count.
        seconds: the most the mixed-integer programme may take.

    Raises:
        InfeasibleError: no ask keeps to all limits, or none of so few codes brings what is needed.
    """
    free, prices = relaxed(problem)
    share = _searched(problem, free, prices)
    if _missing(problem, share):
        share = _any(problem, seconds)
    found = answered(problem, share, "search over prices of the budget", prices)
    if found.gap <= CLOSE_ENOUGH:
        return found
    return _finished(found, prices, seconds)


def _missing(problem: AskProblem, share: Floats) -> bool:
    """Whether the search met the needs at all: without an ask there is nothing to finish from."""
    rows = rows_of(problem)
    return bool(np.any(rows.matrix @ share - rows.limits > 1e-6 * np.maximum(np.abs(rows.limits), 1.0)))


def _any(problem: AskProblem, seconds: float) -> Floats:
    """Shares that bring what is needed, where the search found none: a programme over all rates.

    Raises:
        InfeasibleError: there are none, or none was found in time.
    """
    can = np.flatnonzero((problem.least <= 1.0) & (problem.gain > 0))
    share = _programme(problem, can[:0], can, seconds)[0] if can.size else None
    if share is None or _missing(problem, share):
        least = f"{problem.limits.least_change:.0%}"
        words = f"no ask was found that changes at most {problem.limits.at_most} codes, each by {least} or more, and"
        raise InfeasibleError(f"{words} brings what is needed within the other limits; allow more codes, or need less")
    return share


def _searched(problem: AskProblem, free: Floats, prices: Multipliers) -> Floats:
    """The best of the choices the relaxation and a scan over prices of the budget lead to."""
    at_most = problem.limits.at_most or 0
    can = (problem.least <= 1.0) & (problem.gain > 0)
    score = problem.gain - rows_of(problem).matrix.T @ prices.of_rows
    choices = [_most(np.where(free > 1e-9, 2 + free, 0.0) * problem.gain + np.maximum(score, 0), can, at_most)]
    choices.append(_most(np.maximum(score, 0.0), can, at_most))
    choices += _scanned(problem, can, at_most)
    tried: list[tuple[float, Floats]] = [(0.0, np.zeros(len(problem)))]
    for choice in _different(choices):
        share = _within(problem, choice)
        tried.append((float(problem.gain @ share), share))
    return max(tried, key=lambda one: one[0])[1]


def _scanned(problem: AskProblem, can: np.ndarray[Any, np.dtype[np.bool_]], at_most: int) -> list[Whole]:
    """For prices of the budget over the range of worth over cost, the rates that are worth most beyond their cost.

    Only the three choices that bring most by sorting alone go on.
    """
    ratio = ratios(problem)
    known = ratio[can & np.isfinite(ratio)]
    if not known.size:
        return []
    scored: list[tuple[float, int, Whole]] = []
    for number, price in enumerate(np.quantile(known, np.linspace(0, 1, _PRICES))):
        choice = _most(np.maximum(problem.gain - price * problem.cost, 0.0), can, at_most)
        scored.append((-_brought(problem, ratio, choice), number, choice))
    return [choice for _, _, choice in sorted(scored, key=lambda one: one[:2])[:3]]


def _brought(problem: AskProblem, ratio: Floats, choice: Whole) -> float:
    """What a choice brings within the budgets, by sorting."""
    brought = 0.0
    for place, plan in enumerate(problem.plans):
        mine = choice[problem.plan_of[choice] == place]
        order = mine[np.argsort(-ratio[mine], kind="stable")]
        cost = problem.cost[order]
        taken = np.clip(problem.limits.budgets[plan] - (np.cumsum(cost) - cost), 0.0, cost)
        part = np.divide(taken, cost, out=np.ones(len(order)), where=cost > 0)
        brought += float(problem.gain[order] @ part)
    return brought


def _most(score: Floats, can: np.ndarray[Any, np.dtype[np.bool_]], at_most: int) -> Whole:
    """The places with the highest scores above zero."""
    places = np.flatnonzero(can & (score > 0))
    order = np.argsort(-score[places], kind="stable")[:at_most]
    return np.sort(places[order])


def _different(choices: list[Whole]) -> list[Whole]:
    return list({choice.tobytes(): choice for choice in choices if choice.size}.values())


def _within(problem: AskProblem, choice: Whole) -> Floats:
    """The best shares of these rates alone; one that would rise by too little to matter rises by none."""
    low, high = np.zeros(len(problem)), np.zeros(len(problem))
    high[choice] = 1.0
    share = np.zeros(len(problem))
    for _ in range(6):
        try:
            share = relaxed(problem, low=low, high=high)[0]
        except InfeasibleError:
            return np.zeros(len(problem))
        share[share < 1e-9] = 0.0
        small = (share > 0) & (share < problem.least * (1 - 1e-7))
        if not small.any():
            return share
        high[np.flatnonzero(small)[np.argmin((share / problem.least)[small])]] = 0.0
    share[(share > 0) & (share < problem.least * (1 - 1e-7))] = 0.0
    return share


def _finished(found: Answer, prices: Multipliers, seconds: float) -> Answer:
    """A mixed-integer programme over the rates whose score leaves open whether they belong.

    Where these are many, the likeliest of them go first: with a better ask in hand, fewer are left open.
    """
    inside, open_ = _doubtful(found, prices)
    if len(open_) > _MANY:
        score = _scores(found.problem, prices)
        likely = np.sort(open_[np.argsort(-score[open_], kind="stable")[:_MANY]])
        found = _better(found, prices, _programme(found.problem, inside, likely, seconds / 2), likely, sure=False)
        inside, open_ = _doubtful(found, prices)
    if not open_.size or found.gap <= CLOSE_ENOUGH:
        return found
    return _better(found, prices, _programme(found.problem, inside, open_, seconds / 2), open_, sure=True)


def _scores(problem: AskProblem, prices: Multipliers) -> Floats:
    """The most each rate brings beyond its cost at these prices once it is taken, the price of a code taken off.

    One that costs more than it brings is taken by its least share.
    """
    whole = problem.gain - rows_of(problem).matrix.T @ prices.of_rows
    least = np.minimum(problem.least, 1.0)
    return np.asarray(np.where(whole > 0, whole, least * whole) - prices.of_code, dtype=np.float64)


def _doubtful(found: Answer, prices: Multipliers) -> tuple[Whole, Whole]:
    """Rates that surely belong, and those in doubt.

    A rate is settled whose score says that taking it (or leaving it out) would push the bound below what is found
    already; the bound is the one worked out here, so nothing better can be lost.
    """
    problem, score = found.problem, _scores(found.problem, prices)
    slack = max(found.bound - found.gain, 0.0) + 1e-9 * max(found.bound, 1.0)
    can = (problem.least <= 1.0) & (problem.gain > 0)
    inside = can & (score > slack)
    return np.flatnonzero(inside), np.flatnonzero(can & ~inside & (score >= -slack))


def _better(
    found: Answer,
    prices: Multipliers,
    programme: tuple[Floats | None, float | None],
    tried: Whole,
    *,
    sure: bool,
) -> Answer:
    """The better of what was found and what the programme found; its bound counts where it left nothing out."""
    share, bound = programme
    bound = bound if sure else None
    if share is None or float(found.problem.gain @ share) <= found.gain:
        method = f"{found.method}, tried by a mixed-integer programme" if sure and bound is not None else found.method
        return answered(found.problem, found.share, method, prices, solver_bound=bound)
    method = f"mixed-integer programme over {len(tried)} rates in doubt"
    return answered(found.problem, share, method, prices, solver_bound=bound)


def _programme(problem: AskProblem, inside: Whole, open_: Whole, seconds: float) -> tuple[Floats | None, float | None]:
    """The best shares with the settled rates taken and the open ones chosen, and HiGHS' bound on it.

    Variables: the share of each rate, then for each open one whether it is taken.
    """
    from scipy import optimize, sparse

    places = np.concatenate([inside, open_])
    count, doubtful = len(places), len(open_)
    rows = rows_of(problem)
    size = np.maximum(abs(rows.matrix).max(axis=1).toarray().ravel(), 1e-12)
    scaled = sparse.diags(1 / size) @ rows.matrix[:, places]
    limits = sparse.hstack([scaled, sparse.csr_matrix((len(rows.names), doubtful))], format="csr")
    least = problem.least[open_]
    taken = sparse.identity(doubtful, format="csr")
    mine = sparse.hstack([sparse.csr_matrix((doubtful, len(inside))), taken], format="csr")
    codes = sparse.csr_matrix(np.concatenate([np.zeros(count), np.ones(doubtful)])[None, :])
    aim = max(float(np.max(problem.gain[places], initial=0.0)), 1e-12)
    found = optimize.milp(
        np.concatenate([-problem.gain[places] / aim, np.zeros(doubtful)]),
        constraints=[
            optimize.LinearConstraint(limits, ub=rows.limits / size),
            optimize.LinearConstraint(sparse.hstack([mine, -taken]), ub=0.0),
            optimize.LinearConstraint(sparse.hstack([mine, -sparse.diags(least)]), lb=0.0),
            optimize.LinearConstraint(codes, ub=float((problem.limits.at_most or 0) - len(inside))),
        ],
        integrality=np.concatenate([np.zeros(count), np.ones(doubtful)]),
        bounds=optimize.Bounds(np.concatenate([problem.least[inside], np.zeros(2 * doubtful)]), 1.0),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    bound = None if found.mip_dual_bound is None else -float(found.mip_dual_bound) * aim
    if found.x is None:
        return None, bound
    share = np.zeros(len(problem))
    share[places] = found.x[:count]
    share[open_[found.x[count:] < 0.5]] = 0.0
    return share, bound
