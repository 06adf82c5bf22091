"""Rate tables at random, with gaps, dates and what they say of their codes."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from tests.pricing.world.draws import CODES, DRGS, FIRST, MODIFIERS, PINNED, Draws

from evenhand.contracts.inpatient import DrgFacts
from evenhand.contracts.model import FeeSchedule, Indicators, Rate
from evenhand.periods import ALWAYS, FOREVER, Period


class Schedules(Draws):
    """Fee schedules, tables of DRGs and of base units."""

    def schedule(self, name: str) -> FeeSchedule:
        rates = []
        for code in CODES[:-1]:
            if self.maybe(0.25):
                continue
            kinds = {
                (self.pick("", *MODIFIERS), self.pick("", "facility", "office")) for _ in range(self.pick(0, 1, 3))
            }
            for modifier, setting in sorted({("", ""), *kinds}, reverse=self.maybe(0.5)):
                cuts = sorted({self.pick(self.day(), *PINNED) for _ in range(self.pick(0, 0, 1, 3))})
                ends = [ALWAYS.start, *cuts, ALWAYS.end]
                for first, last in itertools.pairwise(ends):
                    if self.maybe(0.9):
                        amount = self.amount(self.pick(0, 3000, 3000)) + Decimal(
                            self.pick("0", "0", "0.0050", "0.0049", "0.000001")
                        )
                        rates.append(Rate(code, amount, modifier, setting, Period(first, last)))
        return FeeSchedule(name, tuple(rates), indicators=self.indicators() if self.maybe(0.6) else ())

    def drgs(self, name: str, holds: Any) -> FeeSchedule:
        rates = []
        for drg in DRGS:
            for first, last in itertools.pairwise([ALWAYS.start, *self.pick((), (self.day(),)), ALWAYS.end]):
                amount = Decimal(self.random.randint(1, 60_000)).scaleb(-4) * (1 if holds == "weight" else 10_000)
                stay = Decimal(self.random.randint(10, 90)).scaleb(-1)
                facts = DrgFacts(stay, self.pick(stay + 1, None), self.pick("", "", "post-acute", "special", "none"))
                drg_facts = self.pick(facts, facts, facts, None)
                if self.maybe(0.8):
                    rates.append(Rate(drg, amount, period=Period(first, last), drg=drg_facts))
        return FeeSchedule(name, tuple(rates), by="drg", holds=holds)

    def base_units(self) -> FeeSchedule:
        """Base units by code, from a day on another number; a code may have others for a modifier."""
        rates = []
        for code in CODES[:-1]:
            for first, last in itertools.pairwise([ALWAYS.start, *self.pick((), (self.day(),)), ALWAYS.end]):
                if self.maybe(0.7):
                    units = Decimal(self.pick("0", "3", "5", "6.5", "20", "3.3333"))
                    rates.append(Rate(code, units, self.pick("", "", "80"), period=Period(first, last)))
        return FeeSchedule("base.csv", tuple(rates), holds="base unit")

    def indicators(self) -> tuple[Indicators, ...]:
        """What a schedule says of its codes, in periods with gaps."""
        found = []
        for code in sorted(code.upper() for code in CODES if self.maybe(0.5)):
            cuts = sorted({FIRST, *(self.day() for _ in range(self.pick(0, 0, 2)))})
            for first, last in itertools.pairwise([*cuts, FOREVER]):
                values = {
                    "multiple": self.pick("0", "2", "3"),
                    "bilateral": self.pick("0", "1", "2", "3"),
                    "rvu_facility": self.pick("1.5", "20"),
                    "rvu_office": self.pick("3.25", "7"),
                    "intra": "0.69",
                    "post": "0.21",
                    "endo_base": self.pick("29877", "29877", "27447", "99999"),
                    "status": self.pick("A", "A", "T"),
                    "pctc": self.pick("1", "1", "2", "3"),
                    "reduced": str(self.amount(1500)),
                    "reduced_office": str(self.amount(1500)),
                }
                if self.maybe(0.8):
                    kept = {name: value for name, value in values.items() if self.maybe(0.8)}
                    found.append(Indicators(code, kept, Period(first, last)))
        return tuple(found)
