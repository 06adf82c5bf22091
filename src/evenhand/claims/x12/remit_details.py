"""835: adjustments, remarks, provider adjustments, and the amounts, references and dates without a column."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.claims.x12.block import (
    Block,
    Keys,
    Subject,
    count_array,
    day_array,
    expanded,
    key_array,
    money_array,
    quantity_array,
    rank_in_run,
    table_of,
)
from evenhand.claims.x12.index import Ints, Mask, SegmentIndex, Span
from evenhand.claims.x12.numbers import Numbers
from evenhand.claims.x12.remit_shape import LINE_LEVEL, RemitShape
from evenhand.claims.x12.text import name_key, one_of

Codes = npt.NDArray[np.uint32]

_TRIPLETS, _PAIRS = 6, 6
_MIA_AMOUNTS = (2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 24)
_MIA_REMARKS = (5, 20, 21, 22, 23)
_MOA_AMOUNTS = (2, 8, 9)
_MOA_REMARKS = (3, 4, 5, 6, 7)
GROUPS = ("CO", "PR", "OA", "PI", "CR")


@dataclass(frozen=True, slots=True)
class AdjustmentCells:
    """The reasons and amounts of CAS segments, one row each, in the order of the file.

    ``row`` tells which of the segments in ``cas`` each belongs to.
    """

    cas: Ints
    row: Ints
    segment: Ints
    element: Ints
    group: Codes
    reason: Codes
    amount: Numbers
    quantity: Numbers


def adjustment_cells(block: Block, cas: Ints, subject: Subject) -> AdjustmentCells:
    """Take CAS segments apart: six times reason, amount, quantity, with gaps; nothing is read as zero."""
    index = block.index
    rows, nth = expanded(np.clip((index.elements_of(cas) + 1) // 3, 0, _TRIPLETS))
    segment, element = cas[rows], 2 + 3 * nth
    reason, amount = index.span(segment, element), index.span(segment, element + 1)
    filled = (reason[1] > reason[0]) | (amount[1] > amount[0])
    if not filled.all():
        rows, segment, element = rows[filled], segment[filled], element[filled]
        reason, amount = index.span(segment, element), index.span(segment, element + 1)
    keys = Subject(subject.table, subject.keys[rows])
    numbers = block.money(segment, element + 1, keys, amount)
    if numbers.absent.any():
        block.complain("missing-amount", numbers.absent, segment, element + 1, cells=amount, subject=keys)
    group = index.short_code(index.span(cas, 1))
    _check_groups(block, cas, group, Subject(subject.table, subject.keys))
    _check_reasons(block, segment, element, reason=reason, subject=keys)
    quantity = block.quantity(segment, element + 2, keys)
    return AdjustmentCells(cas, rows, segment, element, group[rows], index.short_code(reason), numbers, quantity)


def _check_groups(block: Block, cas: Ints, group: Codes, subject: Subject) -> None:
    """Group codes are known; a CAS without any reason or amount is not looked at."""
    unknown = ~one_of(group, *GROUPS) & (block.index.elements_of(cas) > 1)
    if unknown.any():
        block.complain("code-shape", unknown, cas, 1, cells=block.index.span(cas, 1), subject=subject)


def _check_reasons(block: Block, segment: Ints, element: Ints, *, reason: Span, subject: Subject) -> None:
    """Reason codes end in a digit and have at most four characters."""
    last = block.index.data[reason[1] - 1]
    odd = (last < 48) | (last > 57) | (reason[1] - reason[0] > 4) | (reason[1] <= reason[0])
    if odd.any():
        block.complain("code-shape", odd, segment, element, cells=reason, subject=subject)


def adjustments_table(block: Block, shape: RemitShape, cells: AdjustmentCells) -> pa.Table:
    """The adjustments table."""
    index, segment = block.index, cells.segment
    at_line = shape.level[segment] == LINE_LEVEL
    owner = np.where(at_line, shape.line[segment] + shape.claims.size, shape.claim[segment])
    columns = {
        "remit_claim_key": pa.array(shape.claim_keys[shape.claim[segment]]),
        "remit_line_key": key_array(shape.line_keys_of(segment)),
        "position": count_array(rank_in_run(owner)),
        "group_code": index.text(cells.cas, 1).take(pa.array(cells.row)),
        "reason_code": index.text(segment, cells.element),
        "amount": money_array(cells.amount),
        "quantity": quantity_array(cells.quantity),
    }
    return table_of("adjustments", columns)


def _owners(shape: RemitShape, segments: Ints) -> dict[str, pa.Array]:
    return {
        "remit_claim_key": pa.array(shape.claim_keys[shape.claim[segments]]),
        "remit_line_key": key_array(shape.line_keys_of(segments)),
    }


def _subject(shape: RemitShape, segments: Ints) -> Subject:
    return Subject("remit_claims", shape.claim_keys[shape.claim[segments]])


def _filled_cells(index: SegmentIndex, segments: Ints, elements: tuple[int, ...]) -> tuple[Ints, Ints]:
    """The elements among these that are not empty: their segment and number."""
    segment = np.repeat(segments, len(elements))
    element = np.tile(np.array(elements, np.int64), segments.size)
    start, end = index.span(segment, element)
    return segment[end > start], element[end > start]


def _merged(*parts: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Cells of several segments in the order of the file."""
    segment = np.concatenate([part[0] for part in parts])
    element = np.concatenate([part[1] for part in parts])
    order = np.lexsort((element, segment))
    return segment[order], element[order]


