"""What the other side's counters tell of its weights: what it gives least of weighs most. Always with an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.errors import UsageError
from evenhand.negotiation.trading.domain import Domain

_DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class SeenWeight:
    """What an issue weighs to them, from their counters.

    Attributes:
        issue: its name.
        weight: the estimate; all of them add up to 1.
        low, high: 90 of 100 draws lie between.
        believed: what we believed before.
        kept: in how many rounds they held to what they had asked for.
        rounds: from how many counters after the first.
    """

    issue: str
    weight: float
    low: float
    high: float
    believed: float
    kept: int
    rounds: int


def seen_weights(domain: Domain, counters: Sequence[Sequence[str]], *, seed: int = 1) -> list[SeenWeight]:
    """Their weights from their counters: how often each issue was held, with chance allowed for.

    The share of rounds an issue was held in is drawn from a Beta with one round held and one given added; the weights
    are these shares over their sum. From three to eight rounds the intervals are wide, and that is the truth of it.

    Args:
        domain: what is on the table.
        counters: their offers in order, each the names of the options, one an issue.
        seed: of the draws.

    Raises:
        UsageError: fewer than two counters, or an option is not known.
    """
    if len(counters) < 2:
        raise UsageError(f"{len(counters)} counters say nothing of weights; it takes two or more")
    worths = np.array([_worths(domain, counter) for counter in counters])
    kept = (np.diff(worths, axis=0) >= 0).sum(axis=0)
    rounds = len(counters) - 1
    generator = np.random.default_rng(seed)
    drawn = generator.beta(kept + 1.0, rounds - kept + 1.0, size=(_DRAWS, len(domain.issues)))
    drawn /= drawn.sum(axis=1, keepdims=True)
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    mean = drawn.mean(axis=0)
    rows = zip(domain.issues, domain.their_weights, strict=True)
    return [
        SeenWeight(issue.name, float(mean[at]), float(low[at]), float(high[at]), believed, int(kept[at]), rounds)
        for at, (issue, believed) in enumerate(rows)
    ]


def _worths(domain: Domain, counter: Sequence[str]) -> list[float]:
    if len(counter) != len(domain.issues):
        raise UsageError(f"a counter settles {len(domain.issues)} issues; {len(counter)} are given")
    found = []
    for issue, name in zip(domain.issues, counter, strict=True):
        known = {option.name: option.theirs for option in issue.options}
        if name not in known:
            raise UsageError(f"'{name}' is no option of {issue.name}; known here: {', '.join(known)}")
        found.append(known[name])
    return found
