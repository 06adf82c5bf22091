"""Which transaction each segment of a block belongs to, and where a file may be cut.

A block may end before any segment that starts something of its own: a claim, a loop of an 837, a
transaction. What the next block must know of what went before travels in a :class:`Carry`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.block import last_where, spread
from evenhand.claims.x12.index import NO_CONTEXT, Context, Ints, Mask, SegmentIndex
from evenhand.claims.x12.text import name_key

OUTSIDE, REMITTANCE, CLAIM, OTHER = 0, 1, 2, 3
_ENVELOPE = ("ISA", "IEA", "GS", "GE")
_CUTS = {
    REMITTANCE: ("CLP", "LX", "PLB", "ST", "SE", *_ENVELOPE),
    CLAIM: ("CLM", "HL", "ST", "SE", *_ENVELOPE),
}
_KINDS = {"835": REMITTANCE, "837": CLAIM}


def any_of(index: SegmentIndex, names: tuple[str, ...]) -> Mask:
    """The segments that have one of these names."""
    mask = np.zeros(len(index), bool)
    for name in names:
        mask[index.find(name)] = True
    return mask


@dataclass(slots=True)
class Counters:
    """How many rows of each table a file has given so far."""

    remits: int = 0
    remit_claims: int = 0
    remit_lines: int = 0
    claims: int = 0
    lines: int = 0


@dataclass(slots=True)
class Carry:
    """What one block leaves for the next."""

    kind: int = OUTSIDE
    claim_type: str | None = None
    context: Context = NO_CONTEXT
    segments: int = 0
    provider_adjustments: int = 0
    counters: Counters = field(default_factory=Counters)


def kinds(index: SegmentIndex, carried: int) -> npt.NDArray[np.int8]:
    """For each segment, the kind of transaction it stands in."""
    mark = np.full(len(index), -1, np.int8)
    mark[any_of(index, _ENVELOPE)] = OUTSIDE
    after = index.find("SE") + 1
    after = after[after < mark.size]
    mark[after[mark[after] == -1]] = OUTSIDE
    opens = index.find("ST")
    if opens.size:
        mark[opens] = _kinds_of(index, opens)
    marked = np.flatnonzero(mark >= 0)
    return spread(marked, mark[marked], mark.size, np.int8(carried))


def _kinds_of(index: SegmentIndex, opens: Ints) -> Ints:
    codes = index.code(index.span(opens, 1))
    known = np.full(opens.size, OTHER, np.int8)
    for code, kind in _KINDS.items():
        known[codes == name_key(code)] = kind
    return known


def last_cut(index: SegmentIndex, kind: npt.NDArray[np.int8]) -> int:
    """The last segment before which the file may be cut; 0 when there is none but the first."""
    usable = len(index) if index.terminated else len(index) - 1
    safe = (kind == OUTSIDE) | (kind == OTHER)
    for name, cuts in _CUTS.items():
        if (kind == name).any():
            safe |= (kind == name) & any_of(index, cuts)
    safe[usable:] = False
    places = np.flatnonzero(safe)
    last = int(places[-1]) if places.size else 0
    return last if last > index.own else 0


def context_of(index: SegmentIndex, kind: npt.NDArray[np.int8]) -> Context:
    """The loops above the claim (837 HL 20, 22, 23) that the next block's claims still stand under."""
    if not len(index) or kind[-1] != CLAIM:
        return NO_CONTEXT
    since = int(last_where(any_of(index, ("ST", *_ENVELOPE)))[-1])
    levels = index.find("HL")
    levels = levels[levels > since]
    bounds = np.flatnonzero(any_of(index, ("HL", "CLM", "SE")))
    codes = index.code(index.span(levels, 3))
    kept: list[Context] = []
    at = since
    for level in ("20", "22", "23"):
        here = levels[(codes == name_key(level)) & (levels > at)]
        if here.size:
            at = int(here[-1])
            following = bounds[bounds > at]
            kept.append(index.cut_out(at, int(following[0]) - 1 if following.size else len(index) - 1))
    return Context(
        b"".join(part.text for part in kept), np.concatenate([np.zeros(0, np.int64), *(p.origin for p in kept)])
    )
