"""837: the zones of a claim, and claims (CLM) as a table.

The loops above a claim (billing provider, subscriber, patient) hold for every claim until the next loop
of their level. After CLM come the claim's own segments, then those of other payers (from SBR on), then
the lines (from LX on), in which SVD starts what another payer did with the line.
"""

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
    day_array,
    first_of,
    last_where,
    money_array,
    numbered,
    otherwise,
    table_of,
)
from evenhand.claims.x12.index import Ints, Mask, SegmentIndex, name_key, one_of
from evenhand.claims.x12.numbers import Numbers, nothing, placed
from evenhand.claims.x12.remittance import npi_of
from evenhand.claims.x12.structure import CLAIM, Counters, any_of
from evenhand.codes import PRODUCTS

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
    zone = _zones(marks, in_claim)
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


def _zones(marks: tuple[tuple[Mask, int], ...], in_claim: Mask) -> npt.NDArray[np.int8]:
    mark = np.full(in_claim.size, -1, np.int8)
    for mask, zone in marks:
        mark[mask] = zone
    seen = last_where(mark >= 0)
    return np.where(in_claim, mark[seen], ABOVE).astype(np.int8)


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
    columns = {
        "claim_key": pa.array(shape.claim_keys),
        "file_id": pa.array(np.full(clm.size, block.base)),
        "claim_id": index.text(clm, 1),
        "claim_type": _type_names(shape),
        "original_claim_id": index.text(shape.first(index, "REF", "F8"), 2),
        "prior_authorization": index.text(shape.first(index, "REF", "G1"), 2),
        "charge_amount": money_array(charge),
        "repriced_allowed_amount": money_array(_repriced(block, shape.first(index, "HCP"), subject)),
        "claim_start_date": day_array(otherwise(stated.start, by_lines.start)),
        "claim_end_date": day_array(otherwise(stated.end, by_lines.end)),
        "byte_offset": pa.array(start),
        "byte_length": pa.array(length),
        **_coverage(index, above),
        **_people(block, shape, above),
        **_providers(index, shape, above),
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


def _providers(index: SegmentIndex, shape: ClaimShape, above: Above) -> dict[str, pa.Array]:
    """NPIs and the tax number (REF*EI or SY of the billing provider, in 4010 its NM109)."""
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
        "facility_npi": npi_of(index, shape.first(index, "NM1", "77", "FA")),
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
    }


def _dated(index: SegmentIndex, shape: ClaimShape, qualifier: str) -> Ints:
    """The claim's DTP with this qualifier, unless it holds a time only."""
    found = shape.first(index, "DTP", qualifier)
    return np.where(index.code(index.span(found, 2)) == name_key("TM"), -1, found)
