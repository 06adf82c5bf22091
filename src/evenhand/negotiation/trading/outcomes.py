"""All outcomes of a domain, those nobody can better without the other losing, and the points theories single out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.errors import UsageError
from evenhand.negotiation.trading.domain import Domain

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_PLACES = 12


@dataclass(frozen=True, slots=True)
class Deal:
    """One outcome: how each issue is settled, and both sides' scores."""

    options: tuple[str, ...]
    ours: float
    theirs: float


@dataclass(frozen=True, slots=True)
class Point:
    """An outcome a theory singles out.

    Attributes:
        name: the theory's name.
        deal: the outcome; the one best for both sides together where several tie.
        meaning: what it maximises, in words.
    """

    name: str
    deal: Deal
    meaning: str


class Outcomes:
    """All outcomes of a domain with both sides' scores.

    Args:
        domain: what is on the table.
    """

    def __init__(self, domain: Domain) -> None:
        self.domain = domain

    @cached_property
    def choices(self) -> Whole:
        """The option of each issue, for each outcome."""
        sizes = [np.arange(len(issue.options)) for issue in self.domain.issues]
        grid = np.meshgrid(*sizes, indexing="ij")
        return np.stack([one.ravel() for one in grid], axis=1).astype(np.int64)

    @cached_property
    def scores(self) -> Floats:
        """Our score and theirs, for each outcome."""
        ours, theirs = np.zeros(len(self.choices)), np.zeros(len(self.choices))
        weights = zip(self.domain.our_weights, self.domain.their_weights, strict=True)
        for place, (our_weight, their_weight) in enumerate(weights):
            options = self.domain.issues[place].options
            ours += our_weight * np.array([option.ours for option in options])[self.choices[:, place]]
            theirs += their_weight * np.array([option.theirs for option in options])[self.choices[:, place]]
        return np.asarray(np.round(np.stack([ours, theirs], axis=1), _PLACES), dtype=np.float64)

    def __len__(self) -> int:
        return self.domain.outcomes

    def deal(self, place: int) -> Deal:
        """One outcome."""
        names = (
            issue.options[choice].name for issue, choice in zip(self.domain.issues, self.choices[place], strict=True)
        )
        return Deal(tuple(names), float(self.scores[place, 0]), float(self.scores[place, 1]))

    def score(self, options: Sequence[str]) -> Deal:
        """An outcome by the names of its options, one for each issue.

        Raises:
            UsageError: an option is not known, or one is missing.
        """
        if len(options) != len(self.domain.issues):
            raise UsageError(f"an outcome settles {len(self.domain.issues)} issues; {len(options)} are given")
        place = 0
        for issue, name in zip(self.domain.issues, options, strict=True):
            known = [option.name for option in issue.options]
            if name not in known:
                raise UsageError(f"'{name}' is no option of {issue.name}; known here: {', '.join(known)}")
            place = place * len(known) + known.index(name)
        return self.deal(place)

    @cached_property
    def acceptable(self) -> Whole:
        """Outcomes in which neither side is worse off than without a deal."""
        walk = np.array([self.domain.our_walk_away, self.domain.their_walk_away])
        return np.flatnonzero((self.scores >= walk - 10.0**-_PLACES).all(axis=1))

    @cached_property
    def frontier(self) -> Whole:
        """Outcomes that no other betters for one side without cost to the other; from theirs to ours."""
        ours, theirs = self.scores[:, 0], self.scores[:, 1]
        order = np.lexsort((-theirs, -ours))
        best = np.maximum.accumulate(theirs[order])
        before = np.concatenate([[-np.inf], best[:-1]])
        newest = theirs[order] > before
        twin = np.concatenate([[False], (np.diff(ours[order]) == 0) & (np.diff(theirs[order]) == 0)])
        kept = newest.copy()
        for place in np.flatnonzero(twin):  # an outcome with both scores of one kept is as good as that
            kept[place] = kept[place - 1]
        return order[kept][::-1].astype(np.int64)

    @cached_property
    def agreeable(self) -> Whole:
        """Outcomes of the frontier in which neither side is worse off than without a deal."""
        return self.frontier[np.isin(self.frontier, self.acceptable)]


def points(outcomes: Outcomes, *, weight: float = 0.5) -> list[Point]:
    """The outcomes theories of bargaining single out, among those acceptable to both.

    Args:
        outcomes: of a domain.
        weight: our bargaining weight in the Nash product, between 0 and 1.

    Returns:
        Nash, Kalai, Kalai-Smorodinsky and the greatest sum; none where nothing is acceptable to both.

    Raises:
        UsageError: the weight is not between 0 and 1.
    """
    if not 0 < weight < 1:
        raise UsageError(f"a bargaining weight of {weight:g} makes no sense; give one between 0 and 1")
    if not len(outcomes.acceptable):
        return []
    walk = np.array([outcomes.domain.our_walk_away, outcomes.domain.their_walk_away])
    gains = np.maximum(outcomes.scores[outcomes.acceptable] - walk, 0.0)
    ideal = gains.max(axis=0)
    shares = gains / np.where(ideal > 0, ideal, 1.0)
    found = (
        ("Nash", gains[:, 0] ** weight * gains[:, 1] ** (1 - weight), "the greatest product of both sides' gains"),
        ("Kalai", gains.min(axis=1), "the greatest gain of the side that gains less"),
        ("Kalai-Smorodinsky", shares.min(axis=1), _KALAI_SMORODINSKY),
        ("greatest sum", gains.sum(axis=1), "the most for both sides together"),
    )
    return [Point(name, outcomes.deal(_best(outcomes, gains, value)), meaning) for name, value, meaning in found]


_KALAI_SMORODINSKY = (
    "the greatest equal share of what each side could gain at most; as in textbooks, among outcomes acceptable to both"
)


def _best(outcomes: Outcomes, gains: Floats, value: Floats) -> int:
    """The outcome of the greatest value; of several the one with the greatest sum, then ours."""
    value = np.round(value, _PLACES)
    order: Any = np.lexsort((gains[:, 0], np.round(gains.sum(axis=1), _PLACES), value))
    return int(outcomes.acceptable[order[-1]])