def _seconds(segments: Ints) -> tuple[Ints, Ints]:
    return segments, np.full(segments.size, 2, np.int64)


def remarks_table(block: Block, shape: RemitShape) -> pa.Table:
    """The remarks table, from LQ, MIA and MOA."""
    index = block.index
    segment, element = _merged(
        _filled_cells(index, shape.inside(block, "LQ"), (2,)),
        _filled_cells(index, shape.inside(block, "MIA"), _MIA_REMARKS),
        _filled_cells(index, shape.inside(block, "MOA"), _MOA_REMARKS),
    )
    columns = {
        **_owners(shape, segment),
        "source": index.label(segment, ("LQ", "MIA", "MOA")),
        "code": index.text(segment, element),
    }
    return table_of("remarks", columns)


def amounts_table(block: Block, shape: RemitShape, amt: Ints) -> pa.Table:
    """The remit_amounts table, from the AMT left over and the amounts of MIA and MOA."""
    index = block.index
    mia, moa = shape.inside(block, "MIA"), shape.inside(block, "MOA")
    segment, element = _merged(
        _seconds(amt), _filled_cells(index, mia, _MIA_AMOUNTS), _filled_cells(index, moa, _MOA_AMOUNTS)
    )
    own = index.key[segment] == name_key("AMT")
    qualifier = index.text(segment, 1)
    if not own.all():
        numbers = pc.utf8_lpad(pc.cast(pa.array(element), pa.string()), 2, padding="0")
        names = pc.binary_join_element_wise(index.label(segment, ("AMT", "MIA", "MOA")), numbers, "")
        qualifier = pc.if_else(pa.array(own), qualifier, names)
    subject = _subject(shape, segment)
    amounts = block.money(segment, element, subject)
    if amounts.absent.any():
        cells = index.span(segment, element)
        block.complain("missing-amount", amounts.absent, segment, element, cells=cells, subject=subject)
    return table_of(
        "remit_amounts", {**_owners(shape, segment), "qualifier": qualifier, "amount": money_array(amounts)}
    )


def references_table(block: Block, shape: RemitShape, ref: Ints) -> pa.Table:
    """The remit_references table, from the REF left over."""
    index = block.index
    columns = {**_owners(shape, ref), "qualifier": index.text(ref, 1), "value": index.text(ref, 2)}
    return table_of("remit_references", columns)


def dates_table(block: Block, shape: RemitShape, dtm: Ints) -> pa.Table:
    """The remit_dates table, from the DTM left over."""
    days = block.days(dtm, 2, _subject(shape, dtm))
    columns = {**_owners(shape, dtm), "qualifier": block.index.text(dtm, 1), "day": day_array(days)}
    return table_of("remit_dates", columns)


@dataclass(frozen=True, slots=True)
class ProviderAdjustments:
    """The pairs of PLB segments: their segment, amount, fiscal date, and whether they pay interest (L6)."""

    segment: Ints
    element: Ints
    amount: Numbers
    fiscal_date: Numbers
    interest: Mask


def provider_adjustments(block: Block, plb: Ints, remit_keys: Keys) -> ProviderAdjustments:
    """Take PLB segments apart: six times reason and amount."""
    index = block.index
    rows, nth = expanded(np.clip((index.elements_of(plb) - 1) // 2, 0, _PAIRS))
    segment, element = plb[rows], 3 + 2 * nth
    reason, amount = index.span(segment, element), index.span(segment, element + 1)
    filled = (reason[1] > reason[0]) | (amount[1] > amount[0])
    rows, segment, element = rows[filled], segment[filled], element[filled]
    fiscal = block.days(plb, 2, Subject("remits", remit_keys[plb])).rows(rows)
    subject = Subject("remits", remit_keys[segment])
    numbers = block.money(segment, element + 1, subject)
    if numbers.absent.any():
        cells = index.span(segment, element + 1)
        block.complain("missing-amount", numbers.absent, segment, element + 1, cells=cells, subject=subject)
    code = index.code(index.components(index.span(segment, element), 1)[0])
    return ProviderAdjustments(segment, element, numbers, fiscal, code == name_key("L6"))


def provider_adjustments_table(
    block: Block, remit_keys: Keys, pairs: ProviderAdjustments, *, open_key: int, already: int
) -> tuple[pa.Table, int]:
    """The provider_adjustments table; ``already`` pairs of the remittance open before stood in earlier blocks.

    Returns also how many pairs the last remittance has by now.
    """
    index, segment = block.index, pairs.segment
    keys = remit_keys[segment]
    position = rank_in_run(keys)
    position[keys == open_key] += already
    code, reference = index.components(index.span(segment, pairs.element), 2)
    columns = {
        "remit_key": pa.array(keys),
        "position": count_array(position),
        "provider_id": index.text(segment, 1),
        "fiscal_date": day_array(pairs.fiscal_date),
        "reason_code": index.text_of(code),
        "reference": index.text_of(reference),
        "amount": money_array(pairs.amount),
    }
    count = int(np.count_nonzero(keys == remit_keys[-1])) + (already if remit_keys[-1] == open_key else 0)
    return table_of("provider_adjustments", columns), count
