"""Exposures: lines whose price hangs on their own rate alone, collapsed, so that a new rate needs no line.

Lines of one piece and one number of units have one fee. Lesser-of makes each worth the smaller of that fee and its
charge: with the charges in order and summed up once, one search for the fee among them gives the sum over all lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from evenhand.pricing.scenarios.cents import MOST_CENTS, ROOM, BeyondCentsError, Whole, most, rounded, times

#: Groups with at most this many different charges are compared charge by charge.
FEW = 4


@dataclass(frozen=True, slots=True)
class Fees:
    """Groups of lines with one fee each: a piece's rate times so many units.

    Attributes:
        piece: for each group its place among the rates of its term.
        units: thousandths; or whole units, when ``scale`` is 1.
        scale: 1000 for thousandths.
    """

    piece: Whole
    units: Whole
    scale: int

    def of(self, rates: Whole) -> Whole:
        """The fee of each group in cents, for rates by piece.

        Raises:
            BeyondCentsError: a fee is more than any service is paid.
        """
        if most(rates) * most(self.units) >= min(MOST_CENTS * self.scale, ROOM):
            raise BeyondCentsError
        return rounded(rates[self.piece] * self.units, self.scale)


@dataclass(frozen=True, slots=True)
class Searched:
    """Groups with many charges: for each group its charges in order, largest groups first.

    Attributes:
        charges: all different charges, group after group, ascending.
        start, size: where a group's charges begin, and how many there are.
        lines_before, cents_before: lines and charges up to each place, one longer than ``charges``.
        lines: how many lines a group has.
    """

    fees: Fees
    charges: Whole
    start: Whole
    size: Whole
    lines_before: Whole
    cents_before: Whole
    lines: Whole

    def sum(self, fee: Whole) -> int:
        """The sum over all lines of the smaller of fee and charge."""
        place = np.zeros_like(fee)
        step = 1 << (int(self.size[0]).bit_length() - 1) if self.size.size else 0
        while step:
            count = int(np.searchsorted(-self.size, -step, side="right"))  # groups of at least that size
            next_place = place[:count] + step
            inside = np.minimum(next_place, self.size[:count])
            below = (self.charges[self.start[:count] + inside - 1] <= fee[:count]) & (inside == next_place)
            place[:count] += step * below
            step >>= 1
        end = self.start + place
        held = self.cents_before[end] - self.cents_before[self.start]
        free = self.lines - (self.lines_before[end] - self.lines_before[self.start])
        return int(held.sum() + (free * fee).sum())


@dataclass(frozen=True, slots=True)
class Compared:
    """Charges compared one by one: each with its group and how many lines have it."""

    fees: Fees
    group: Whole
    charges: Whole
    lines: Whole

    def sum(self, fee: Whole) -> int:
        """The sum over all lines of the smaller of fee and charge."""
        return int((np.minimum(fee[self.group], self.charges) * self.lines).sum())


@dataclass(frozen=True, slots=True)
class Counted:
    """Groups that no charge limits."""

    fees: Fees
    lines: Whole

    def sum(self, fee: Whole) -> int:
        """The sum of the fees."""
        return int((fee * self.lines).sum())


@dataclass(frozen=True, slots=True)
class Shares:
    """Charges paid at a share of themselves, each with how many lines have it."""

    charges: Whole
    lines: Whole
    limited: bool

    def value(self, percent: int) -> int:
        """The sum over all lines, for a share in millionths."""
        fee = times(self.charges, percent, 10**6)
        if most(fee) >= MOST_CENTS:
            raise BeyondCentsError
        if self.limited and (percent > 10**6 or (self.charges.size and int(self.charges[0]) < 0)):
            fee = np.minimum(fee, self.charges)
        return int((fee * self.lines).sum())


@dataclass(frozen=True, slots=True)
class Exposure:
    """All plain lines of one term that rank alike: alone in their ranking, or not ranked at all.

    Attributes:
        term_id: the term.
        alone: ranked as the only procedure of its claim and day.
        parts: its groups, by how their fees meet their charges.
        shares: what is paid at a share of charges.
    """

    term_id: int
    alone: bool
    parts: tuple[Searched | Compared | Counted, ...] = ()
    shares: Shares | None = None

    def value(self, rates: Whole, percent: int | None, first: int) -> int:
        """The sum over its lines in cents.

        Args:
            rates: the rate of each piece in cents.
            percent: the share of charges in millionths.
            first: the factor of the first procedure in millionths.

        Raises:
            BeyondCentsError: a fee does not fit.
        """
        if self.shares is not None:
            return self.shares.value(percent or 0)
        total = 0
        for part in self.parts:
            fee = part.fees.of(rates)
            if self.alone and first != 10**6:
                fee = np.where(fee > 0, times(fee, first, 10**6), fee)
            total += part.sum(fee)
        return total


@dataclass(frozen=True, slots=True)
class Cells:
    """Lines of one term that rank alike, collapsed: piece, units in thousandths, charge, how many lines.

    In the order whole units before others, then piece, units, charge.
    """

    piece: Whole
    units: Whole
    charge: Whole
    lines: Whole


def exposure(key: tuple[int, bool], cells: Cells, *, of_charges: bool, limited: bool) -> Exposure:
    """The exposure of one term's cells."""
    term_id, alone = key
    if of_charges:
        order = np.argsort(cells.charge, kind="stable")
        return Exposure(term_id, alone, shares=Shares(cells.charge[order], cells.lines[order], limited))
    split = int(np.searchsorted(cells.units % 1000 != 0, True))
    parts = (
        part
        for piece, scale in ((slice(0, split), 1), (slice(split, None), 1000))
        for part in _parts(_cut(cells, piece), scale, limited=limited)
    )
    return Exposure(term_id, alone, tuple(parts))


def _cut(cells: Cells, where: slice) -> Cells:
    return Cells(cells.piece[where], cells.units[where], cells.charge[where], cells.lines[where])


def _parts(cells: Cells, scale: int, *, limited: bool) -> Iterator[Searched | Compared | Counted]:
    if not cells.lines.size:
        return
    new = np.append(True, (np.diff(cells.piece) != 0) | (np.diff(cells.units) != 0))
    start = np.flatnonzero(new)
    size = np.diff(np.append(start, len(new)))
    units = cells.units if scale == 1000 else cells.units // 1000
    if not limited:
        yield Counted(Fees(cells.piece[start], units[start], scale), np.add.reduceat(cells.lines, start))
        return
    many = size > FEW
    if not many.all():
        rows = np.repeat(~many, size)
        group = np.repeat(np.cumsum(~many) - 1, size)[rows]
        few = start[~many]
        fees = Fees(cells.piece[few], units[few], scale)
        yield Compared(fees, group, cells.charge[rows], cells.lines[rows])
    if many.any():
        yield _searched(cells, units, (start[many], size[many]), scale)


def _searched(cells: Cells, units: Whole, groups: tuple[Whole, Whole], scale: int) -> Searched:
    order = np.argsort(-groups[1], kind="stable")
    start, size = groups[0][order], groups[1][order]
    return Searched(
        Fees(cells.piece[start], units[start], scale),
        cells.charge,
        start,
        size,
        _before(cells.lines),
        _before(cells.charge * cells.lines),
        _before(cells.lines)[start + size] - _before(cells.lines)[start],
    )


def _before(values: Whole) -> Whole:
    return np.append(np.int64(0), np.cumsum(values))
