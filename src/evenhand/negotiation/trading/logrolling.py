"""Who should give what: each side gives where it weighs little to itself and much to the other."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.negotiation.trading.domain import Domain


@dataclass(frozen=True, slots=True)
class Trade:
    """One issue as something to trade with.

    Attributes:
        issue: its name.
        ours, theirs: what its whole swing is worth to each side: its weight times the range of the worths.
        ratio: ours over theirs; nothing where it is worth nothing to them.
        who: ``we give``, ``they give`` or ``even``.
    """

    issue: str
    ours: float
    theirs: float
    ratio: float | None
    who: str


#: Ratios nearer to 1 than this by a factor are even.
_EVEN = 1.1


def logrolling(domain: Domain) -> list[Trade]:
    """Each issue with what its swing is worth to both sides; what they should give first, what we should give last."""
    found = []
    weights = zip(domain.issues, domain.our_weights, domain.their_weights, strict=True)
    for issue, our_weight, their_weight in weights:
        ours = our_weight * _range([option.ours for option in issue.options])
        theirs = their_weight * _range([option.theirs for option in issue.options])
        ratio = ours / theirs if theirs > 0 else None
        found.append(Trade(issue.name, ours, theirs, ratio, _who(ours, theirs)))
    return sorted(found, key=lambda one: -(one.ratio if one.ratio is not None else float("inf")))


def _range(values: list[float]) -> float:
    return max(values) - min(values)


def _who(ours: float, theirs: float) -> str:
    if ours > _EVEN * theirs:
        return "they give"
    return "we give" if theirs > _EVEN * ours else "even"
