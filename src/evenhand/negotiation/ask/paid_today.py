"""What each rate of a contract pays today, and what more it would pay if it rose: measured by pricing the claims.

The claims are priced under the contract as it stands, and again with every rate higher, step by step. So lesser-of,
limits, modifiers and ranked procedures are in the figures as the contract has them, not as a formula would.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.codes import FACILITY_SERVICE_LINE, OTHER_SERVICE_LINE, service_line
from evenhand.contracts.adjustments import Adjustment, adjust
from evenhand.contracts.methods import (
    Amount,
    Anesthesia,
    DrgWeights,
    Levels,
    PaidBySchedule,
    PercentOf,
    PercentOfCharges,
)
from evenhand.contracts.model import Contract, FeeSchedule, Term, Version
from evenhand.engines import DuckDB, Engine
from evenhand.negotiation.offer_value import claims_chosen
from evenhand.negotiation.prices import ask, query
from evenhand.negotiation.standing import standing_on
from evenhand.pricing import Repricing

#: Terms whose rate can be asked for as one.
_RAISABLE = (Amount, Anesthesia, DrgWeights, Levels, PaidBySchedule, PercentOf, PercentOfCharges)

_ADDED = (
    *("lines", "units", "rated_units", "rated_amount", "amount"),
    *("known_lines", "known_amount", "deductible_amount", "coinsurance_amount"),
)


@dataclass(slots=True)
class PaidRate:
    """One rate: a code of a rate table of the contract's own, or a term that pays by one rate of its own.

    Attributes:
        schedule: the rate table; empty for a term.
        name: the code, or the term.
        line: its service line.
        lines, claims, patients: how many stand behind it; the last two are those of its largest term and setting.
        units: units paid.
        rated_units, rated_amount: units with a rate of their own, and what they come to before modifiers and limits.
        amount: allowed today.
        known_lines, known_amount: lines whose remittance is known, and what was allowed on them.
        deductible_amount, coinsurance_amount: what of that the patients owe.
        by_setting: units and rates of lines without a modifier, by setting.
        gains: what it pays more at each level of rise.
    """

    schedule: str
    name: str
    line: str
    lines: int = 0
    claims: int = 0
    patients: int = 0
    units: Decimal = Decimal(0)
    rated_units: Decimal = Decimal(0)
    rated_amount: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    known_lines: int = 0
    known_amount: Decimal = Decimal(0)
    deductible_amount: Decimal = Decimal(0)
    coinsurance_amount: Decimal = Decimal(0)
    by_setting: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    gains: list[Decimal] = field(default_factory=list)

    @property
    def code(self) -> str:
        """How the ask names it: the code, or the term."""
        return self.name

    @property
    def rate(self) -> float:
        """Today's rate: the mean over the units paid, before modifiers and limits; without one, dollars a unit."""
        if self.rated_units and self.rated_amount:
            return float(self.rated_amount / self.rated_units)
        return float(self.amount / self.units) if self.units else 0.0

    def add(self, row: Mapping[str, Any]) -> None:
        """Take in what one term, setting and modifier paid."""
        for name in _ADDED:
            setattr(self, name, getattr(self, name) + (row[name] or 0))
        self.claims = max(self.claims, int(row["claims"]))
        self.patients = max(self.patients, int(row["patients"]))
        if row["bare"] and row["rated_units"]:
            units, amount = self.by_setting.get(row["setting"] or "", (Decimal(0), Decimal(0)))
            self.by_setting[row["setting"] or ""] = (units + row["rated_units"], amount + row["rated_amount"])


@dataclass(frozen=True, slots=True)
class PaidToday:
    """What a contract pays on some claims.

    Attributes:
        rates: each rate that could rise.
        levels: the rises measured, as shares.
        others: allowed today by terms whose rates cannot be asked for.
        claims, lines: how many are priced.
    """

    rates: tuple[PaidRate, ...]
    levels: tuple[float, ...]
    others: Decimal
    claims: int
    lines: int

    @property
    def amount(self) -> Decimal:
        """All that is allowed today."""
        return sum((rate.amount for rate in self.rates), self.others)


