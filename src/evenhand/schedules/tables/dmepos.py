"""The fee schedule of durable medical equipment, prosthetics, orthotics and supplies (42 CFR 414, subparts D and F)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from evenhand.schedules.tables.forms import AMOUNT, CODE, MODIFIER, text
from evenhand.schedules.tables.kind import Column, Disagreement, Kind, Spread

_AREA = text("NR or R", "NR", "NR|R")
#: All that have columns: a letter lost in a heading is no other state.
_STATE = text(
    "a state", "AL",
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]",
)  # fmt: skip
_TWO = text("a category", "IN", r"[A-Z]{2}")
_JURISDICTION = text("D, J or L", "D", r"[DJL]")
#: These lie outside the continental United States; ceilings and floors do not bind there.
_BEYOND = frozenset(("AK", "HI", "PR", "VI"))
_CENT = Decimal("0.01")


def _bound(table: pa.Table) -> Iterator[Disagreement]:
    """Where a ceiling and a floor are published, amounts outside rural areas lie between, give or take a cent."""
    yield from _modified(table)
    for place, row in enumerate(table.to_pylist()):
        if not row["category"]:
            yield place, f"{row['code']} is of no category"
        if row["area"] != "NR" or row["state"] in _BEYOND or None in (row["rate"], row["floor"]) or not row["ceiling"]:
            continue
        if not row["floor"] - _CENT <= row["rate"] <= row["ceiling"] + _CENT:
            bounds = f"{row['floor'].normalize():f} and {row['ceiling'].normalize():f}"
            rate = f"{row['rate'].normalize():f}"
            yield place, f"{row['code']} {row['state']}: {rate} is beyond its floor and ceiling, {bounds}"


def _modified(table: pa.Table) -> Iterator[Disagreement]:
    """There is no second modifier without a first."""
    for place, row in enumerate(table.to_pylist()):
        if row["second_modifier"] and not row["modifier"]:
            yield place, f"{row['code']}: a second modifier without a first"


_CODE = (
    Column("code", "hcpcs", CODE),
    Column("modifier", "mod", MODIFIER),
    Column("second_modifier", "mod ?2", MODIFIER, needed=False),
)
_STATES = (Column("state", "", _STATE), Column("area", "", _AREA), Column("rate", "", AMOUNT, even=True))
_SPREAD = Spread(r"(?P<state>[a-z]{2}) ?(?P<area>nr|r)", "rate")

FEES = Kind(
    "dmepos-fees",
    "fees of equipment and supplies by state",
    (
        *_CODE,
        Column("jurisdiction", "juris", _JURISDICTION),
        Column("category", "catg", _TWO),
        Column("ceiling", "ceiling", AMOUNT),
        Column("floor", "floor", AMOUNT),
        *_STATES,
    ),
    key=("code", "modifier", "second_modifier", "state", "area"),
    fewest=50_000,
    lasts="quarter",
    check=_bound,
    passed=("description", "desc"),
    spread=_SPREAD,
)
NUTRITION = Kind(
    "dmepos-nutrition",
    "fees of parenteral and enteral nutrition by state",
    (*_CODE, *_STATES),
    key=("code", "modifier", "second_modifier", "state", "area"),
    fewest=1_000,
    lasts="quarter",
    said="parenteral and enteral",
    check=_modified,
    passed=("description", "desc"),
    spread=_SPREAD,
)
KINDS = (FEES, NUTRITION)
