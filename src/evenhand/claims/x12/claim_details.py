"""837: diagnoses, and what other payers did with the claim (2320) or a line (2430)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.claims.x12.block import (
    NO_KEY,
    Block,
    Keys,
    Subject,
    Tables,
    count_array,
    day_array,
    expanded,
    first_of,
    key_array,
    money_array,
    quantity_array,
    rank_in_run,
    table_of,
)
from evenhand.claims.x12.claim import date_range
from evenhand.claims.x12.claim_shape import OTHER_PAYER, OTHER_PAYER_LINE, OWN, ClaimShape
from evenhand.claims.x12.index import Ints, SegmentIndex
from evenhand.claims.x12.numbers import placed
from evenhand.claims.x12.remit_details import adjustment_cells
from evenhand.claims.x12.text import name_key

_KINDS = ("diagnosis", "admitting", "reason", "cause", "procedure")
_TYPES = ("icd-9-cm", "icd-10-cm", "icd-9-pcs", "icd-10-pcs")
#: HI qualifier → kind and type of its code.
_QUALIFIERS = {
    "BK": (0, 0),
    "BF": (0, 0),
    "BJ": (1, 0),
    "PR": (2, 0),
    "BN": (3, 0),
    "BR": (4, 2),
    "BQ": (4, 2),
    "ABK": (0, 1),
    "ABF": (0, 1),
    "ABJ": (1, 1),
    "APR": (2, 1),
    "ABN": (3, 1),
    "BBR": (4, 3),
    "BBQ": (4, 3),
}
_MOST_CODES = 12


def diagnoses_table(block: Block, shape: ClaimShape) -> pa.Table:
    """The diagnoses table, from the HI segments of the claims."""
    index = block.index
    groups = shape.at(index, "HI", OWN)
    rows, nth = expanded(np.clip(index.elements_of(groups), 0, _MOST_CODES))
    segment, element = groups[rows], nth + 1
    qualifier = index.code(index.components(index.span(segment, element), 1)[0])
    kind, kind_of_code = np.full(segment.size, -1), np.zeros(segment.size, np.int64)
    for code, (one, other) in _QUALIFIERS.items():
        here = qualifier == name_key(code)
        kind[here], kind_of_code[here] = one, other
    known = kind >= 0
    segment, element, kind, kind_of_code = segment[known], element[known], kind[known], kind_of_code[known]
    claim = shape.claim[segment]
    parts = index.components(index.span(segment, element), 9)
    subject = Subject("claims", shape.claim_keys[claim])
    day = _if(kind == _KINDS.index("procedure"), parts[3])
    columns = {
        "claim_key": pa.array(subject.keys),
        "position": count_array(_rank_by_kind(claim, kind)),
        "kind": pa.array(_KINDS, pa.string()).take(pa.array(kind)),
        "code_type": pa.array(_TYPES, pa.string()).take(pa.array(kind_of_code)),
        "code": pc.replace_substring(index.text_of(parts[1]), ".", ""),
        "present_on_admission": index.text_of(parts[8]),
        "procedure_date": day_array(block.days(segment, element, subject, day)),
    }
    return table_of("diagnoses", columns)


def _if(mask: Ints, span: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    return span[0], np.where(mask, span[1], span[0])


def _rank_by_kind(claim: Ints, kind: Ints) -> Ints:
    """Each code's place, from 1, among the codes of its kind in its claim."""
    places = np.zeros(claim.size, np.int64)
    for number in range(len(_KINDS)):
        here = kind == number
        places[here] = rank_in_run(claim[here])
    return places


def other_payer_tables(block: Block, shape: ClaimShape) -> Tables:
    """What other payers did: other_payers and other_payer_adjustments."""
    if not (shape.others.size or shape.line_others.size):
        return {}
    claim_rows, line_rows = _claim_level(block, shape), _line_level(block, shape)
    both = pa.concat_tables([claim_rows, line_rows])
    order = np.argsort(np.concatenate((shape.others, shape.line_others)), kind="stable")
    return {"other_payers": both.take(pa.array(order)), "other_payer_adjustments": _adjustments(block, shape)}


