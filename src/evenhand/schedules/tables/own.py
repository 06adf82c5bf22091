"""Schedules of one's own: told by plain headings, and only where no other headings stand beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from evenhand.schedules.tables.forms import CODE, DAY, MODIFIER, MONEY, text
from evenhand.schedules.tables.kind import Column, Disagreement, Kind


def _ends_later(table: pa.Table) -> Iterator[Disagreement]:
    """No amount ends before it begins."""
    for place in pc.indices_nonzero(pc.fill_null(pc.less(table["ends"], table["effective"]), False)).to_pylist():
        yield place, f"{table['code'][place]} ends before it begins"


_SETTING = text("facility or office", "office", "FACILITY|OFFICE")
_CODE = (
    Column("code", "(hcpcs|cpt|procedure)?( ?code)?", CODE),
    Column("modifier", "mod(ifier)?", MODIFIER, needed=False),
)
_DAYS = (
    Column("effective", "effective( date)?|from", DAY, needed=False),
    Column("ends", "ends|end date|to|until", DAY, needed=False),
)
_PASSED = ("description", "short description", "descriptor", "note", "notes")

AMOUNTS = Kind(
    "own-fees",
    "amounts of one's own",
    (
        *_CODE,
        Column("setting", "setting", _SETTING, needed=False),
        Column("rate", "rate|amount|fee|allowed", MONEY),
        *_DAYS,
    ),
    key=("code", "modifier", "setting", "effective"),
    fewest=1,
    check=_ends_later,
    passed=_PASSED,
    closed=True,
)
SETTINGS = Kind(
    "own-settings",
    "amounts of one's own by setting",
    (
        *_CODE,
        Column("office", "office|non facility|nonfacility", MONEY),
        Column("facility", "facility", MONEY),
        *_DAYS,
    ),
    key=("code", "modifier", "effective"),
    fewest=1,
    check=_ends_later,
    passed=_PASSED,
    closed=True,
)
KINDS = (AMOUNTS, SETTINGS)
