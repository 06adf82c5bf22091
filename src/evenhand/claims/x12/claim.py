"""837: claims (CLM) as a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.claims.x12.addresses import billing_zips, facility_zips
from evenhand.claims.x12.block import (
    Block,
    Subject,
    day_array,
    first_of,
    money_array,
    otherwise,
    table_of,
)
from evenhand.claims.x12.claim_shape import CLAIM_TYPES, INSTITUTIONAL, OWN, Above, ClaimShape
from evenhand.claims.x12.index import Ints, SegmentIndex
from evenhand.claims.x12.numbers import Numbers, nothing, placed
from evenhand.claims.x12.remittance import npi_of
from evenhand.claims.x12.text import name_key, one_of
from evenhand.codes import PRODUCTS


def date_range(block: Block, segments: Ints, subject: Subject) -> tuple[Numbers, Numbers]:
    """DTP03 of these segments (-1: none): first and last day."""
    rows = np.flatnonzero(segments >= 0)
    few = segments[rows]
    keys = Subject(subject.table, subject.keys[rows])
    start, end = block.index.span(few, 3)
    ranged = (block.index.code(block.index.span(few, 2)) == name_key("RD8")) & (end - start == 17)
    first = block.days(few, 3, keys, (start, np.where(ranged, start + 8, end)))
    last = block.days(few, 3, keys, (np.where(ranged, start + 9, start), np.where(ranged, end, start)))
    return placed(segments.size, rows, first), placed(segments.size, rows, otherwise(last, first))


@dataclass(frozen=True, slots=True)
class ClaimDays:
    """The days a claim states, and those its lines span."""

    start: Numbers
    end: Numbers


def claim_days(block: Block, shape: ClaimShape) -> ClaimDays:
    """First and last day as the claim states them: DTP*434, else DTP*472 at claim level."""
    subject = Subject("claims", shape.claim_keys)
    statement = shape.first(block.index, "DTP", "434")
    service = shape.first(block.index, "DTP", "472")
    return ClaimDays(*date_range(block, np.where(statement >= 0, statement, service), subject))


def spanned(shape: ClaimShape, start: Numbers, end: Numbers) -> ClaimDays:
    """The days the lines of each claim span."""
    claim = shape.claim[shape.lines]
    far = np.int64(2**40)
    first, last = np.full(shape.claims.size, far), np.full(shape.claims.size, -far)
    known = ~start.missing
    np.minimum.at(first, claim[known], start.values[known])
    np.maximum.at(last, claim[known], np.where(end.missing, start.values, end.values)[known])
    none, no = first == far, np.zeros(first.size, bool)
    return ClaimDays(Numbers(np.where(none, 0, first), none, no), Numbers(np.where(none, 0, last), none, no))


def claims_table(block: Block, shape: ClaimShape, stated: ClaimDays, by_lines: ClaimDays) -> tuple[pa.Table, Numbers]:
    """The claims table, and the charges for the checks."""
    index, clm = block.index, shape.claims
    subject = Subject("claims", shape.claim_keys)
    charge = block.money(clm, 2, subject)
    above = Above(index, shape)
    start, length = index.extent(clm, shape.ends)
    repriced = shape.first(index, "HCP")
    columns = {
        "claim_key": pa.array(shape.claim_keys),
        "file_id": pa.array(np.full(clm.size, block.base)),
        "claim_id": index.text(clm, 1),
        "claim_type": _type_names(shape),
        "original_claim_id": index.text(shape.first(index, "REF", "F8"), 2),
        "prior_authorization": index.text(shape.first(index, "REF", "G1"), 2),
        "charge_amount": money_array(charge),
        "repriced_allowed_amount": money_array(_repriced(block, repriced, subject)),
        "network": index.text(repriced, 4),
        "claim_start_date": day_array(otherwise(stated.start, by_lines.start)),
        "claim_end_date": day_array(otherwise(stated.end, by_lines.end)),
        "byte_offset": pa.array(start),
        "byte_length": pa.array(length),
        **_coverage(index, above),
        **_people(block, shape, above),
        **_providers(block, shape, above),
        **_facility(block, shape),
    }
    return table_of("claims", columns), charge


def _repriced(block: Block, segments: Ints, subject: Subject) -> Numbers:
    """HCP02 of these segments (-1: none)."""
    rows = np.flatnonzero(segments >= 0)
    if not rows.size:
        return nothing(segments.size)
    amounts = block.money(segments[rows], 2, Subject(subject.table, subject.keys[rows]))
    return placed(segments.size, rows, amounts)


def _type_names(shape: ClaimShape) -> pa.Array:
    return pa.array(CLAIM_TYPES, pa.string()).take(pa.array(shape.types, mask=shape.types < 0))


def _coverage(index: SegmentIndex, above: Above) -> dict[str, pa.Array]:
    """Payer, product and plan, from SBR and the payer's NM1."""
    payer = above.last("NM1", above.subscriber, "PR")
    coverage = above.last("SBR", above.subscriber)
    filing = index.text(coverage, 9)
    known = pa.array(PRODUCTS.keys(), pa.string())
    return {
        "payer": index.text(payer, 3),
        "payer_id": index.text(payer, 9),
        "payer_sequence": index.text(coverage, 1),
        "group_number": index.text(coverage, 3),
        "plan": index.text(coverage, 4),
        "filing_code": filing,
        "product": pa.array(PRODUCTS.values(), pa.string()).take(pc.index_in(filing, known)),
    }


