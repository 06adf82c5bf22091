"""The clinical laboratory fee schedule (42 CFR 414, subpart G), as CMS publishes it each quarter."""

from __future__ import annotations

from evenhand.schedules.tables.forms import AMOUNT, CODE, DAY, MODIFIER, text
from evenhand.schedules.tables.kind import Column, Kind

_YEAR = text("a year", "2025", r"20[0-9]{2}")
_INDICATOR = text("N or L", "N", r"[NL]")

TESTS = Kind(
    "clfs-rates",
    "rates of laboratory tests",
    (
        Column("year", "year", _YEAR),
        Column("code", "hcpcs", CODE),
        Column("modifier", "mod", MODIFIER),
        Column("effective", "eff date", DAY),
        Column("indicator", "indicator", _INDICATOR),
        Column("rate", "rate", AMOUNT, even=True),
    ),
    key=("code", "modifier"),
    fewest=1_000,
    lasts="quarter",
    passed=("shortdesc", "longdesc", "extended longdesc"),
)
KINDS = (TESTS,)
