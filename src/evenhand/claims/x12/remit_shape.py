"""835: where the claims and lines of a remittance stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.block import (
    Block,
    Keys,
    first_of,
    numbered,
    spread,
)
from evenhand.claims.x12.index import Ints
from evenhand.claims.x12.structure import REMITTANCE, Counters, any_of
from evenhand.claims.x12.text import one_of

HEADER, CLAIM_LEVEL, LINE_LEVEL = 0, 1, 2
_CLOSERS = ("LX", "TS3", "TS2", "PLB", "SE", "ST", "ISA", "IEA", "GS", "GE")


@dataclass(frozen=True, slots=True)
class RemitShape:
    """Where the claims and lines of a block's remittances stand.

    Attributes:
        level: for each segment, whether it belongs to no claim, a claim, or a line of one.
        claims, ends: first and last segment of each claim.
        lines: the SVC segment of each line.
        claim, line: for each segment, the number in this block of its claim and line.
        remit_keys: for each segment, the key of its remittance.
        claim_keys, line_keys: keys of the claims and lines.
    """

    level: npt.NDArray[np.int8]
    claims: Ints
    ends: Ints
    lines: Ints
    claim: Ints
    line: Ints
    remit_keys: Keys
    claim_keys: Keys
    line_keys: Keys

    def inside(self, block: Block, name: str) -> Ints:
        """The segments of this name in any claim or line."""
        segments = block.index.find(name)
        chosen: Ints = segments[np.flatnonzero(self.level[segments])]
        return chosen

    def line_keys_of(self, segments: Ints) -> Keys:
        """The key of each segment's line, or NO_KEY at claim level."""
        at_line = np.flatnonzero(self.level[segments] == LINE_LEVEL)
        keys = np.full(segments.size, -1, np.int64)
        keys[at_line] = self.line_keys[self.line[segments[at_line]]]
        return keys


def shape_of(block: Block, kind: npt.NDArray[np.int8], counters: Counters) -> RemitShape:
    """Find the claims and lines of the block's 835 transactions."""
    index = block.index
    inside = kind == REMITTANCE
    opens = inside & any_of(index, ("CLP",))
    bound = opens | ~inside | any_of(index, _CLOSERS)
    bounds = np.flatnonzero(bound)
    in_claim = spread(bounds, opens[bounds], opens.size, np.bool_(False))
    service = in_claim & any_of(index, ("SVC",))
    claims, lines = np.flatnonzero(opens), np.flatnonzero(service)
    marks = np.flatnonzero(bound | service)
    levels = np.where(service[marks], np.int8(LINE_LEVEL), in_claim[marks].astype(np.int8))
    bounds = np.append(bounds, len(index))
    remits = np.flatnonzero(inside & any_of(index, ("ST",)))
    key = block.base + counters.remits
    return RemitShape(
        level=spread(marks, levels, opens.size, np.int8(HEADER)),
        claims=claims,
        ends=bounds[np.searchsorted(bounds, claims, side="right")] - 1,
        lines=lines,
        claim=numbered(opens),
        line=numbered(service),
        remit_keys=spread(remits, np.arange(key, key + remits.size), opens.size, np.int64(key - 1)),
        claim_keys=block.base + counters.remit_claims + np.arange(claims.size),
        line_keys=block.base + counters.remit_lines + np.arange(lines.size),
    )


class Qualified:
    """The segments of one name at one level, each with its qualifier and its claim or line.

    What a column takes is remembered, so that the rest can go to a table of its own.
    """

    def __init__(self, block: Block, shape: RemitShape, name: str, level: int) -> None:
        every = block.index.find(name)
        here = np.flatnonzero(shape.level[every] == level)
        self.segments = every[here]
        owner = shape.claim if level == CLAIM_LEVEL else shape.line
        self._owner = owner[self.segments]
        self._owners = (shape.claims if level == CLAIM_LEVEL else shape.lines).size
        self._code = block.index.qualifiers(name)[here]
        self._taken = np.zeros(self.segments.size, bool)

    def first(self, *qualifiers: str) -> Ints:
        """For every claim or line, its first segment with one of these qualifiers, else -1."""
        chosen = np.flatnonzero(one_of(self._code, *qualifiers))
        if not chosen.size:
            return np.full(self._owners, -1, np.int64)
        segments, owner = self.segments[chosen], self._owner[chosen]
        found = first_of(owner, segments, self._owners)
        self._taken[chosen] |= found[owner] == segments
        return found

    def rest(self) -> Ints:
        """The segments no column took."""
        left: Ints = self.segments[np.flatnonzero(~self._taken)]
        return left
