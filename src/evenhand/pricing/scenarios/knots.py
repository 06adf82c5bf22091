"""Lines whose prices hang together: procedures ranked among each other, claims held to their charges."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from evenhand.pricing.scenarios.cents import MOST_CENTS, ROOM, BeyondCentsError, Whole, most, rounded, times

#: Up to so many procedures of one claim and day are ranked by comparing each with each.
PAIRWISE = 8


@dataclass(frozen=True, slots=True)
class Knots:
    """Lines of one version in the order of their claims and lines, and how they hang together.

    What does not depend on rates is worked out once, in ``cap``, ``size`` and ``first``.

    Attributes:
        piece, term: the place of each line's rate among those of the version, and its term's number.
        units: thousandths; whole units when all are, ``scale`` then being 1.
        charge: cents; for a line whose charge is not asked for, anything.
        share: whether the line is paid at a share of its charge, ``piece`` then being its term's place.
        counts: 1 for lines with a price, 0 for those that only rank.
        ranked: for each number of procedures the places of those ranked together, one row each.
        start: where each claim begins.
        level: how lesser-of compares.
        terms_in_order: the places by term, the terms there are, and where each begins among them.
    """

    piece: Whole
    term: Whole
    units: Whole
    charge: Whole
    share: npt.NDArray[np.bool_]
    counts: Whole
    ranked: tuple[npt.NDArray[np.intp], ...]
    start: npt.NDArray[np.intp]
    level: str | None
    terms_in_order: tuple[npt.NDArray[np.intp], Whole, npt.NDArray[np.intp]]
    size: Whole = field(init=False)
    cap: Whole = field(init=False)
    first: npt.NDArray[np.bool_] = field(init=False)
    scale: int = field(init=False)

    def __post_init__(self) -> None:
        size = np.diff(np.append(self.start, self.units.size))
        sums = np.add.reduceat(self.charge * self.counts, self.start) if size.size else size
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "cap", np.repeat(sums, size))
        object.__setattr__(self, "first", first_counted(self.counts, self.start, size))
        whole = not (self.units % 1000).any()
        object.__setattr__(self, "scale", 1 if whole else 1000)
        object.__setattr__(self, "units", self.units // 1000 if whole else self.units)

    def expected(self, rates: Whole, percents: Whole, factors: tuple[int, ...]) -> Whole:
        """What each line is worth in cents.

        Args:
            rates: the rate of each piece of the version in cents.
            percents: the share of each term of the version in millionths.
            factors: those of the ranking, in millionths.

        Raises:
            BeyondCentsError: a fee does not fit.
        """
        fee = self._fees(rates, percents)
        for places in self.ranked:
            fee[places] = cut(fee[places], factors)
        if self.level == "line":
            fee = np.minimum(fee, self.charge)
        fee = fee * self.counts
        return self._held(fee) if self.level == "claim" else fee

    def by_term(self, expected: Whole, terms: int) -> Whole:
        """Sums by term."""
        sums = np.zeros(terms, dtype=np.int64)
        order, present, start = self.terms_in_order
        if order.size:
            sums[present] = np.add.reduceat(expected[order], start)
        return sums

    def _fees(self, rates: Whole, percents: Whole) -> Whole:
        if most(rates) * most(self.units) >= min(MOST_CENTS * self.scale, ROOM):
            raise BeyondCentsError
        fee = rounded(rates[self.piece] * self.units, self.scale)
        if self.share.any():
            of_charges = np.flatnonzero(self.share)
            fee[of_charges] = times_each(self.charge[of_charges], percents[self.term[of_charges]])
        return fee

    def _held(self, fee: Whole) -> Whole:
        """Fees count in line order until the claim's charges are used up."""
        if not fee.size:
            return fee
        so_far = np.cumsum(fee)
        so_far -= np.repeat(so_far[self.start] - fee[self.start], self.size)
        given = np.minimum(so_far, self.cap)
        held = given.copy()
        held[1:] -= given[:-1]
        # nothing was given before the first line with a price; a line without one gives nothing
        held[self.first] = given[self.first]
        held *= self.counts
        return held


def first_counted(counts: Whole, start: npt.NDArray[np.intp], size: Whole) -> npt.NDArray[np.bool_]:
    """Whether each line is the first of its claim that has a price."""
    so_far = np.cumsum(counts)
    so_far -= np.repeat(so_far[start] - counts[start], size)
    first: npt.NDArray[np.bool_] = (so_far == 1) & (counts == 1)
    return first


def times_each(charges: Whole, percents: Whole) -> Whole:
    """Each charge at its own share.

    Raises:
        BeyondCentsError: a product does not fit.
    """
    return times(charges, percents, 10**6)


def cut(fee: Whole, factors: tuple[int, ...]) -> Whole:
    """Fees of procedures done together, a row for each claim and day in line order, each cut by its rank.

    >>> cut(np.array([[100_00, 300_00], [0, 50_00]]), (1_000_000, 500_000))
    array([[ 5000, 30000],
           [    0,  5000]])
    """
    table = np.array(factors, dtype=np.int64)
    rank = np.minimum(_ranks(fee), len(factors) - 1)
    return np.where(fee > 0, times(fee, table[rank], 10**6), fee)


def _ranks(fee: Whole) -> Whole:
    """How many procedures of the row go before each: higher fees, and equal ones on earlier lines."""
    width = fee.shape[1]
    if width > PAIRWISE:
        order = np.argsort(-fee, axis=1, kind="stable")
        ranks = np.empty_like(order)
        np.put_along_axis(ranks, order, np.arange(width)[None, :], axis=1)
        return ranks
    ranks = np.zeros_like(fee)
    for one in range(width):
        for other in range(one + 1, width):
            ahead = fee[:, one] >= fee[:, other]
            ranks[:, other] += ahead
            ranks[:, one] += ~ahead
    return ranks
