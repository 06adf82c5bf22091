"""The best ask as a linear programme: budgets, caps, ladders and needs, with HiGHS by scipy."""

from __future__ import annotations

from typing import Any

import numpy as np

from evenhand.errors import UsageError
from evenhand.negotiation.ask.answer import Answer, Multipliers, answered
from evenhand.negotiation.ask.problem import AskProblem, Floats
from evenhand.negotiation.ask.rows import rows_of


class InfeasibleError(UsageError):
    """No ask keeps to all of the limits."""


def best_by_programme(problem: AskProblem) -> Answer:
    """The best ask under all limits but the count of codes.

    Raises:
        InfeasibleError: no ask keeps to all of them.
    """
    share, multipliers = relaxed(problem)
    return answered(problem, share, "linear programme", multipliers)


def relaxed(
    problem: AskProblem, *, low: Floats | None = None, high: Floats | None = None
) -> tuple[Floats, Multipliers]:
    """The best shares and the price of each limit, rates between ``low`` and ``high`` shares of their room.

    A count of codes is taken as a limit on the sum of shares: never tighter than the count itself.

    Raises:
        InfeasibleError: no ask keeps to all of them.
    """
    from scipy import sparse

    rows = rows_of(problem)
    matrix, limits, at_most = rows.matrix, rows.limits, problem.limits.at_most
    if at_most is not None:
        matrix = sparse.vstack([matrix, sparse.csr_matrix(np.ones((1, len(problem))))], format="csr")
        limits = np.append(limits, float(at_most))
    bounds = np.column_stack(
        [np.zeros(len(problem)) if low is None else low, np.ones(len(problem)) if high is None else high]
    )
    found = _solved(problem.gain, matrix, limits, bounds)
    prices = np.maximum(-np.asarray(found.ineqlin.marginals), 0.0)
    count = 0.0 if at_most is None else float(prices[-1])
    return np.asarray(found.x), Multipliers(prices[: len(rows.names)], count)


def _solved(gain: Floats, matrix: Any, limits: Floats, bounds: Floats) -> Any:
    """Each row and the aim are scaled to about one, so that HiGHS' own tolerances mean the same at every size."""
    from scipy import optimize, sparse

    size = np.maximum(abs(matrix).max(axis=1).toarray().ravel(), 1e-12)
    aim = max(float(np.max(np.abs(gain), initial=0.0)), 1e-12)
    scaled = sparse.diags(1 / size) @ matrix
    found = optimize.linprog(-gain / aim, A_ub=scaled, b_ub=limits / size, bounds=bounds, method="highs")
    if found.status == 2:
        raise InfeasibleError("no ask keeps to all of these limits")
    if found.x is None:
        raise UsageError(f"the ask could not be worked out: {found.message}")
    found.ineqlin.marginals = np.asarray(found.ineqlin.marginals) * aim / size
    return found
