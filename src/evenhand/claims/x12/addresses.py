"""837: ZIP codes of the billing provider and of the service facility (N403), by which places are told apart."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.claims.x12.block import Block, Subject
from evenhand.claims.x12.claim_shape import ABOVE, ClaimShape
from evenhand.claims.x12.index import Ints, Mask, SegmentIndex
from evenhand.claims.x12.structure import any_of

_ZIP = "^ *[0-9]{5}(-?[0-9]{4})? *$"
#: What ends the loop that an NM1 opens.
_NEXT_LOOP = ("NM1", "SBR", "CLM", "LX", "HL", "ST", "SE", "ISA", "IEA", "GS", "GE")


def billing_zips(block: Block, shape: ClaimShape, billing: Ints) -> pa.Array:
    """For every claim, the ZIP code of its billing provider; ``billing`` is the NM1 of it, or -1.

    A provider may stand above thousands of claims, so a ZIP code that is none is said once, of the file.
    """
    index = block.index
    names = shape.at(index, "NM1", ABOVE, "85")
    if not names.size:
        return pa.nulls(billing.size, pa.string())
    towns = _towns(index, names)
    about = Subject("files", np.full(names.size, block.base))
    zips = _zips(block, towns, about, told=towns >= index.own)
    return zips.take(pa.array(np.searchsorted(names, billing), mask=billing < 0))


def facility_zips(block: Block, shape: ClaimShape, facility: Ints) -> pa.Array:
    """For every claim, the ZIP code of its service facility; ``facility`` is the NM1 of it, or -1."""
    if not (facility >= 0).any():
        return pa.nulls(facility.size, pa.string())
    towns = _towns(block.index, facility)
    return _zips(block, towns, Subject("claims", shape.claim_keys), told=towns >= 0)


def _towns(index: SegmentIndex, names: Ints) -> Ints:
    """The N4 in the loop of each of these NM1, else -1."""
    towns = np.append(index.find("N4"), len(index))
    ends = np.append(np.flatnonzero(any_of(index, _NEXT_LOOP)), len(index))
    found = towns[np.searchsorted(towns, names)]
    inside = (names >= 0) & (found < ends[np.searchsorted(ends, names, side="right")])
    return np.where(inside, found, -1)


def _zips(block: Block, towns: Ints, subject: Subject, *, told: Mask) -> pa.Array:
    """N403 without its dash; what is no ZIP code is null, and a finding where it is to be told."""
    text = block.index.text(towns, 3)
    good = pc.match_substring_regex(text, _ZIP)
    bad: npt.NDArray[np.bool_] = pc.invert(good).fill_null(False).to_numpy(zero_copy_only=False)
    if bad.any():
        block.complain("bad-zip", bad & told, towns, 3, cells=block.index.span(towns, 3), subject=subject)
    return pc.if_else(good, pc.replace_substring_regex(text, "[^0-9]", ""), None)
