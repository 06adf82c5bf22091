"""Contracts at random, of several versions and parties."""

from __future__ import annotations

from datetime import date

from tests.pricing.world.draws import FIRST, NETWORKS
from tests.pricing.world.rules import DrawnRules
from tests.pricing.world.schedules import Schedules
from tests.pricing.world.terms import Terms

from evenhand.contracts.model import Contract, Parties, Scope, Version
from evenhand.periods import FOREVER, Period


class Contracts(Schedules, Terms, DrawnRules):
    """Contracts with their terms, rules and schedules."""

    def contracts(self) -> list[Contract]:
        return [self.contract(number) for number in range(1, self.pick(1, 1, 2, 3) + 1)]

    def contract(self, number: int) -> Contract:
        start = self.pick(FIRST, date(2024, 7, 1))
        end = self.pick(FOREVER, date(2026, 7, 1))
        cuts = sorted({start, *(day for day in (date(2025, 1, 1), date(2025, 9, 15)) if self.maybe(0.4))})
        versions = tuple(self.version(Period(first, last)) for first, last in zip(cuts, [*cuts[1:], end], strict=True))
        parties = Parties(
            provider="Cedar Ridge",
            payer="Summit Health" if number == 1 or self.maybe(0.4) else "Lakeside Mutual",
            provider_tins=("84-0000000",) if self.maybe(0.5) else (),
            provider_npis=("1234567893", "1987654321") if self.maybe(0.4) else (),
            payer_ids=(self.pick("SUMM1", "LAKE2"),) if self.maybe(0.5) else (),
            payer_aliases=("Lakeside Mutual",) if self.maybe(0.2) else (),
        )
        rental = self.maybe(0.15) and any(version.scope.networks for version in versions)
        return Contract(
            f"c{number}",
            f"Contract {number}",
            parties,
            Period(start, end),
            versions,
            chosen_by=self.pick("admission", "admission", "service", "discharge"),
            precedence=self.pick(None, None, 1, 2),
            rental=rental,
        )

    def version(self, period: Period) -> Version:
        schedules = {name: self.schedule(name) for name in ("a.csv", "b.csv")}
        schedules |= {"weights.csv": self.drgs("weights.csv", "weight"), "drgs.csv": self.drgs("drgs.csv", "amount")}
        schedules |= {"base.csv": self.base_units()}
        names = [f"Term {number}" for number in range(1, self.random.randint(2, 8))]
        terms = tuple(self.term(name, names) for name in names)
        products = tuple(self.some(("PPO", "EPO", "HMO"))) if self.maybe(0.4) else ()
        return Version(period, terms, self.rules(), schedules, products, scope=self.scope())

    def scope(self) -> Scope:
        return Scope(
            networks=tuple(self.some(NETWORKS)) if self.maybe(0.15) else (),
            plans=tuple(self.some(("Gold", "G-100"))) if self.maybe(0.1) else (),
            sites=tuple(self.some(("1234567893", "11", "22"), 3)) if self.maybe(0.1) else (),
        )
