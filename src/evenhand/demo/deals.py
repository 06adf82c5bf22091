"""What the three contracts say, in figures: the one source of the contract files and of the generator's own prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from evenhand.demo.rates import RateTable, lakeshore_schedule, prairie_schedule, summit_exhibit

#: Shares are whole numbers of millionths: 45 % is 450_000. Escalation is in hundred-millionths.
WHOLE = 1_000_000
UNESCALATED = 100_000_000

AMENDED = date(2025, 7, 1)  # Lakeshore's amendment
NEVER_PAID = frozenset(("97010", "99070", "A4550"))
JOINT_DRGS = ("469", "470", "521", "522")
JOINT_CODES = ("23472", "27130", "27446", "27447", "27486")


def share(percent: float) -> int:
    """A percentage as millionths.

    >>> share(13.6)
    136000
    """
    return round(percent * 10_000)


@dataclass(frozen=True, slots=True)
class Section:
    """Codes paid as a share of a schedule."""

    low: str
    high: str
    rates: RateTable
    share: int = WHOLE


@dataclass(frozen=True, slots=True)
class CaseRate:
    """A sum for the whole claim: by DRG, by codes, or for any claim of the bill type. Per night if so said."""

    bill_type: str
    amount: int
    drgs: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    code_prefix: str = ""
    nightly: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """All that prices a claim on one day."""

    sections: tuple[Section, ...]
    otherwise: int  # share of charges for what nothing else covers
    facility: int  # the same for institutional claims
    modifiers: Mapping[str, int]
    ranking: tuple[int, ...]
    lesser_of: str  # line or claim
    cases: tuple[CaseRate, ...] = ()
    implants: tuple[int, int] | None = None  # paid apart above this charge, at this share of it
    escalation: int = UNESCALATED
    case_escalation: int = UNESCALATED
    cap: int = WHOLE  # share of the charge that lesser-of holds to
    never: frozenset[str] = field(default=NEVER_PAID)


SUMMIT_CASES = (
    CaseRate("111", 2_450_000, drgs=JOINT_DRGS),
    CaseRate("111", 2_680_000, drgs=("483",)),
    CaseRate("131", 1_720_000, codes=JOINT_CODES),
    CaseRate("131", 465_000, code_prefix="29"),
    CaseRate("131", 340_000),
)
PRAIRIE_CASES = (
    CaseRate("111", 415_000, nightly=True),
    CaseRate("131", 1_510_000, codes=JOINT_CODES),
    CaseRate("131", 388_000),
)


def escalation(years: int) -> int:
    """3 % a year, compounding, in hundred-millionths.

    >>> escalation(2)
    106090000
    """
    factor = UNESCALATED
    for _ in range(years):
        factor = factor * 103 // 100
    return factor


@cache
def summit(years: int) -> Deal:
    """Summit Health, so many Januaries after 2024."""
    return Deal(
        sections=(Section("00000", "ZZZZZ", summit_exhibit()),),
        otherwise=share(45),
        facility=share(42),
        modifiers={"50": share(150), "80": share(20), "AS": share(14), "62": share(62.5)},
        ranking=(WHOLE, share(50), share(50), share(25)),
        lesser_of="line",
        cases=SUMMIT_CASES,
        implants=(100_000, share(38)),
        escalation=escalation(years),
        case_escalation=escalation(years),
    )


@cache
def prairie(year: int, schedule_year: int | None = None) -> Deal:
    """Prairie Mutual, for services of a year; ``schedule_year`` to price by another year's schedule."""
    rates = prairie_schedule(schedule_year or year)
    return Deal(
        sections=(
            Section("99202", "99215", prairie_schedule(2025), share(131)),
            Section("97010", "97799", rates, share(98)),
            Section("00000", "ZZZZZ", rates, share(118)),
        ),
        otherwise=share(40),
        facility=share(40),
        modifiers={"50": share(150), "80": share(16), "AS": share(13.6), "62": share(62.5)},
        ranking=(WHOLE, share(50)),
        lesser_of="claim",
        cases=PRAIRIE_CASES,
        implants=(250_000, share(32)),
    )


@cache
def lakeshore(schedule_year: int) -> Deal:
    """Lakeshore Community Plan under its schedule of 2023 or of the amendment of 2025."""
    return Deal(
        sections=(Section("00000", "ZZZZZ", lakeshore_schedule(schedule_year)),),
        otherwise=share(45) if schedule_year < 2025 else share(42),
        facility=share(52),
        modifiers={"50": share(150), "80": share(16), "AS": share(13.6), "62": share(60)},
        ranking=(WHOLE, share(50), share(25)),
        lesser_of="line",
    )


def deal_on(payer: str, day: date) -> Deal:
    """What a payer's contract says on a day."""
    if payer == "summit-health":
        return summit(day.year - 2024)
    if payer == "prairie-mutual":
        return prairie(day.year)
    return lakeshore(2025 if day >= AMENDED else 2023)