def _claim_level(block: Block, shape: ClaimShape) -> pa.Table:
    index, sbr = block.index, shape.others
    claim = shape.claim[sbr]
    subject = Subject("claims", shape.claim_keys[claim])
    names = {code: _of_other(index, shape, "NM1", code) for code in ("PR", "IL")}
    amounts = _of_other(index, shape, "AMT", "D")
    rows = np.flatnonzero(amounts >= 0)
    paid = block.money(amounts[rows], 2, Subject("claims", subject.keys[rows]))
    columns = {
        "claim_key": pa.array(subject.keys),
        "line_key": pa.nulls(sbr.size, pa.int64()),
        "position": count_array(rank_in_run(claim)),
        "payer_sequence": index.text(sbr, 1),
        "filing_code": index.text(sbr, 9),
        "payer": index.text(names["PR"], 3),
        "payer_id": index.text(names["PR"], 9),
        "member_id": index.text(names["IL"], 9),
        "paid_amount": money_array(placed(sbr.size, rows, paid)),
        "paid_units": pa.nulls(sbr.size, pa.decimal128(18, 3)),
        "hcpcs_code": pa.nulls(sbr.size, pa.string()),
        "paid_date": day_array(date_range(block, _of_other(index, shape, "DTP", "573"), subject)[0]),
    }
    return table_of("other_payers", columns)


def _of_other(index: SegmentIndex, shape: ClaimShape, name: str, qualifier: str) -> Ints:
    segments = shape.at(index, name, OTHER_PAYER, qualifier)
    return first_of(shape.other[segments], segments, shape.others.size)


def taken_by_others(index: SegmentIndex, shape: ClaimShape) -> tuple[Ints, Ints, Ints]:
    """The segments with money that have a place in other_payers: AMT*D, SVD, CAS."""
    found = _of_other(index, shape, "AMT", "D")
    return found[found >= 0], shape.line_others, _adjusting(index, shape)


def _adjusting(index: SegmentIndex, shape: ClaimShape) -> Ints:
    cas = index.find("CAS")
    adjusting: Ints = cas[(shape.zone[cas] == OTHER_PAYER) | (shape.zone[cas] == OTHER_PAYER_LINE)]
    return adjusting


def _line_level(block: Block, shape: ClaimShape) -> pa.Table:
    index, svd = block.index, shape.line_others
    line = shape.line[svd]
    subject = Subject("lines", shape.line_keys[line])
    dates = shape.at(index, "DTP", OTHER_PAYER_LINE, "573")
    dated = first_of(shape.line_other[dates], dates, svd.size)
    text = pa.nulls(svd.size, pa.string())
    columns = {
        "claim_key": pa.array(shape.claim_keys[shape.claim[svd]]),
        "line_key": pa.array(subject.keys),
        "position": count_array(rank_in_run(line)),
        **dict.fromkeys(("payer_sequence", "filing_code", "payer", "member_id"), text),
        "payer_id": index.text(svd, 1),
        "paid_amount": money_array(block.money(svd, 2, subject)),
        "paid_units": quantity_array(block.quantity(svd, 5, subject)),
        "hcpcs_code": index.text_of(index.components(index.span(svd, 3), 2)[1]),
        "paid_date": day_array(date_range(block, dated, subject)[0]),
    }
    return table_of("other_payers", columns)


def _adjustments(block: Block, shape: ClaimShape) -> pa.Table:
    """The other_payer_adjustments table, from the CAS segments of other payers."""
    index = block.index
    cas = _adjusting(index, shape)
    cells = adjustment_cells(block, cas, Subject("claims", shape.claim_keys[shape.claim[cas]]))
    segment = cells.segment
    at_line = shape.zone[segment] == OTHER_PAYER_LINE
    owner = np.where(at_line, shape.line_other[segment] + shape.others.size, shape.other[segment])
    columns = {
        "claim_key": pa.array(shape.claim_keys[shape.claim[segment]]),
        "line_key": key_array(_line_keys(shape, segment, at_line)),
        "other_payer_position": count_array(_positions(shape)[owner]),
        "position": count_array(rank_in_run(owner)),
        "group_code": index.text(cells.cas, 1).take(pa.array(cells.row)),
        "reason_code": index.text(segment, cells.element),
        "amount": money_array(cells.amount),
        "quantity": quantity_array(cells.quantity),
    }
    return table_of("other_payer_adjustments", columns)


def _positions(shape: ClaimShape) -> Ints:
    """Place in its claim or line of every other payer: those of claims, then those of lines."""
    return np.concatenate((rank_in_run(shape.claim[shape.others]), rank_in_run(shape.line[shape.line_others])))


def _line_keys(shape: ClaimShape, segment: Ints, at_line: Ints) -> Keys:
    keys = np.full(segment.size, NO_KEY, np.int64)
    keys[at_line] = shape.line_keys[shape.line[segment[at_line]]]
    return keys
