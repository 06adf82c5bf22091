"""The assumptions of the walk-away: each with its range, its source and how sure it is; all can be changed."""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.errors import UsageError
from evenhand.negotiation.assumptions import BOOK, JUDGEMENT, MEMORY, READ, Assumption, Assumptions

_MELNICK = (
    "emergency share × about 0.9 + elective × 0.05 to 0.2 (recalled); upper case 0.50 in years 1–2 and 0.41 in years "
    "3–4: five California hospitals without commercial contracts, heavy in emergencies, before the No Surprises Act "
    "(Melnick and Fonkych, AJMC 2020;26(3):105–110, read)"
)
_REGULATED = (
    "the No Surprises Act ties it to the plan's median contracted rate (qualifying payment amount) for emergencies "
    "and at facilities in network (recalled); lower regulated prices lower negotiated ones (Prager and "
    "Tilipman, NBER 33727)"
)
_LATER = "41 % in years 3–4 against 50 % in years 1–2 (Melnick and Fonkych, AJMC 2020;26(3):105–110)"
_OURS = "our judgement; put your own figure here"
_FITCH = "median of not-for-profit hospitals, Fitch FY2024 (FY2023: 211.3)"
_HFMA = "systems ask for 5–8 % a year and get 1–3 % (HFMA/Ensemble)"
#: Shares that cannot be less than nothing or more than all.
SHARES = ("retained", "retained_later", "refilled", "oon_collected", "members_lost", "gain_kept")
#: What of emergency and of elective volume stays without a contract: least, likely, most.
_EMERGENCY, _ELECTIVE = (0.85, 0.9, 0.95), (0.05, 0.12, 0.2)


@dataclass(frozen=True, slots=True)
class LineOfBusiness:
    """One product of a payer: claims a year, allowed per claim, share of claims with emergency care."""

    name: str
    units: float
    price: float
    emergency: float


@dataclass(frozen=True, slots=True)
class Basis:
    """What the book can say of one payer, over twelve months.

    Attributes:
        units: claims a year.
        price: allowed per claim, in dollars.
        emergency: share of claims with emergency care.
        patients: how many different patients.
        daily_income: what all payers allowed a day.
        source: days and denominators, in words.
        payer: its name, as most claims spell it.
        lines: the same by line of business; those with few patients are gathered.
    """

    units: float
    price: float
    emergency: float
    patients: float
    daily_income: float
    source: str
    payer: str = ""
    lines: tuple[LineOfBusiness, ...] = ()


def stated(basis: Basis) -> Assumptions:
    """All assumptions, with what the book gives and defaults for the rest.

    Raises:
        UsageError: units or price are not above zero.
    """
    if basis.units <= 0 or basis.price <= 0:
        raise UsageError("units and price must be above zero; give those of a year")
    return Assumptions([*_from_book(basis), *_without_contract(basis), *_payer(basis), *_at_stake(basis)])


def _from_book(basis: Basis) -> list[Assumption]:
    n, p, where = basis.units, basis.price, basis.source
    return [
        Assumption("units", n, n, n, "claims a year", "Volume under the contract.", where, BOOK),
        Assumption("price", p, p, p, "dollars a claim", "Today's average allowed amount.", where, BOOK),
        Assumption("cost", p * 0.75, p * 0.55, p * 0.95, "dollars a claim", "Cost that goes away with a claim.", _OURS),
    ]


