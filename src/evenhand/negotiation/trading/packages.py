"""Several asks at once, equally good for us and cheap for the payer in different ways (MESO), and what a pick reveals.

The first package costs the payer least for nearly our best. Each further one puts the money where the earlier ones put
least of it, by service line. Which one the payer picks tells what it minds less: with that, the next round is better.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from evenhand.errors import UsageError
from evenhand.negotiation.ask import AskProblem, InfeasibleError, best_ask
from evenhand.negotiation.ask.problem import Floats
from evenhand.negotiation.ask.rows import rows_of

#: A service line weighs to the payer at most so many times what another does.
MOST_APART = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """One ask of several.

    Attributes:
        share: how much of its room each rate takes.
        gain: dollars a year to us.
        cost: dollars a year to the payer.
        spend: what the payer pays more for each service line.
        overlap: how alike its spend is to the earlier packages': the mean cosine, 1 for the same; none for the first.
    """

    share: Floats
    gain: float
    cost: float
    spend: Mapping[str, float]
    overlap: float | None


@dataclass(frozen=True, slots=True)
class LineWeight:
    """What a dollar spent on a service line weighs to the payer, 1 being the mean.

    Attributes:
        line: the service line.
        weight: the weight nearest to 1 that explains the pick.
        low, high: all that explain it lie between, no line weighing more than four times another's least.
    """

    line: str
    weight: float
    low: float
    high: float


def packages(
    problem: AskProblem, *, count: int = 4, keep: float = 0.97, weights: Mapping[str, float] | None = None
) -> list[Package]:
    """Packages of equal worth to us, as different as can be to the payer.

    Args:
        problem: rates and limits; a count of codes is left out.
        count: how many.
        keep: what share of our best each brings at least.
        weights: what a dollar of each service line weighs to the payer; 1 each where nothing is known.

    Raises:
        UsageError: a number makes no sense, or our best is nothing.
        InfeasibleError: no ask keeps to the limits.
    """
    if count < 2 or not 0 < keep <= 1:
        raise UsageError("packages are two or more, each bringing more than 0 and at most 100% of our best")
    free = problem.with_limits(replace(problem.limits, at_most=None))
    best = best_ask(free).gain
    if best <= 0:
        raise UsageError("within these limits no ask brings anything; there is nothing to package")
    weight = np.array([(weights or {}).get(line, 1.0) for line in free.lines])[free.line_of]
    needed = free.with_limits(replace(free.limits, need=max(free.limits.need or 0.0, keep * best)))
    found = [_package(free, _least(needed, free.cost * weight), [])]
    while len(found) < count:
        near = np.zeros(len(free.lines))
        for one in found:
            spend = np.array([one.spend[line] for line in free.lines])
            near += spend / max(float(np.linalg.norm(spend)), 1e-12)
        dear = free.cost * near[free.line_of] + 1e-6 * free.cost * weight
        found.append(_package(free, _least(needed, dear), found))
    return found


def _least(problem: AskProblem, dear: Floats) -> Floats:
    """The ask of least weight that brings what is needed."""
    from scipy import optimize, sparse

    rows = rows_of(problem)
    size = np.maximum(abs(rows.matrix).max(axis=1).toarray().ravel(), 1e-12)
    matrix = sparse.diags(1 / size) @ rows.matrix
    aim = dear / max(float(np.max(dear, initial=0.0)), 1e-12)
    limits = rows.limits / size
    limits = limits + 1e-9 * np.maximum(np.abs(limits), 1.0)  # our best itself must not fail by rounding
    found = optimize.linprog(aim, A_ub=matrix, b_ub=limits, bounds=(0.0, 1.0), method="highs")
    if found.x is None:
        raise InfeasibleError("no package keeps to all of these limits")
    return np.clip(np.asarray(found.x, dtype=np.float64), 0.0, 1.0)


def _package(problem: AskProblem, share: Floats, earlier: Sequence[Package]) -> Package:
    spend = np.bincount(problem.line_of, weights=problem.cost * share, minlength=len(problem.lines))
    named = dict(zip(problem.lines, map(float, spend), strict=True))
    alike = [_cosine(spend, np.array([one.spend[line] for line in problem.lines])) for one in earlier]
    overlap = float(np.mean(alike)) if alike else None
    return Package(share, float(problem.gain @ share), float(problem.cost @ share), named, overlap)


def _cosine(one: Any, other: Any) -> float:
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / size if size > 0 else 0.0


def revealed(offered: Sequence[Package], picked: int) -> list[LineWeight]:
    """What a pick tells of the payer's weights of service lines, each with all values that explain it.

    A payer that picks a package minds its spend no more than that of any other. The weights nearest to equal that say
    so are given; least and most are found by linear programmes over all weights that do.

    Args:
        offered: the packages.
        picked: the place of the one they took, from 1.

    Raises:
        UsageError: there is no such package, or no weights explain the pick.
    """
    from scipy import optimize

    if not 1 <= picked <= len(offered):
        raise UsageError(f"there is no package {picked}; there are {len(offered)}")
    lines = list(offered[0].spend)
    spend = np.array([[one.spend[line] for line in lines] for one in offered])
    scale = max(float(spend.sum(axis=1).max()), 1e-12)
    minded = np.delete(spend[picked - 1] - spend, picked - 1, axis=0) / scale
    bounds = [(1 / MOST_APART, MOST_APART)] * len(lines)
    mean = np.ones((1, len(lines)))
    found = []

    def solved(aim: Floats) -> Any:
        rest = {"A_ub": minded, "b_ub": np.zeros(len(minded)), "A_eq": mean, "b_eq": [float(len(lines))]}
        return optimize.linprog(aim, bounds=bounds, method="highs", **rest)

    for place in range(len(lines)):
        aim = np.zeros(len(lines))
        aim[place] = 1.0
        low, high = solved(aim), solved(-aim)
        if low.x is None or high.x is None:
            raise UsageError(f"no weights of service lines explain that package {picked} was taken")
        found.append((float(low.fun), -float(high.fun)))
    nearest = _nearest(minded, len(lines))
    return [
        LineWeight(line, float(nearest[place]), *found[place])
        for place, line in enumerate(lines)
        if spend[:, place].any()
    ]


def _nearest(minded: Any, count: int) -> Floats:
    """The weights nearest to 1, by the sum of how far each is, that explain the pick."""
    from scipy import optimize

    eye, none = np.eye(count), np.zeros((len(minded), count))
    matrix = np.block([[minded, none], [eye, -eye], [-eye, -eye]])
    limits = np.concatenate([np.zeros(len(minded)), np.ones(count), -np.ones(count)])
    mean = np.concatenate([np.ones(count), np.zeros(count)])[None, :]
    bounds = [(1 / MOST_APART, MOST_APART)] * count + [(0.0, None)] * count
    aim = np.concatenate([np.zeros(count), np.ones(count)])
    found = optimize.linprog(
        aim, A_ub=matrix, b_ub=limits, A_eq=mean, b_eq=[float(count)], bounds=bounds, method="highs"
    )
    return np.asarray(found.x[:count], dtype=np.float64)
