"""837: service lines (SV1, SV2, SV3) as a table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.claims.schema import LINES
from evenhand.claims.x12.block import (
    Block,
    Subject,
    count_array,
    day_array,
    money_array,
    otherwise,
    quantity_array,
    rank_in_run,
    table_of,
)
from evenhand.claims.x12.claim import ClaimDays, date_range
from evenhand.claims.x12.claim_shape import LINE, SERVICES, ClaimShape
from evenhand.claims.x12.index import Ints, SegmentIndex
from evenhand.claims.x12.numbers import Numbers, nothing, placed, read_numbers
from evenhand.claims.x12.remittance import four_digits, npi_of
from evenhand.claims.x12.text import name_key

# What stands where in SV1, SV2 and SV3; 99: nowhere (no segment has so many elements).
_NOWHERE = 99
_ELEMENTS = {
    "code": (1, 2, 1),
    "charge": (2, 3, 2),
    "measure": (3, 4, _NOWHERE),
    "units": (4, 5, 6),
    "place": (5, _NOWHERE, 3),
    "pointers": (7, _NOWHERE, 11),
    "revenue": (_NOWHERE, 1, _NOWHERE),
}


class Service:
    """The service segments of a block, with the element that holds each thing in each of them."""

    def __init__(self, index: SegmentIndex, lines: Ints) -> None:
        self.segments = lines
        self.kind = np.zeros(lines.size, np.int64)
        for number, name in enumerate(SERVICES):
            self.kind[index.key[lines] == name_key(name)] = number

    def element(self, what: str) -> Ints:
        """For each line, the element that holds this."""
        return np.array(_ELEMENTS[what])[self.kind]


def line_days(block: Block, shape: ClaimShape) -> tuple[Numbers, Numbers]:
    """First and last day each line states (DTP*472)."""
    return date_range(block, shape.first_in_line(block.index, "DTP", "472"), Subject("lines", shape.line_keys))


def lines_table(
    block: Block, shape: ClaimShape, days: tuple[Numbers, Numbers], *, stated: ClaimDays, claims: pa.Table
) -> tuple[pa.Table, Numbers]:
    """The lines table, and the charges for the checks."""
    index = block.index
    subject = Subject("lines", shape.line_keys)
    claim = shape.claim[shape.lines]
    service = Service(index, shape.lines)
    charge = block.money(shape.lines, service.element("charge"), subject)
    of_claim = pa.array(claim)
    rendering = npi_of(index, shape.first_in_line(index, "NM1", "82"))
    columns = {
        "line_key": pa.array(shape.line_keys),
        "claim_key": pa.array(shape.claim_keys[claim]),
        "claim_line_number": count_array(_line_numbers(index, shape)),
        "line_control_number": index.text(shape.first_in_line(index, "REF", "6R"), 2),
        **_codes(index, service),
        "ndc_code": index.text(_drugs(index, shape), 3),
        **_units(block, service, subject),
        "place_of_service_code": pc.coalesce(
            index.text(shape.lines, service.element("place")), claims["place_of_service_code"].take(of_claim)
        ),
        "claim_line_start_date": day_array(otherwise(days[0], stated.start.rows(claim))),
        "claim_line_end_date": day_array(otherwise(days[1], stated.end.rows(claim))),
        "charge_amount": money_array(charge),
        "rendering_npi": pc.coalesce(rendering, claims["rendering_npi"].take(of_claim)),
        "diagnosis_pointers": _pointers(index, service),
        "repriced_allowed_amount": money_array(_repriced(block, shape, subject)),
    }
    columns |= {
        column.name: pa.nulls(shape.lines.size, column.type) for column in LINES.columns if column.name not in columns
    }
    return table_of("lines", {name: _whole(column) for name, column in columns.items()}), charge


def _whole(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _line_numbers(index: SegmentIndex, shape: ClaimShape) -> Ints:
    """LX01 of the LX right before the line, else the line's place in the claim."""
    places = rank_in_run(shape.claim[shape.lines])
    before = np.maximum(shape.lines - 1, 0)
    labelled = (index.key[before] == name_key("LX")) & (shape.zone[before] == LINE)
    numbers = read_numbers(index, index.span(before, 1), 0)
    good = labelled & ~numbers.missing & (numbers.values > 0) & (numbers.values < 2**31)
    return np.where(good, numbers.values, places)


def _codes(index: SegmentIndex, service: Service) -> dict[str, pa.Array]:
    composite = index.span(service.segments, service.element("code"))
    parts = [index.text_of(part) for part in index.components(composite, 6)]
    revenue = index.span(service.segments, service.element("revenue"))
    return {
        "revenue_center_code": four_digits(index.text_of(revenue), revenue[1] - revenue[0]),
        "code_qualifier": parts[0],
        "hcpcs_code": parts[1],
        **{f"hcpcs_modifier_{number}": parts[number + 1] for number in range(1, 5)},
    }


def _units(block: Block, service: Service, subject: Subject) -> dict[str, pa.Array]:
    """Units and their measure; a dental line without a quantity is one service."""
    units = block.quantity(service.segments, service.element("units"), subject)
    dental = service.kind == SERVICES.index("SV3")
    counted = Numbers(np.where(units.absent & dental, 1000, units.values), units.absent & ~dental, units.bad)
    measure = block.index.text(service.segments, service.element("measure"))
    return {
        "service_unit_quantity": quantity_array(counted),
        "unit_measure": pc.if_else(pa.array(dental), "UN", measure) if dental.any() else measure,
    }


def _pointers(index: SegmentIndex, service: Service) -> pa.Array:
    """Diagnosis pointers, always written with a colon between them."""
    pointers = index.text(service.segments, service.element("pointers"))
    component = chr(index.delimiters.component)
    return pointers if component == ":" else pc.replace_substring(pointers, component, ":")


def _drugs(index: SegmentIndex, shape: ClaimShape) -> Ints:
    """For every line, its first LIN that holds an NDC."""
    found = shape.first_in_line(index, "LIN")
    return np.where(index.code(index.span(found, 2)) == name_key("N4"), found, -1)


def _repriced(block: Block, shape: ClaimShape, subject: Subject) -> Numbers:
    """HCP02 of the line."""
    found = shape.first_in_line(block.index, "HCP")
    rows = np.flatnonzero(found >= 0)
    if not rows.size:
        return nothing(found.size)
    amounts = block.money(found[rows], 2, Subject(subject.table, subject.keys[rows]))
    return placed(found.size, rows, amounts)
