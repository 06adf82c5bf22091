"""The payment locality of each claim: one that was named for all, or that of the ZIP code of its place."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from evenhand.engines import Engine
from evenhand.errors import SelectionError
from evenhand.schedules import Library
from evenhand.schedules.pfs.locality import read_locality

#: A claim's locality, as the ready contracts name it; none where it is not known.
_SCHEMA = pa.schema([("claim_key", pa.int64()), ("locality", pa.string())])


def place_claims(engine: Engine, library: Library, locality: str | None) -> list[str]:
    """Put the table ``claim_localities``; gives why places are not known, a sentence for each reason.

    Args:
        engine: Where ``service_claims`` stands.
        library: Has the ZIP codes.
        locality: The locality of every claim (contractor and locality, a ZIP code, or ``national``); without it,
            that of the claim's own ZIP code.

    Raises:
        SelectionError: The locality named is none.
    """
    claims = engine.arrow("select claim_key, site_zip, claim_start_date from service_claims")
    if locality is not None:
        named = str(read_locality(locality, library, date.today()))
        places: list[str | None] = [named] * claims.num_rows
        unknown: dict[str, int] = {}
    else:
        places, unknown = _by_zip(claims, library)
    engine.put("claim_localities", pa.table({"claim_key": claims["claim_key"], "locality": places}, _SCHEMA))
    return [f"Without a locality, {count:,} claims: {why}." for why, count in unknown.items()]


def _by_zip(claims: pa.Table, library: Library) -> tuple[list[str | None], dict[str, int]]:
    found: dict[tuple[str | None, int], str | None] = {}
    why: dict[tuple[str | None, int], str] = {}
    unknown: dict[str, int] = {}
    places: list[str | None] = []
    for zip_code, day in zip(claims["site_zip"].to_pylist(), claims["claim_start_date"].to_pylist(), strict=True):
        key = (zip_code, day.year if day else 0)
        if key not in found:
            found[key], why[key] = _locality(library, zip_code, day)
        places.append(found[key])
        if found[key] is None:
            unknown[why[key]] = unknown.get(why[key], 0) + 1
    return places, unknown


def _locality(library: Library, zip_code: str | None, day: date | None) -> tuple[str | None, str]:
    if not zip_code or day is None:
        return None, "the ZIP code of their place is not known"
    try:
        return str(read_locality(zip_code, library, day)), ""
    except SelectionError as problem:
        return None, str(problem)
