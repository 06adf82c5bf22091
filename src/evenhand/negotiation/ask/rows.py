"""The limits of an ask as rows of a sparse matrix over the shares of room taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evenhand.negotiation.ask.problem import AskProblem, Floats


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """``matrix @ share <= limits``, each row with its name.

    Names: ``budget PLAN``, ``cap LINE``, ``ladder LOW ≤ HIGH``, ``need`` and ``need LINE``.
    """

    matrix: Any
    limits: Floats
    names: tuple[str, ...]


def rows_of(problem: AskProblem) -> Rows:
    """All limits but the count of codes; needs as upper limits of what is not brought."""
    from scipy import sparse

    parts, limits, names = [], [], []
    for make in (_budgets, _caps, _ladders, _needs):
        matrix, amounts, called = make(problem)
        parts.append(matrix)
        limits.append(amounts)
        names += called
    stacked = sparse.vstack(parts, format="csr")
    return Rows(stacked, np.concatenate(limits), tuple(names))


def budget_name(plan: str) -> str:
    """What a budget is called among the limits."""
    return f"budget {plan}".strip()


def _summed(problem: AskProblem, groups: list[Any], values: Floats) -> Any:
    """A row for each group of rates, with their values."""
    from scipy import sparse

    masks = [np.flatnonzero(group) for group in groups]
    place = np.concatenate([*masks, np.array([], dtype=np.int64)])
    row = np.repeat(np.arange(len(masks)), [len(mask) for mask in masks])
    return sparse.csr_matrix((values[place], (row, place)), shape=(len(masks), len(problem)))


def _budgets(problem: AskProblem) -> tuple[Any, Floats, list[str]]:
    groups = [problem.plan_of == place for place in range(len(problem.plans))]
    amounts = np.array([problem.limits.budgets[plan] for plan in problem.plans], dtype=np.float64)
    return _summed(problem, groups, problem.charged), amounts, [budget_name(plan) for plan in problem.plans]


def _caps(problem: AskProblem) -> tuple[Any, Floats, list[str]]:
    caps = problem.limits.line_caps
    groups = [problem.line_of == problem.lines.index(line) for line in caps]
    amounts = np.array(list(caps.values()), dtype=np.float64)
    return _summed(problem, groups, problem.cost), amounts, [f"cap {line}" for line in caps]


def _ladders(problem: AskProblem) -> tuple[Any, Floats, list[str]]:
    from scipy import sparse

    pairs = np.array(problem.steps, dtype=np.int64).reshape(-1, 2)
    low, high, count = pairs[:, 0], pairs[:, 1], len(pairs)
    row = np.arange(count)
    values = np.concatenate([problem.room[low], -problem.room[high]])
    places = (np.concatenate([row, row]), np.concatenate([low, high]))
    matrix = sparse.csr_matrix((values, places), shape=(count, len(problem)))
    names = [f"ladder {problem.rooms[one].code} ≤ {problem.rooms[other].code}" for one, other in problem.steps]
    return matrix, problem.rate[high] - problem.rate[low], names


def _needs(problem: AskProblem) -> tuple[Any, Floats, list[str]]:
    limits = problem.limits
    groups: list[Any] = [problem.line_of == problem.lines.index(line) for line in limits.line_needs]
    amounts = [-need for need in limits.line_needs.values()]
    names = [f"need {line}" for line in limits.line_needs]
    if limits.need is not None:
        groups, amounts, names = [*groups, np.ones(len(problem), bool)], [*amounts, -limits.need], [*names, "need"]
    return _summed(problem, groups, -problem.gain), np.array(amounts, dtype=np.float64), names
