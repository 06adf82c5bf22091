"""Why no ask keeps to all limits: the fewest that cannot hold together, and how far each alone would have to give."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from evenhand.negotiation.ask.linear import InfeasibleError, relaxed
from evenhand.negotiation.ask.problem import AskProblem, Limits
from evenhand.negotiation.ask.rows import budget_name


@dataclass(frozen=True, slots=True)
class Clash:
    """One limit of those that cannot hold together.

    Attributes:
        limit: its name: ``budget``, ``cap LINE``, ``need``, ``need LINE``, ``ladders``, ``at most``, ``the most of
            each rate``.
        now: what it is, in dollars or codes; nothing for ladders and the most of each rate.
        enough: where it alone would have to stand for an ask to be possible; nothing where no change of it is enough.
    """

    limit: str
    now: float | None
    enough: float | None

    @property
    def words(self) -> str:
        """The limit, and what would be enough."""
        if self.now is None:
            return self.limit
        size = _shown(self.limit, self.now)
        told = f"{self.limit} {size}" if self.limit == "at most" else f"{self.limit} of {size}"
        if self.enough is None:
            return f"{told}: no change of it alone is enough"
        return f"{told}: {_shown(self.limit, self.enough)} would do, the others as they are"


def conflict(problem: AskProblem) -> tuple[Clash, ...]:
    """The limits that cannot hold together; none where an ask is possible.

    Each limit is dropped in turn, and stays out where the others still clash without it: what is left is a smallest
    set, in that any one of them given up makes an ask possible. Limits are taken as in the linear relaxation.
    """
    if _possible(problem, problem.limits):
        return ()
    limits, kept = problem.limits, []
    for name in _names(limits):
        without = _without(problem, limits, name)
        if _possible(problem, without):
            kept.append(name)
        else:
            limits = without
    clashes = [_clash(problem, limits, name) for name in kept]
    return (*clashes, Clash("the most of each rate", None, None))


def explained(clashes: tuple[Clash, ...]) -> str:
    """The clash in one sentence."""
    return "no ask keeps to all of these: " + "; ".join(clash.words for clash in clashes)


_NO_LIMIT = 1e15


def _possible(problem: AskProblem, limits: Limits) -> bool:
    try:
        relaxed(problem.with_limits(limits))
    except InfeasibleError:
        return False
    return True


def _names(limits: Limits) -> list[str]:
    names = ["ladders"] if limits.ladders else []
    names += ["at most"] if limits.at_most is not None else []
    names += [f"cap {line}" for line in limits.line_caps]
    names += [budget_name(plan) for plan in limits.budgets]
    names += [f"need {line}" for line in limits.line_needs]
    return [*names, *(["need"] if limits.need is not None else [])]


def _without(problem: AskProblem, limits: Limits, name: str) -> Limits:
    """The limits without one; a budget cannot be absent, so it becomes too large to matter."""
    if name == "ladders":
        return replace(limits, ladders=())
    return _moved(limits, name, None)


def _moved(limits: Limits, name: str, amount: float | None) -> Limits:
    """The limits with one at another amount; ``None``: as if it were not there."""
    if name == "at most":
        return replace(limits, at_most=None if amount is None else int(np.ceil(amount - 1e-9)))
    if name == "need":
        return replace(limits, need=amount)
    for plan in limits.budgets:
        if name == budget_name(plan):
            return replace(limits, budgets={**limits.budgets, plan: _NO_LIMIT if amount is None else amount})
    kind, line = name.split(" ", 1)
    held = dict(limits.line_caps if kind == "cap" else limits.line_needs)
    held.pop(line)
    if amount is not None:
        held[line] = amount
    return replace(limits, line_caps=held) if kind == "cap" else replace(limits, line_needs=held)


def _now(limits: Limits, name: str) -> float | None:
    if name == "ladders":
        return None
    if name in ("at most", "need"):
        held = limits.at_most if name == "at most" else limits.need
        return None if held is None else float(held)
    for plan, budget in limits.budgets.items():
        if name == budget_name(plan):
            return budget
    kind, line = name.split(" ", 1)
    return (limits.line_caps if kind == "cap" else limits.line_needs)[line]


def _clash(problem: AskProblem, limits: Limits, name: str) -> Clash:
    """How far this limit would have to give while the others of the clash stand: found by halving."""
    now = _now(limits, name)
    if now is None:
        return Clash(name, None, None)
    good = 0.0 if name.startswith("need") else _widest(problem, name)
    bad = now
    if not _possible(problem, _moved(limits, name, good)):
        return Clash(name, now, None)
    near = 0.999 if name == "at most" else max(1e-6 * abs(now), 0.01)
    while abs(good - bad) > near:
        middle = (good + bad) / 2
        if _possible(problem, _moved(limits, name, middle)):
            good = middle
        else:
            bad = middle
    if name == "at most":
        return Clash(name, now, float(np.ceil(good)))
    whole = np.floor(good + near) if name.startswith("need") else np.ceil(good - near)
    return Clash(name, now, float(whole))


def _widest(problem: AskProblem, name: str) -> float:
    return float(len(problem)) if name == "at most" else float(problem.cost.sum()) + 1.0


def _shown(name: str, amount: float) -> str:
    return f"{amount:,.0f} code{'s' * (amount != 1)}" if name == "at most" else f"${amount:,.0f}"
