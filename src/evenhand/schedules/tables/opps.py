"""Addenda of the hospital outpatient prospective payment system (42 CFR 419), of the final rule and of each quarter."""

from __future__ import annotations

from evenhand.schedules.tables.agreement import (
    adjusted_copays_are_shares,
    all_of,
    copays_are_shares,
    shares_make_offsets,
    weights_make_rates,
)
from evenhand.schedules.tables.forms import AMOUNT, APC, CBSA, CODE, FLAG, SHARE, text, whole
from evenhand.schedules.tables.kind import Column, Kind

STATUS = text("a status indicator", "J1", r"[A-Z][0-9]?")
_COMPOSITES = text("APCs", "5041, 5045", r"[0-9]{4}((, ?| OR )[0-9]{4})*")
_RANK = whole("a rank", "12", r"([1-9][0-9]{0,3}|[1-9],[0-9]{3})")
#: Codes that complexity adjustments are billed under to no payer: letters may stand for digits.
_ADJUSTED = text("a code", "1104D", "[0-9A-Z]{5}")
_HOSPITAL = text("a hospital's number", "010006", r"[0-9]{2}[0-9A-Z][0-9]{3}", digits=6)
_COUNTY = text("a county's number", "01077", r"[0-9]{5}", digits=5)
#: Headings of Addenda A, B and C that are not kept.
_PASSED = (
    "short descriptor",
    "group title",
    "ci",
    "drug and device pass through expiration during calendar year",
    "note",
)


def _rates() -> tuple[Column, ...]:
    return (
        Column("status", "si|status indicator", STATUS),
        Column("weight", "relative weight", AMOUNT),
        Column("rate", "payment rate", AMOUNT),
        Column("national_copay", "national unadjusted copayment", AMOUNT),
        Column("least_copay", "minimum unadjusted copayment", AMOUNT),
        Column("adjusted_share", "ira coinsurance percentage", SHARE, needed=False),
        Column("adjusted_copay", "adjusted beneficiary copayment", AMOUNT, needed=False),
    )


_AGREE = all_of(weights_make_rates, copays_are_shares, adjusted_copays_are_shares)

GROUPS = Kind(
    "opps-apc",
    "outpatient rates by APC (Addendum A)",
    (Column("apc", "apc", APC), *_rates()),
    key=("apc",),
    fewest=500,
    lasts="quarter or year",
    said=r"\baddendum a\b",
    check=_AGREE,
    passed=_PASSED,
)
CODES = Kind(
    "opps-rates",
    "outpatient rates by code (Addendum B)",
    (Column("code", "hcpcs( code)?", CODE), Column("apc", "apc", APC), *_rates()),
    key=("code",),
    fewest=10_000,
    lasts="quarter or year",
    said=r"(?<!data )\baddendum b\b",
    check=_AGREE,
    passed=_PASSED,
)
MEMBERS = Kind(
    "opps-members",
    "codes of each APC (Addendum C)",
    (Column("apc", "apc", APC), Column("code", "hcpcs( code)?", CODE), *_rates()),
    key=("apc", "code"),
    fewest=3_000,
    said=r"\baddendum c\b",
    check=_AGREE,
    passed=_PASSED,
)
INDICATORS = Kind(
    "opps-status",
    "status indicators (Addendum D1)",
    (Column("status", "status indicator|indicator", STATUS),),
    key=("status",),
    fewest=20,
    said=r"\baddendum d1\b",
    carried=("status",),
    passed=("item code service", "opps payment status"),
)
RANKS = Kind(
    "opps-ranks",
    "ranks of comprehensive codes (Addendum J)",
    (
        Column("code", "hcpcs code", CODE),
        Column("status", "si", STATUS),
        Column("apc", "apc assignment", APC),
        Column("rank", "rank used for primary assignment", _RANK),
    ),
    key=("code",),
    fewest=1_000,
    said=r"\baddendum j\b",
)
COMPLEXITY = Kind(
    "opps-complexity",
    "complexity adjustments of comprehensive codes (Addendum J)",
    (
        Column("code", "primary hcpcs code", CODE),
        Column("apc", "primary apc assignment", APC),
        Column("second_code", "secondary j1 or add on hcpcs code", CODE),
        Column("second_status", "secondary si", STATUS),
        Column("adjusted_code", "complexity adjusted hcpcs assignment", _ADJUSTED),
        Column("adjusted_apc", "complexity adjusted apc assignment", APC),
    ),
    key=("code", "second_code"),
    fewest=100,
    said=r"\baddendum j\b",
)
OUT_MIGRATION = Kind(
    "opps-outmigration",
    "out-migration adjustments by hospital (Addendum L)",
    (
        Column("hospital", "ccn", _HOSPITAL),
        Column("cbsa", "geographic cbsa", CBSA),
        Column("reclassified", "reclassification( for)?", FLAG),
        Column("adjustment", "out migration adjustment", AMOUNT),
        Column("county", "fips county code", _COUNTY),
    ),
    key=("hospital",),
    fewest=100,
    said=r"\baddendum l\b",
)
COMPOSITES = Kind(
    "opps-composites",
    "codes of composite APCs (Addendum M)",
    (
        Column("code", "hcpcs code", CODE),
        Column("status", "si", STATUS),
        Column("apc", "single code apc assignment", APC),
        Column("composites", "composite apc assignment", _COMPOSITES),
    ),
    key=("code",),
    fewest=50,
    said=r"\baddendum m\b",
)
_OFFSETS = (
    Column("code", "hcpcs( code)?", CODE),
    Column("status", "si", STATUS),
    Column("apc", "apc", APC),
    Column("rate", "apc payment rate", AMOUNT),
    Column("share", "device offset percentage", SHARE),
    Column("offset", "device offset amount", AMOUNT),
)
DEVICES = Kind(
    "opps-devices",
    "device-intensive codes (Addendum P)",
    (*_OFFSETS, Column("apc_share", "apc device offset percentage", SHARE)),
    key=("code",),
    fewest=100,
    said="device intensive",
    check=shares_make_offsets,
)
OFFSETS = Kind(
    "opps-offsets",
    "device portions of outpatient codes (Addendum P)",
    _OFFSETS,
    key=("code",),
    fewest=1_000,
    said="device offset",
    check=shares_make_offsets,
)
KINDS = (GROUPS, CODES, MEMBERS, INDICATORS, RANKS, COMPLEXITY, OUT_MIGRATION, COMPOSITES, DEVICES, OFFSETS)
#: Published beside them, and none of these: what their head says, and what they are.
OTHERS = (
    (r"\bdata addendum b\b", "Data Addendum B: what the weights were computed from; the rates are in Addendum B"),
    (r"\baddendum d2\b", "Addendum D2: what comment indicators mean"),
    (r"\baddendum e\b.{0,40}inpatient", "Addendum E: codes paid to inpatients only; Addendum B has them as status C"),
    (r"\baddendum n\b", "Addendum N: codes passed over when weights are computed"),
    (r"\baddendum o\b", "Addendum O: descriptions of new codes"),
    (r"\baddendum q\b", "Addendum Q: drugs with add-on payment to Indian Health Service and tribal hospitals"),
    (r"evaluation statistics for complexity", "statistics behind the complexity adjustments of Addendum J"),
    (r"comprehensive apc payment policy exclusions", "a list of services outside comprehensive APCs, without codes"),
)
