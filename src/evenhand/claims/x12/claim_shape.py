"""837: the zones of a claim.

The loops above a claim (billing provider, subscriber, patient) hold for every claim until the next loop
of their level. After CLM come the claim's own segments, then those of other payers (from SBR on), then
the lines (from LX on), in which SVD starts what another payer did with the line.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.block import (
    Block,
    Keys,
    first_of,
    last_where,
    numbered,
    spread,
)
from evenhand.claims.x12.index import Ints, Mask, SegmentIndex
from evenhand.claims.x12.structure import CLAIM, Counters, any_of
from evenhand.claims.x12.text import name_key, one_of

ABOVE, OWN, OTHER_PAYER, LINE, OTHER_PAYER_LINE, NOWHERE = range(6)
PROFESSIONAL, INSTITUTIONAL, DENTAL = "professional", "institutional", "dental"
CLAIM_TYPES = (PROFESSIONAL, INSTITUTIONAL, DENTAL)
SERVICES = ("SV1", "SV2", "SV3")
_ABOVE = ("HL", "ST", "SE", "ISA", "IEA", "GS", "GE")


@dataclass(frozen=True, slots=True)
class ClaimShape:
    """Where the claims, lines and other payers of a block's 837 transactions stand.

    Attributes:
        zone: for each segment, the part of a claim it stands in.
        claims, ends: first and last segment of each claim.
        lines: the SV1, SV2 or SV3 segment of each line.
        others, line_others: SBR and SVD of other payers.
        claim, line, other, line_other: for each segment, the number in this block of its claim, line,
            other payer of the claim and of the line.
        types: for each claim, the number of its type in CLAIM_TYPES, or -1.
        claim_keys, line_keys: keys of the claims and lines.
    """

    zone: npt.NDArray[np.int8]
    claims: Ints
    ends: Ints
    lines: Ints
    others: Ints
    line_others: Ints
    claim: Ints
    line: Ints
    other: Ints
    line_other: Ints
    types: Ints
    claim_keys: Keys
    line_keys: Keys

    def at(self, index: SegmentIndex, name: str, zone: int, *qualifiers: str) -> Ints:
        """The segments of this name in this zone, with one of these as their first element where any is named."""
        segments = index.find(name)
        chosen = self.zone[segments] == zone
        if qualifiers:
            chosen &= one_of(index.qualifiers(name), *qualifiers)
        found: Ints = segments[chosen]
        return found

    def first(self, index: SegmentIndex, name: str, *qualifiers: str) -> Ints:
        """For every claim, its own first segment of this name with one of these qualifiers, else -1."""
        segments = self.at(index, name, OWN, *qualifiers)
        return first_of(self.claim[segments], segments, self.claims.size)

    def first_in_line(self, index: SegmentIndex, name: str, *qualifiers: str) -> Ints:
        """The same for every line."""
        segments = self.at(index, name, LINE, *qualifiers)
        return first_of(self.line[segments], segments, self.lines.size)


def claim_shape(
    block: Block, kind: npt.NDArray[np.int8], counters: Counters, *, transaction_types: list[str | None]
) -> ClaimShape:
    """Find the claims, lines and other payers of the block's 837 transactions."""
    index = block.index
    inside = kind == CLAIM
    opens = inside & any_of(index, ("CLM",))
    bounds = ~inside | any_of(index, _ABOVE)
    bound = last_where(opens | bounds)
    in_claim = (bound >= 0) & opens[bound]
    services = in_claim & any_of(index, SERVICES)
    starts = in_claim & any_of(index, ("LX",))
    others = in_claim & any_of(index, ("SBR",))
    breaks = last_where(starts | others | opens | bounds)
    in_line = in_claim & (last_where(services) > breaks)
    line_others = in_line & any_of(index, ("SVD",))
    marks = ((opens, OWN), (others, OTHER_PAYER), (starts | services, LINE), (line_others, OTHER_PAYER_LINE))
    claims = np.flatnonzero(opens)
    ends = np.append(np.flatnonzero(opens | bounds), len(index))
    lines = np.flatnonzero(services)
    zone = _zones(marks, in_claim, inside)
    zone[(zone == LINE) & ~in_line & ~starts] = NOWHERE
    return ClaimShape(
        zone=zone,
        claims=claims,
        ends=ends[np.searchsorted(ends, claims, side="right")] - 1,
        lines=lines,
        others=np.flatnonzero(others),
        line_others=np.flatnonzero(line_others),
        claim=numbered(opens),
        line=numbered(services),
        other=numbered(others),
        line_other=numbered(line_others),
        types=_types(index, claims, lines, transaction_types),
        claim_keys=block.base + counters.claims + np.arange(claims.size),
        line_keys=block.base + counters.lines + np.arange(lines.size),
    )


