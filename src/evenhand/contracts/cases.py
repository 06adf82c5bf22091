"""Worked cases: from what stands under ``cases:`` to a claim with all its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.codevalues import CodeFormError, parse_codes
from evenhand.contracts.model import WorkedCase
from evenhand.contracts.records import Entry
from evenhand.errors import Log

#: The charge of a case's line that states none: above any rate, so no lesser-of bites.
UNSTATED_CHARGE = Decimal("999999.99")
#: Places of service where the facility, not the practice, bears the overhead.
FACILITY_PLACES = frozenset(["19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"])
_LINE_FORMS = {
    "code": "codes",
    "revenue_code": "revenue_codes",
    "place_of_service": "place_of_service",
    "rendering_npi": "rendering_npi",
}
_CLAIM_FORMS = {
    "drg": "drg",
    "last_drg": "drg",
    "bill_type": "bill_type",
    "billing_npi": "billing_npi",
    "product": "product",
}


def read_case(entry: Entry, log: Log, first_day: date) -> WorkedCase:
    """One worked case; what it leaves out is filled in as the language says."""
    claim_entry: Entry = entry.get("claim") or Entry(entry.line)
    day: date = entry.get("date", first_day)
    claim: dict[str, Any] = {"date": day, "claim_type": "professional", **_tidied(claim_entry, _CLAIM_FORMS, log)}
    if "diagnosis" in claim:
        claim["diagnosis"] = tuple(code.replace(".", "").upper() for code in claim["diagnosis"])
    lines = _lines(entry, log)
    return WorkedCase(
        lines=tuple(_line(line, claim, log) for line in lines),
        claim=claim,
        allowed=entry.get("allowed", Decimal(0)),
        name=entry.get("name", ""),
        line=entry.line,
        source=log.file,
    )


_OF_A_LINE = (
    "code", "revenue_code", "charge", "units", "modifiers", "minutes", "invoice", "setting", "place_of_service",
    "rendering_npi",
)  # fmt: skip


def _lines(entry: Entry, log: Log) -> tuple[Entry, ...]:
    own = [key for key in _OF_A_LINE if key in entry]
    if "lines" not in entry:
        if not own:
            log.error(entry.line, "the case has neither a code nor lines", "add 'code: 99213' or 'lines: […]'")
        return (entry,)
    if own:
        log.error(entry.line_of(own[0]), f"'{own[0]}' stands beside lines", "move it into the line it belongs to")
    lines: tuple[Entry, ...] = entry.get("lines", ())
    if not lines and "lines" in entry.values:
        log.error(entry.line_of("lines"), "lines lists nothing", "give at least one line")
    return lines


def _line(entry: Entry, claim: Mapping[str, Any], log: Log) -> dict[str, Any]:
    said = _tidied(entry, _LINE_FORMS, log)
    place = said.get("place_of_service")
    facility = place in FACILITY_PLACES if place else claim["claim_type"] == "institutional"
    return {
        "code": said.get("code"),
        "modifiers": said.get("modifiers", ()),
        "units": said.get("units", Decimal(1)),
        "charge": said.get("charge", UNSTATED_CHARGE),
        "revenue_code": said.get("revenue_code"),
        "place_of_service": place,
        "setting": said.get("setting", "facility" if facility else "office"),
        "rendering_npi": said.get("rendering_npi"),
        "date": said.get("date", claim["date"]),
        **{key: said[key] for key in ("minutes", "invoice") if key in said},
    }


def _tidied(entry: Entry, forms: Mapping[str, str], log: Log) -> dict[str, Any]:
    """The values with codes brought into the form claims use."""
    values = dict(entry.values)
    for key in forms.keys() & values.keys():
        try:
            (codes, *_) = parse_codes(forms[key], values[key])
        except CodeFormError as wrong:
            log.error(entry.line_of(key), f"{key}: {wrong.what}", wrong.right)
            continue
        if not codes.single:
            log.error(entry.line_of(key), f"{key}: '{values[key]}' is a range", "a claim has one code")
        values[key] = codes.low
    return values
