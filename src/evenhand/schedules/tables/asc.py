"""Addenda and wage indices of ambulatory surgical centres (42 CFR 416, subpart F), of each quarter."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from evenhand.schedules.tables.agreement import shares_make_offsets, weights_make_rates
from evenhand.schedules.tables.forms import AMOUNT, APC, CBSA, CODE, FLAG, SHARE, WORDS, text
from evenhand.schedules.tables.kind import Column, Disagreement, Kind

INDICATOR = text("a payment indicator", "G2", r"[A-Z][0-9]")
#: Headings of Addenda AA, BB and FF that are not kept.
_PASSED = (
    "short descriptor",
    "comment indicator",
    "drug and device pass through expiration during calendar year",
)


def _intensive_offsets(table: pa.Table) -> Iterator[Disagreement]:
    """Offsets of device-intensive procedures are shares of the hospital's rate, others of the rate in Addendum AA."""
    return shares_make_offsets(table, only=("indicator", "J8"))


PROCEDURES = Kind(
    "asc-procedures",
    "covered surgical procedures of surgery centres (Addendum AA)",
    (
        Column("code", "hcpcs( code)?", CODE),
        Column("multiple", "subject to multiple procedure discounting", FLAG),
        Column("indicator", "payment indicator", INDICATOR),
        Column("weight", "payment weight", AMOUNT),
        Column("rate", "payment rate", AMOUNT),
    ),
    key=("code",),
    fewest=2_000,
    lasts="quarter or year",
    said=r"\baddendum aa\b",
    check=weights_make_rates,
    doubts=10,
    passed=_PASSED,
)
ANCILLARIES = Kind(
    "asc-ancillaries",
    "covered ancillary services of surgery centres (Addendum BB)",
    (
        Column("code", "hcpcs( code)?", CODE),
        Column("indicator", "payment indicator", INDICATOR),
        Column("weight", "payment weight", AMOUNT),
        Column("rate", "payment rate", AMOUNT),
        Column("adjusted_copay", "ira 22 adjusted copayment ?1?", AMOUNT, needed=False),
    ),
    key=("code",),
    fewest=1_000,
    lasts="quarter or year",
    said=r"\baddendum bb\b",
    check=weights_make_rates,
    doubts=10,
    passed=_PASSED,
)
EXCLUDED = Kind(
    "asc-excluded",
    "surgical procedures not paid to surgery centres (Addendum EE)",
    (Column("code", "hcpcs( code)?", CODE),),
    key=("code",),
    fewest=500,
    lasts="quarter or year",
    said=r"\baddendum ee\b",
    passed=_PASSED,
)
OFFSETS = Kind(
    "asc-offsets",
    "device portions of procedures of surgery centres (Addendum FF)",
    (
        Column("code", "hcpcs( code)?", CODE),
        Column("indicator", "payment indicator", INDICATOR),
        Column("apc", "apc", APC),
        Column("apc_share", "apc device offset percentage", SHARE, needed=False),
        Column("rate", "opps payment rate", AMOUNT),
        Column("share", "device offset percentage", SHARE),
        Column("offset", "device offset amount( device portion)?", AMOUNT),
    ),
    key=("code",),
    fewest=2_000,
    lasts="quarter or year",
    said=r"\baddendum ff\b",
    check=_intensive_offsets,
    passed=_PASSED,
)
WAGES = Kind(
    "asc-wages",
    "wage indices of surgery centres by area",
    (
        Column("cbsa", "cbsa", CBSA),
        Column("name", "cbsa name", WORDS),
        Column("index", r"wi ?\d\d|wage index", AMOUNT),
    ),
    key=("cbsa",),
    fewest=300,
    repeats=True,
)
KINDS = (PROCEDURES, ANCILLARIES, EXCLUDED, OFFSETS, WAGES)