def _without_contract(basis: Basis) -> list[Assumption]:
    p, share = basis.price, basis.emergency
    low, likely, high = retained_at(share)
    source = f"{_MELNICK}; emergency share {share:.1%}: {basis.source}"
    year = basis.units * p
    return [
        Assumption("retained", likely, low, high, "share", "Volume that stays out of network.", source, MEMORY),
        Assumption("oon_price", p, p * 0.8, p * 1.5, "dollars a claim", "Price out of network.", _REGULATED, MEMORY),
        Assumption("oon_collected", 0.9, 0.75, 1.0, "share", "What is collected of that price.", _OURS),
        Assumption("refilled", 0.15, 0.0, 0.4, "share", "Lost volume replaced by other patients.", _OURS),
        Assumption("refill_price", p * 0.8, p * 0.6, p, "dollars a claim", "Price of those.", _OURS),
        Assumption("spill_over", year * 0.01, 0.0, year * 0.03, "dollars a year", "Lost to other services.", _OURS),
        Assumption(
            "transition", year * 0.03, 0.0, year * 0.06, "dollars once", "Moving patients, notices, billing.", _OURS
        ),
        Assumption(
            "retained_later", 0.82, 0.7, 1.0, "share", "Of what stays, what still does from year 3.", _LATER, READ
        ),
    ]


def retained_at(emergency: float) -> tuple[float, float, float]:
    """What stays out of network at a share of emergencies: least, likely, most."""
    low, likely, high = (emergency * e + (1 - emergency) * o for e, o in zip(_EMERGENCY, _ELECTIVE, strict=True))
    return low, likely, high


def _payer(basis: Basis) -> list[Assumption]:
    p, patients = basis.price, basis.patients
    members = "your patients of this payer: the least it can be; " + _OURS
    other = "weigh published rates of others by diversion; " + _OURS
    adequacy = "0 unless the plan cannot show an adequate network without you; " + _OURS
    leaving = "switching hospital after a surprise bill 19.4 % against 16.4 % (read); members follow less; " + _OURS
    year = basis.units * p
    return [
        Assumption(
            "elsewhere_price", p, p * 0.85, p * 1.25, "dollars a claim", "What the payer pays where they go.", other
        ),
        Assumption("members_lost", 0.02, 0.0, 0.08, "share", "Members who leave the plan.", leaving),
        Assumption("members", patients * 2, patients, patients * 10, "members", "Members in your area.", members),
        Assumption("member_margin", 200.0, 100.0, 400.0, "dollars a year", "The plan's margin on a member.", _OURS),
        Assumption(
            "adequacy", 0.0, 0.0, year * 0.01, "dollars a year", "Cost of network gaps and of the press.", adequacy
        ),
    ]


def _at_stake(basis: Basis) -> list[Assumption]:
    p, cost = basis.price, basis.daily_income * (1 - 0.011)
    daily = f"what all payers allowed a day less the median margin of 1.1 % (Fitch FY2024): {basis.source}"
    return [
        Assumption("ask", p * 0.03, p * 0.01, p * 0.08, "dollars a claim", "The rise that is fought for.", _HFMA, READ),
        Assumption("years", 3.0, 3.0, 3.0, "years", "How long the agreement lasts.", "about 3 years (WTW 2025)", READ),
        Assumption("gain_kept", 0.9, 0.9, 0.9, "share", "What of the gain arrives.", _OURS, JUDGEMENT),
        Assumption("cash_days", 215.1, 100.0, 300.0, "days", "Days of cost that cash covers.", _FITCH, READ),
        Assumption("daily_cost", cost, cost, cost, "dollars", "What a day of operation costs.", daily, BOOK),
    ]


def refuse_impossible(these: Assumptions) -> None:
    """Shares must be shares, and units and prices above zero.

    Raises:
        UsageError: one is not; it says which.
    """
    for name in SHARES:
        if not 0 <= these[name].low <= these[name].high <= 1:
            raise UsageError(f"{name} runs from {these[name].low:g} to {these[name].high:g}; give a share from 0 to 1")
    for name in ("units", "price", "years"):
        if these[name].low <= 0:
            raise UsageError(f"{name} is {these[name].low:g}; give a number above zero")
    for name in ("cost", "oon_price", "members", "cash_days", "daily_cost"):
        if these[name].low < 0:
            raise UsageError(f"{name} is {these[name].low:g}; give a number that is not below zero")
