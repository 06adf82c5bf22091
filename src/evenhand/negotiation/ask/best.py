"""The best ask, by the plainest way that is exact for its limits."""

from __future__ import annotations

from evenhand.negotiation.ask.answer import Answer
from evenhand.negotiation.ask.closed import best_by_sorting, sorting_is_exact
from evenhand.negotiation.ask.conflict import conflict, explained
from evenhand.negotiation.ask.few import best_of_few
from evenhand.negotiation.ask.linear import InfeasibleError, best_by_programme
from evenhand.negotiation.ask.problem import AskProblem
from evenhand.negotiation.ask.robust import Doubt, best_in_doubt
from evenhand.negotiation.ask.shaped import Shape, best_shaped


def best_ask(
    problem: AskProblem, *, shape: Shape | None = None, doubt: Doubt | None = None, seconds: float = 10.0
) -> Answer:
    """The ask that brings us most within the limits; it carries its gap, which is worked out, not believed.

    Args:
        problem: the rates and the limits.
        shape: one rise a service line and a few carve-outs, instead of a rate for each code.
        doubt: keep the budget with volumes in doubt.
        seconds: the most a mixed-integer programme may take.

    Raises:
        InfeasibleError: no ask keeps to all limits; the message names those that clash and what would be enough.
    """
    try:
        if shape is not None:
            return best_shaped(problem, shape, seconds=seconds)
        if doubt is not None:
            return best_in_doubt(problem, doubt)
        if problem.limits.at_most is not None:
            return best_of_few(problem, seconds=seconds)
        return best_by_sorting(problem) if sorting_is_exact(problem) else best_by_programme(problem)
    except InfeasibleError as clash:
        found = conflict(problem)
        if not found and doubt is not None:
            raise InfeasibleError(f"{clash} with volumes in doubt; without that doubt there is one") from None
        raise (InfeasibleError(explained(found)) if found else clash) from None
