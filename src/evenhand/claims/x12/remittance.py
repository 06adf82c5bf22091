"""835: claims (CLP) and service lines (SVC) of a remittance as tables."""

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
    Tables,
    count_array,
    day_array,
    money_array,
    otherwise,
    quantity_array,
    rank_in_run,
    table_of,
)
from evenhand.claims.x12.index import Ints, Mask, SegmentIndex
from evenhand.claims.x12.numbers import Numbers, placed
from evenhand.claims.x12.remit_shape import CLAIM_LEVEL, LINE_LEVEL, Qualified, RemitShape
from evenhand.claims.x12.text import name_key


@dataclass(frozen=True, slots=True)
class Dated:
    """First and last day of each claim or line."""

    start: Numbers
    end: Numbers


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """Amounts of the claims, for the checks."""

    charge: Numbers
    paid: Numbers
    patient: Numbers
    interest: Numbers
    status: npt.NDArray[np.uint32]
    dates: Dated


@dataclass(frozen=True, slots=True)
class LineFigures:
    """Amounts of the lines, for the checks."""

    charge: Numbers
    paid: Numbers
    allowed: Numbers


def claims_table(block: Block, shape: RemitShape, rest: dict[str, list[Ints]]) -> tuple[pa.Table, ClaimFigures]:
    """The remit_claims table; segments without a column of their own are added to ``rest``."""
    index, clp = block.index, shape.claims
    subject = Subject("remit_claims", shape.claim_keys)
    references, dates, amounts = (Qualified(block, shape, name, CLAIM_LEVEL) for name in ("REF", "DTM", "AMT"))
    charge, paid, patient = (block.money(clp, element, subject) for element in (3, 4, 5))
    interest = _placed_amounts(block, amounts.first("I"), subject)
    start, end = (block.days(dates.first(qualifier), 2, subject) for qualifier in ("232", "233"))
    columns = {
        **_claim_texts(index, shape),
        "charge_amount": money_array(charge),
        "paid_amount": money_array(paid),
        "patient_responsibility_amount": money_array(patient),
        "original_payer_claim_number": index.text(references.first("F8"), 2),
        "group_number": index.text(references.first("1L"), 2),
        "contract_class": index.text(references.first("CE"), 2),
        "drg_weight": quantity_array(block.quantity(clp, 12, subject, 4), 4),
        "claim_start_date": day_array(start),
        "claim_end_date": day_array(end),
        "received_date": day_array(block.days(dates.first("050"), 2, subject)),
        "reported_allowed_amount": money_array(_placed_amounts(block, amounts.first("AU"), subject)),
        "interest_amount": money_array(interest),
        **_claim_places(block, shape),
        **_claim_people(block, shape),
    }
    for name, segments in (("REF", references), ("DTM", dates), ("AMT", amounts)):
        rest[name].append(segments.rest())
    status = index.short_code(index.span(clp, 2))
    figures = ClaimFigures(charge, paid, patient, interest, status, Dated(start, end))
    return table_of("remit_claims", columns), figures


def _claim_texts(index: SegmentIndex, shape: RemitShape) -> dict[str, pa.Array]:
    elements = {
        "claim_id": 1,
        "status_code": 2,
        "filing_code": 6,
        "payer_claim_number": 7,
        "facility_code": 8,
        "claim_frequency": 9,
        "drg_code": 11,
    }
    return {name: index.text(shape.claims, element) for name, element in elements.items()}


def _claim_places(block: Block, shape: RemitShape) -> dict[str, pa.Array]:
    start, length = block.index.extent(shape.claims, shape.ends)
    return {
        "remit_claim_key": pa.array(shape.claim_keys),
        "remit_key": pa.array(shape.remit_keys[shape.claims]),
        "byte_offset": pa.array(start),
        "byte_length": pa.array(length),
    }


def _claim_people(block: Block, shape: RemitShape) -> dict[str, pa.Array]:
    """Member number (of the subscriber, else of the patient) and rendering NPI."""
    names = Qualified(block, shape, "NM1", CLAIM_LEVEL)
    insured, patient, rendering = (names.first(qualifier) for qualifier in ("IL", "QC", "82"))
    start, end = block.index.span(insured, 9)
    member = np.where(end > start, insured, patient)
    return {"member_id": block.index.text(member, 9), "rendering_npi": npi_of(block.index, rendering)}


def npi_of(index: SegmentIndex, names: Ints) -> pa.Array:
    """NM109 of each NM1, where NM108 says that it is an NPI."""
    return index.text(np.where(index.short_code(index.span(names, 8)) == name_key("XX"), names, -1), 9)


def _placed_amounts(block: Block, segments: Ints, subject: Subject) -> Numbers:
    """AMT02 of these segments (-1: none), read for the few there are."""
    rows = np.flatnonzero(segments >= 0)
    few = segments[rows]
    return placed(segments.size, rows, block.money(few, 2, Subject(subject.table, subject.keys[rows])))