def paid_today(
    engine: Engine, contract: Contract, days: tuple[date, date], *, as_of: date, levels: Iterable[float]
) -> PaidToday:
    """Price the claims of some days under a contract as it stands on a day, and with all its rates higher.

    Args:
        engine: holds the service and settled tables of a book.
        contract: as signed.
        days: first and last day on which the claims begin.
        as_of: the day the contract stands on.
        levels: the rises, as shares, rising.
    """
    steps = tuple(levels)
    local, standing = _priced(engine, contract, days, as_of)
    version = _version(contract, as_of)
    found: dict[tuple[str, str], PaidRate] = {}
    others = Decimal(0)
    for row in ask(local.engine, "ask_lines"):
        key = _key(version, row["term"], row["code"])
        if key is None:
            others += row["amount"]
            continue
        found.setdefault(key, PaidRate(*key, _line(version, row["term"], row["code"], key))).add(row)
    counts = ask(local.engine, "ask_counts")[0]
    for level in steps:
        _raised(local, standing, version, level, found)
    rates = tuple(rate for rate in found.values() if rate.amount > 0)
    return PaidToday(rates, steps, others, counts["claims"], counts["lines"])


def _priced(engine: Engine, contract: Contract, days: tuple[date, date], as_of: date) -> tuple[Repricing, Contract]:
    """The claims of the contract, priced as it stands on the day."""
    local = DuckDB()
    for name, table in claims_chosen(engine, *days).items():
        local.put(name, table)
    local.put("ask_settled", engine.arrow(query("ask_settled")))
    standing = standing_on(contract, as_of)
    local_pricing = Repricing(local)
    local_pricing.under([standing])
    return local_pricing, standing


def _version(contract: Contract, day: date) -> Version:
    return contract.version_on(day) or contract.versions[-1 if day >= contract.period.end else 0]


def _key(version: Version, term: str, code: str | None) -> tuple[str, str] | None:
    """The rate that pays: a code of an own table, or a term; none where nothing of it can be asked for."""
    paying = next((one for one in version.terms if one.name == term), None)
    if paying is None or not isinstance(paying.pay, _RAISABLE):
        return None
    table = own_table(version, paying)
    return (table, code) if table and code else ("", term)


def own_table(version: Version, term: Term) -> str:
    """The contract's own rate table by procedure code that a term pays by; empty where there is none."""
    if not isinstance(term.pay, PaidBySchedule | PercentOf):
        return ""
    schedule: FeeSchedule | None = version.schedules.get(term.pay.schedule)
    own = schedule is not None and schedule.file and schedule.by == "code" and schedule.holds == "amount"
    return term.pay.schedule if own else ""


def _line(version: Version, term: str, code: str | None, key: tuple[str, str]) -> str:
    if key[0]:
        return service_line(code)
    paying = next(one for one in version.terms if one.name == term)
    return FACILITY_SERVICE_LINE if paying.claim_level else OTHER_SERVICE_LINE


def _raised(
    local: Repricing, standing: Contract, version: Version, level: float, found: Mapping[tuple[str, str], PaidRate]
) -> None:
    """Price with all rates higher by the level, and note what each rate pays more."""
    factor = Decimal(1) + Decimal(str(round(level, 6)))
    higher = adjust(standing.versions[0], (Adjustment(None, factor, 0),))
    local.under([replace(standing, versions=(higher,), digest=f"{standing.digest}×{factor}")])
    amounts: dict[tuple[str, str], Decimal] = {}
    for row in ask(local.engine, "ask_amounts"):
        key = _key(version, row["term"], row["code"])
        if key is not None:
            amounts[key] = amounts.get(key, Decimal(0)) + row["amount"]
    for key, rate in found.items():
        rate.gains.append(amounts.get(key, Decimal(0)) - rate.amount)
