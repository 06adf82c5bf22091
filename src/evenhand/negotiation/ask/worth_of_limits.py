"""What each limit costs us, in words: "one more point of budget brings $12,300"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from evenhand.errors import UsageError
from evenhand.negotiation.ask.answer import Answer
from evenhand.negotiation.ask.problem import AskProblem, Limits
from evenhand.negotiation.ask.rows import budget_name

Solve = Callable[[AskProblem], Answer]


@dataclass(frozen=True, slots=True)
class LimitWorth:
    """What a limit given up a little would bring.

    Attributes:
        limit: its name.
        step: by how much it is given up.
        brings: what the ask then brings more, in dollars a year, worked out anew with the wider limit.
        at_margin: what one more dollar of it (or one more code) brings at the margin: its shadow price.
        words: the same in a sentence.
    """

    limit: str
    step: float
    brings: float
    at_margin: float
    words: str


def worth_of_limits(answer: Answer, solve: Solve, *, spend: float, most: int = 10) -> list[LimitWorth]:
    """What the limits that bind cost us: each is widened by a step, and the ask worked out anew.

    Args:
        answer: the ask under the limits as they are.
        solve: how it was found.
        spend: what the payers spend today; a point of budget is a hundredth of it.
        most: so many limits are looked at: budgets, caps and the count first, then ladders by their prices.
    """
    found = []
    for name, price in sorted(answer.prices.items(), key=lambda one: (one[0].startswith("ladder"), -one[1]))[:most]:
        widened = _widened(answer.problem.limits, name, spend)
        if widened is None:
            continue
        limits, step, unit = widened
        try:
            brings = solve(answer.problem.with_limits(limits)).gain - answer.gain
        except UsageError:  # a limit that cannot be widened by itself
            continue
        words = f"{unit} brings ${max(brings, 0.0):,.0f} a year"
        found.append(LimitWorth(name, step, max(brings, 0.0), price, words))
    return sorted(found, key=lambda one: -one.brings)


def _widened(limits: Limits, name: str, spend: float) -> tuple[Limits, float, str] | None:
    """The limits with one of them wider, by how much, and that in words."""
    for plan, budget in limits.budgets.items():
        if name == budget_name(plan):
            step = spend / 100
            of = f" of {plan}" if plan else ""
            return (
                replace(limits, budgets={**limits.budgets, plan: budget + step}),
                step,
                f"one more point of budget{of} (${step:,.0f})",
            )
    if name == "at most" and limits.at_most is not None:
        return replace(limits, at_most=limits.at_most + 1), 1.0, "one more code"
    if name.startswith("cap "):
        line = name.removeprefix("cap ")
        cap = limits.line_caps[line]
        step = max(cap / 10, 1.0)
        caps = {**limits.line_caps, line: cap + step}
        return replace(limits, line_caps=caps), step, f"a cap on {line} wider by ${step:,.0f}"
    if name.startswith("ladder "):
        low, high = name.removeprefix("ladder ").split(" ≤ ")
        ladders = tuple(pair for pair in limits.ladders if pair != (low, high))
        return replace(limits, ladders=ladders), 1.0, f"{low} no longer held to the rate of {high}"
    return None
