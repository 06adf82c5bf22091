"""A ladder of concessions planned ahead, and what the other side's own concessions tell.

The form is Faratin's, recalled and not read: of the way from the opening to the walk-away, ``k`` is given at once and
the rest by ``(t/T)^(1/β)``: β below 1 holds out until late (Boulware), above 1 gives early (Conceder).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from evenhand.errors import UsageError

#: Where the form comes from, for every page that shows it.
SOURCE = "the form of Faratin and others (1998), from memory"
_STYLES = np.exp(np.linspace(np.log(0.05), np.log(20.0), 400))


@dataclass(frozen=True, slots=True)
class Style:
    """How a side concedes.

    Attributes:
        beta: the β that fits best.
        low, high: the β with one observation left out at a time: least and most.
        name: ``holds out until late``, ``concedes evenly``, ``concedes early``, or ``unclear`` where the range of β
            lets several be.
        rounds: offers it is read from.
    """

    beta: float
    low: float
    high: float
    name: str
    rounds: int


def ladder(opening: float, walk_away: float, *, rounds: int, beta: float = 0.5, first: float = 0.0) -> list[float]:
    """What to offer in each round: from the opening in round 0 to the walk-away in the last.

    Args:
        opening: where we begin: a rise in percent, dollars, a score.
        walk_away: where we end at the latest; above or below the opening.
        rounds: concessions after the opening.
        beta: below 1 gives late, above 1 early; above 0.
        first: share of the way that the opening has given already.

    Raises:
        UsageError: a number makes no sense.

    >>> ladder(8.0, 3.0, rounds=2, beta=1.0)
    [8.0, 5.5, 3.0]
    """
    if rounds < 1 or not beta > 0 or not 0 <= first < 1:
        raise UsageError("a ladder takes 1 round or more, a style above 0, and a first step from 0 to below 1")
    if not (isfinite(opening) and isfinite(walk_away)) or opening == walk_away:
        raise UsageError("the opening and the walk-away are the same, or no numbers; there is nothing to concede")
    return [opening + _given(step / rounds, beta, first) * (walk_away - opening) for step in range(rounds + 1)]


def _given(time: float, beta: float, first: float) -> float:
    """The share of the way given by then."""
    return float(first + (1 - first) * time ** (1 / beta))


def style_of(offers: Sequence[float], walk_away: float, *, rounds: int) -> Style:
    """How a side concedes, from its offers so far.

    Args:
        offers: one a round, from its opening on; three or more.
        walk_away: where we believe it ends.
        rounds: in how many concessions it would get there.

    Raises:
        UsageError: there are too few offers, or they make no sense with the walk-away.
    """
    if len(offers) < 3:
        raise UsageError(f"{len(offers)} offers say nothing of a style; it takes three or more")
    if len(offers) - 1 > rounds:
        raise UsageError(f"{len(offers)} offers are more than an opening and {rounds} concessions")
    way = walk_away - offers[0]
    if way == 0:
        raise UsageError("the first offer is the walk-away already; there is no way to concede")
    given = (np.array(offers) - offers[0]) / way
    times = np.arange(len(offers)) / rounds
    kept = [np.delete(np.arange(1, len(offers)), place) for place in range(len(offers) - 1)]
    betas = [_fitted(times[one], given[one]) for one in kept]
    beta = _fitted(times[1:], given[1:])
    return Style(beta, min(betas), max(betas), _named(min(betas), max(betas)), len(offers))


def _fitted(
    times: np.ndarray[tuple[int], np.dtype[np.float64]], given: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> float:
    """The β whose course is nearest in squares."""
    courses = times[None, :] ** (1 / _STYLES[:, None])
    return float(_STYLES[int(np.argmin(((courses - given[None, :]) ** 2).sum(axis=1)))])


def _named(low: float, high: float) -> str:
    if high < 0.9:
        return "holds out until late"
    if low > 1.1:
        return "concedes early"
    return "concedes evenly" if low > 0.75 and high < 1.35 else "unclear"