def _zones(marks: tuple[tuple[Mask, int], ...], in_claim: Mask, inside: Mask) -> npt.NDArray[np.int8]:
    mark = np.full(in_claim.size, -1, np.int8)
    for mask, zone in marks:
        mark[mask] = zone
    marked = np.flatnonzero(mark >= 0)
    zones = spread(marked, mark[marked], mark.size, np.int8(ABOVE))
    zones[~in_claim] = ABOVE
    zones[~inside] = NOWHERE
    return zones


def _types(index: SegmentIndex, claims: Ints, lines: Ints, transaction_types: list[str | None]) -> Ints:
    """Each claim's type: what its transaction says, else what its first line is."""
    known = [CLAIM_TYPES.index(name) if name else -1 for name in transaction_types]
    transaction = (numbered(any_of(index, ("ST",))) + 1)[claims]
    types: Ints = np.array(known, np.int64)[np.minimum(transaction, len(known) - 1)]
    if (types < 0).any() and lines.size:
        at = np.minimum(np.searchsorted(lines, claims), lines.size - 1)
        keys = index.key[lines[at]]
        guessed = np.full(claims.size, -1, np.int64)
        for number, name in enumerate(SERVICES):
            guessed[keys == name_key(name)] = number
        types = np.where((types < 0) & (lines[at] > claims), guessed, types)
    return types


class Above:
    """What stands above the claims: for each claim, the segments of its provider, subscriber and patient."""

    def __init__(self, index: SegmentIndex, shape: ClaimShape) -> None:
        self._index, self._shape = index, shape
        levels = index.find("HL")
        codes = index.code(index.span(levels, 3))
        opens = index.find("ST")
        self.transaction = self._last(opens)
        provider = self._last(levels[codes == name_key("20")])
        subscriber = self._last(levels[codes == name_key("22")])
        self.provider = np.maximum(provider, self.transaction)
        self.subscriber = np.maximum(np.maximum(subscriber, provider), self.transaction)
        self.patient = np.maximum(self._last(levels), self.transaction)

    def _last(self, segments: Ints) -> Ints:
        """For every claim, the last of these segments before it, else -1."""
        if not segments.size:
            return np.full(self._shape.claims.size, -1, np.int64)
        at = np.searchsorted(segments, self._shape.claims) - 1
        return np.where(at >= 0, segments[np.maximum(at, 0)], -1)

    def last(self, name: str, since: Ints, *qualifiers: str) -> Ints:
        """For every claim, the last such segment above it and after ``since``, else -1."""
        found = self._last(self._shape.at(self._index, name, ABOVE, *qualifiers))
        return np.where(found > since, found, -1)

    def last_reference_of(self, owner: str, since: Ints, *qualifiers: str) -> Ints:
        """The last REF that belongs to the NM1 loop of ``owner``."""
        references = self._shape.at(self._index, "REF", ABOVE, *qualifiers)
        names = self._index.find("NM1")
        at = np.searchsorted(names, references) - 1
        codes = np.append(self._index.qualifiers("NM1"), np.uint64(0))
        owned = (at >= 0) & (codes[at] == name_key(owner))
        found = self._last(references[owned])
        return np.where(found > since, found, -1)