def lines_table(
    block: Block, shape: RemitShape, claim_dates: Dated, rest: dict[str, list[Ints]]
) -> tuple[pa.Table, LineFigures]:
    """The remit_lines table; segments without a column of their own are added to ``rest``."""
    index, svc = block.index, shape.lines
    subject = Subject("remit_lines", shape.line_keys)
    claim = shape.claim[svc]
    references, dates, amounts = (Qualified(block, shape, name, LINE_LEVEL) for name in ("REF", "DTM", "AMT"))
    charge, paid = (block.money(svc, element, subject) for element in (2, 3))
    allowed = _placed_amounts(block, amounts.first("B6"), subject)
    start = otherwise(block.days(dates.first("472", "150"), 2, subject), claim_dates.start.rows(claim))
    end = otherwise(block.days(dates.first("151"), 2, subject), start)
    columns = {
        "remit_line_key": pa.array(shape.line_keys),
        "remit_claim_key": pa.array(shape.claim_keys[claim]),
        "remit_line_number": count_array(rank_in_run(claim)),
        "line_control_number": index.text(references.first("6R"), 2),
        **_line_codes(block, shape),
        "charge_amount": money_array(charge),
        "paid_amount": money_array(paid),
        **_line_units(block, svc, subject),
        "service_start_date": day_array(start),
        "service_end_date": day_array(end),
        "reported_allowed_amount": money_array(allowed),
        "rendering_npi": index.text(references.first("HPI"), 2),
    }
    for name, segments in (("REF", references), ("DTM", dates), ("AMT", amounts)):
        rest[name].append(segments.rest())
    return table_of("remit_lines", columns), LineFigures(charge, paid, allowed)


def _line_units(block: Block, svc: Ints, subject: Subject) -> dict[str, pa.Array]:
    """Units paid (one where the payer says nothing) and units submitted."""
    units = block.quantity(svc, 5, subject)
    paid = Numbers(np.where(units.absent, 1000, units.values), np.zeros(svc.size, bool), units.bad)
    return {
        "service_unit_quantity": quantity_array(paid),
        "submitted_unit_quantity": quantity_array(block.quantity(svc, 7, subject)),
    }


def _line_codes(block: Block, shape: RemitShape) -> dict[str, pa.Array]:
    """SVC01, SVC04 and SVC06 taken apart."""
    index, svc = block.index, shape.lines
    composite, submitted = index.span(svc, 1), index.span(svc, 6)
    parts, changed = index.components(composite, 6), index.components(submitted, 2)
    kind = index.short_code(parts[0])
    code, revenue_code = parts[1], index.span(svc, 4)
    _check_code_lengths(block, svc, code=code, checked=kind == name_key("HC"), keys=shape.line_keys)
    revenue = kind == name_key("NU")
    if revenue.any():
        revenue_code = np.where(revenue, code[0], revenue_code[0]), np.where(revenue, code[1], revenue_code[1])
        code = code[0], np.where(revenue, code[0], code[1])
    return {
        "code_qualifier": index.text_of(parts[0]),
        "hcpcs_code": index.text_of(code),
        **{f"hcpcs_modifier_{n}": index.text_of(parts[n + 1]) for n in range(1, 5)},
        "revenue_center_code": four_digits(index.text_of(revenue_code), revenue_code[1] - revenue_code[0]),
        "submitted_code_qualifier": index.text_of(changed[0]),
        "submitted_code": index.text_of(changed[1]),
    }


def _check_code_lengths(block: Block, svc: Ints, *, code: tuple[Ints, Ints], checked: Mask, keys: Keys) -> None:
    wrong = checked & (code[1] - code[0] != 5)
    if wrong.any():
        block.complain("code-shape", wrong, svc, 1, cells=code, subject=Subject("remit_lines", keys))


def four_digits(codes: pa.Array, lengths: Ints) -> pa.Array:
    """Revenue codes with the leading zero some files drop."""
    if (lengths == 3).any():
        return pc.if_else(pc.equal(pc.binary_length(codes), 3), pc.utf8_lpad(codes, 4, padding="0"), codes)
    return codes


def remittance_tables(block: Block, shape: RemitShape) -> tuple[Tables, ClaimFigures, LineFigures, dict[str, Ints]]:
    """Claims and lines of the block, their figures, and the REF, DTM and AMT left for the long tables."""
    rest: dict[str, list[Ints]] = {"REF": [], "DTM": [], "AMT": []}
    claims, claim_figures = claims_table(block, shape, rest)
    lines, line_figures = lines_table(block, shape, claim_figures.dates, rest)
    left = {name: np.sort(np.concatenate(parts)) for name, parts in rest.items()}
    return {"remit_claims": claims, "remit_lines": lines}, claim_figures, line_figures, left