def _people(block: Block, shape: ClaimShape, above: Above) -> dict[str, pa.Array]:
    """The subscriber's number and the patient's birth date and sex."""
    index = block.index
    person = above.last("DMG", above.patient)
    rows = np.flatnonzero(person >= 0)
    births = block.days(person[rows], 2, Subject("claims", shape.claim_keys[rows], shape.claims[rows]))
    return {
        "member_id": index.text(above.last("NM1", above.subscriber, "IL"), 9),
        "person_id": pa.nulls(shape.claims.size, pa.string()),
        "patient_birth_date": day_array(placed(person.size, rows, births)),
        "patient_sex": index.text(person, 3),
    }


def _providers(block: Block, shape: ClaimShape, above: Above) -> dict[str, pa.Array]:
    """NPIs, ZIP codes and the tax number (REF*EI or SY of the billing provider, in 4010 its NM109)."""
    index = block.index
    facility = shape.first(index, "NM1", "77", "FA")
    billing = above.last("NM1", above.provider, "85")
    reference = above.last_reference_of("85", above.provider, "EI", "SY")
    kind = index.code(index.span(billing, 8))
    in_name = one_of(kind, "24", "34", "FI")
    tin = pc.coalesce(index.text(reference, 2), index.text(np.where(in_name, billing, -1), 9))
    return {
        "billing_npi": npi_of(index, billing),
        "billing_tin": pc.replace_substring_regex(tin, "[^0-9]", ""),
        "rendering_npi": npi_of(index, shape.first(index, "NM1", "82")),
        "attending_npi": npi_of(index, shape.first(index, "NM1", "71")),
        "facility_npi": npi_of(index, facility),
        "billing_zip": billing_zips(block, shape, billing),
        "facility_zip": facility_zips(block, shape, facility),
    }


def _facility(block: Block, shape: ClaimShape) -> dict[str, pa.Array]:
    """CLM05, CL1, the DRG, and the days of admission and discharge."""
    index, clm = block.index, shape.claims
    place = [index.text_of(part) for part in index.components(index.span(clm, 5), 3)]
    institutional = pa.array(shape.types == CLAIM_TYPES.index(INSTITUTIONAL))
    bill = pc.binary_join_element_wise(pc.utf8_ltrim(place[0], characters="0"), place[2], "")
    stay = shape.first(index, "CL1")
    subject = Subject("claims", shape.claim_keys)
    groups = index.find("HI")
    groups = groups[shape.zone[groups] == OWN]
    groups = groups[index.code(index.components(index.span(groups, 1), 1)[0]) == name_key("DR")]
    group = index.span(first_of(shape.claim[groups], groups, clm.size), 1)
    return {
        "claim_frequency": place[2],
        "place_of_service_code": pc.if_else(institutional, None, place[0]),
        "bill_type_code": pc.if_else(institutional, bill, None),
        "admit_type_code": index.text(stay, 1),
        "admit_source_code": index.text(stay, 2),
        "discharge_disposition_code": index.text(stay, 3),
        "admission_date": day_array(date_range(block, _dated(index, shape, "435"), subject)[0]),
        "discharge_date": day_array(date_range(block, _dated(index, shape, "096"), subject)[0]),
        "drg_code_type": pa.nulls(clm.size, pa.string()),
        "drg_code": index.text_of(index.components(group, 2)[1]),
        "drg_severity": pa.nulls(clm.size, pa.string()),
    }


def _dated(index: SegmentIndex, shape: ClaimShape, qualifier: str) -> Ints:
    """The claim's DTP with this qualifier, unless it holds a time only."""
    found = shape.first(index, "DTP", qualifier)
    return np.where(index.code(index.span(found, 2)) == name_key("TM"), -1, found)
