"""A line as procedures are ranked and reduced: its price, what it is priced by, and other rates of the same table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenhand.contracts.model import FeeSchedule, Rate, Term, Version
from evenhand.money import to_cents
from evenhand.pricing.oracle import rates
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.indicators import indicators
from evenhand.pricing.oracle.priced import PricedLine

MOST_UNITS = 10_000  # so many units or more are never ranked one by one
LAST = 2**31 - 1  # a line without a number comes after all numbered ones


def place(line: OracleLine) -> tuple[int, int]:
    """The order of the lines of a claim."""
    return LAST if line.claim_line_number is None else line.claim_line_number, line.line_key


@dataclass(frozen=True, slots=True)
class Procedure:
    """A line paid by a rate: where it stands in its claim, and what it is priced by."""

    index: int
    line: OracleLine
    priced: PricedLine
    term: Term
    schedule: FeeSchedule | None
    day: date | None  # whose rates count
    values: Mapping[str, str]  # the indicators of its code

    @classmethod
    def of(cls, version: Version, claim: OracleClaim, index: int, priced: PricedLine) -> Procedure:
        """The line of a claim with its price."""
        line, term = claim.lines[index], version.terms[(priced.term_no or 1) - 1]
        schedule = version.schedules.get(getattr(term.pay, "schedule", ""))
        values = indicators(version, term, claim, line)
        return cls(index, line, priced, term, schedule, rates.rate_day(term, claim, line), values)

    @property
    def code(self) -> str:
        """Its code, as codes are compared."""
        return (self.line.hcpcs_code or "").strip().upper()

    @property
    def fee(self) -> Decimal:
        """What it is paid by itself."""
        return self.priced.fee_amount or Decimal(0)

    @property
    def modifiers(self) -> frozenset[str]:
        """Its modifiers, as they are compared."""
        return frozenset(modifier.strip().upper() for modifier in self.line.modifiers)

    @property
    def rate_modifier(self) -> str:
        """The modifier its own rate is for; empty for none."""
        own = None if self.schedule is None else rates.find_rate(self.schedule, self.line, self.day)
        return "" if own is None else own.modifier.strip().upper()

    def other_rate(self, code: str, *modifiers: str) -> Rate | None:
        """The rate of a code for the first of these modifiers that has one, its setting before all."""
        setting = (self.line.setting or "").strip().upper()
        fitting = [
            rate
            for rate in (() if self.schedule is None else self.schedule.rates)
            if rate.code.strip().upper() == code
            and self.day is not None
            and self.day in rate.period
            and rate.modifier.strip().upper() in modifiers
            and rate.setting.strip().upper() in ("", setting)
        ]
        return min(
            fitting,
            key=lambda rate: (modifiers.index(rate.modifier.strip().upper()), not rate.setting.strip()),
            default=None,
        )

    def unit_fee(self, amount: Decimal) -> Decimal:
        """What one unit would be paid by another amount: the same share, escalator and modifiers."""
        priced, held = self.priced, rates.places(amount, 6)
        assert priced.modifier_factor is not None
        fine = rates.is_fine(self.term, held)
        paid = rates.unit_fee(held, priced.percent, priced.escalation, priced.modifier_factor, fine=fine)
        assert paid is not None
        return paid

    @property
    def own_unit_fee(self) -> Decimal:
        """What one unit of it is paid."""
        assert self.priced.basis_amount is not None
        return self.unit_fee(self.priced.basis_amount)

    @property
    def whole_units(self) -> int:
        """Units that could be ranked one by one: 1 where not whole, too many, or not paid in whole cents."""
        units = self.priced.units or Decimal(0)
        whole = units == units.to_integral_value() and 1 < units < MOST_UNITS
        return int(units) if whole and self.priced.per == "unit" and self.priced.unit_rate is not None else 1

    def counted(self, unit_fee: Decimal) -> Decimal:
        """The fee of the line by that of one unit."""
        return (
            to_cents(unit_fee) if self.priced.per == "line" else to_cents(unit_fee * (self.priced.units or Decimal(0)))
        )
