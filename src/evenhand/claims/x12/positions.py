"""Segments in places where nothing reads them: each one is a finding, with its amounts.

So what a file says is always in a table or in a finding, and the two add up.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from evenhand.claims.x12.block import Block
from evenhand.claims.x12.findings import ERROR, NOTE, WARNING, Finding, dollars, quoted
from evenhand.claims.x12.index import Ints, SegmentIndex
from evenhand.claims.x12.numbers import read_number
from evenhand.claims.x12.structure import CLAIM, OTHER, OUTSIDE, REMITTANCE, any_of
from evenhand.claims.x12.text import name_key

#: Segments that carry money, and the elements that hold it.
MONEY_ELEMENTS: dict[str, tuple[int, ...]] = {
    "BPR": (2,),
    "CLP": (3, 4, 5),
    "SVC": (2, 3),
    "CAS": (3, 6, 9, 12, 15, 18),
    "PLB": (4, 6, 8, 10, 12, 14),
    "AMT": (2,),
    "CLM": (2,),
    "SV1": (2,),
    "SV2": (3,),
    "SV3": (2,),
    "SVD": (2,),
}
#: The most elements these segments have.
_MOST_ELEMENTS = {"CLP": 14, "SVC": 7, "CAS": 19, "PLB": 14, "CLM": 20, "SV1": 21, "SV2": 10, "SV3": 12, "SVD": 6}
_ENVELOPE = ("ISA", "IEA", "TA1", "GS", "GE", "ST", "SE")
_KNOWN = {
    REMITTANCE: "BPR NTE TRN CUR REF DTM N1 N2 N3 N4 PER RDM LX TS3 TS2 CLP CAS NM1 MIA MOA AMT QTY SVC LQ PLB",
    CLAIM: "BHT REF NM1 N2 N3 N4 PER HL PRV CUR SBR PAT DMG CLM DTP CL1 DN1 DN2 PWK CN1 AMT K3 NTE CR1 CR2 CR3 CR4 "
    "CR5 CR6 CR7 CR8 CRC HI HCP HSD QTY CAS OI MIA MOA LX SV1 SV2 SV3 SV4 SV5 SV6 SV7 TOO MEA PS1 LIN CTP FRM LQ SVD "
    "PAT IMM UR DSB",
}


def read_elsewhere(block: Block, kind: npt.NDArray[np.int8], used: Ints) -> None:
    """Record the block's segments that no table took: ``used`` are those that carry money and were taken."""
    for segment in _left(block.index, kind, used).tolist():
        _misplaced(block, segment)
    _unknown(block, kind)
    _too_long(block, kind)


def _left(index: SegmentIndex, kind: npt.NDArray[np.int8], used: Ints) -> Ints:
    """The segments that carry money and were not taken."""
    left = any_of(index, tuple(MONEY_ELEMENTS))
    left[used] = False
    segments = np.flatnonzero(left)
    segments = segments[(segments >= index.own) & (kind[segments] != OTHER)]
    # An 837 also has AMT segments that are no payment by anyone; only AMT*D has a table.
    names, codes = index.key[segments], index.code(index.span(segments, 1))
    unpaid = (kind[segments] == CLAIM) & (names == name_key("AMT")) & (codes != name_key("D"))
    chosen: Ints = segments[~unpaid]
    return chosen


def _misplaced(block: Block, segment: int) -> None:
    """One finding for each amount of a segment that stands where it cannot be read, or one for all of it."""
    index = block.index
    name = index.name(segment)
    said = 0
    for element in MONEY_ELEMENTS[name]:
        start, end = (int(part) for part in index.span(np.array(segment), element))
        raw = index.raw(start, end)
        if raw.strip():
            said += 1
            _misplaced_amount(block, segment, f"{name}{element:02d}", raw=raw, position=start)
    if not said:
        message = f"a {name} segment stands where none is read; its codes are in no table"
        offset = int(index.offset(index.start[segment]))
        block.findings.add(segment, Finding("segment-position", WARNING, message, offset=offset, element=name))


def _misplaced_amount(block: Block, segment: int, element: str, *, raw: bytes, position: int) -> None:
    cents = read_number(raw, 2)
    offset = int(block.index.offset(np.array(position)))
    if cents is None:
        shown = quoted(raw)
        message = f"{element} says '{shown}', which is not an amount of money, and stands where none is read"
        finding = Finding("bad-amount", ERROR, message, offset=offset, element=element, found=shown)
    else:
        shown = dollars(cents)
        message = f"{element} of {shown} stands where no {element[:3]} is read; it is in no table"
        finding = Finding("segment-position", ERROR, message, offset=offset, element=element, found=shown, cents=cents)
    block.findings.add(segment, finding)


def _unknown(block: Block, kind: npt.NDArray[np.int8]) -> None:
    """Segments no 835 or 837 has, and text outside any transaction."""
    index = block.index
    known = any_of(index, _ENVELOPE + tuple(MONEY_ELEMENTS)) | (kind == OTHER)
    known[: index.own] = True
    for transaction, names in _KNOWN.items():
        if (kind == transaction).any():
            known |= (kind == transaction) & any_of(index, tuple(names.split()))
    for segment in np.flatnonzero(~known).tolist():
        offset = int(index.offset(index.start[segment]))
        if kind[segment] == OUTSIDE:
            length = int(index.end[segment] - index.start[segment])
            message = f"{length} bytes of text stand outside any transaction"
            finding = Finding("text-outside", NOTE, message, offset=offset)
        else:
            message = "a segment of a name this transaction does not have is not read"
            finding = Finding("unknown-segment", NOTE, message, offset=offset, element=quoted(index.name(segment)))
        block.findings.add(segment, finding)


def _too_long(block: Block, kind: npt.NDArray[np.int8]) -> None:
    """Segments with more elements than they can have: two segments run together, as a rule."""
    index = block.index
    for name, most in _MOST_ELEMENTS.items():
        segments = index.find(name)
        for segment in segments[index.elements_of(segments) > most].tolist():
            count = int(index.elements_of(np.array([segment]))[0])
            if kind[segment] == OTHER or not any(index.elements(segment)[most + 1 :]):
                continue
            finding = Finding(
                rule="extra-elements",
                severity=WARNING,
                message=f"{name} has {count} elements; the last it can have is {name}{most:02d}, the rest is not read",
                offset=int(index.offset(index.start[segment])),
                element=f"{name}{most + 1:02d}",
                found=str(count),
                expected=str(most),
            )
            block.findings.add(segment, finding)
