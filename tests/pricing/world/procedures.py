"""Rules of several procedures and of modifiers at random."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.pricing.world.draws import CODES
from tests.pricing.world.selectors import Selectors

from evenhand.codes import CodeRange
from evenhand.contracts.model import (
    ASSISTANTS,
    Condition,
    Family,
    ModifierByCode,
    MultipleProcedures,
    PaidAlone,
    Selector,
    Tier,
)


class Procedures(Selectors):
    """How lines beside each other are ranked and reduced."""

    def ranking(self) -> MultipleProcedures:
        factors = self.pick(("1", "0.5", "0.5", "0.25"), ("1", "0.5"), ("1",), ("0.9", "0.333333"))
        covers = Selector((Condition("codes", (CodeRange("10004", "69990"),)),)) if self.maybe(0.7) else self.selector()
        return MultipleProcedures(
            tuple(map(Decimal, factors)),
            covers,
            units=self.pick("line", "each"),
            scope=self.pick("day", "day", "claim"),
            apart=self.pick(ASSISTANTS, (), ("RT",)),
            order=self.pick("fee", "fee", "rvu"),
            indicators=self.pick((), (), ("2", "3"), ("0",)),
            families=self.pick((), (), "endo_base", self.families()),
        )

    def part_ranking(self) -> MultipleProcedures:
        parts = {
            "technical": (Decimal(1), Decimal("0.5")),
            "professional": self.pick((Decimal(1), Decimal("0.95")), (Decimal("0.9"),)),
            "practice expense": (Decimal(1), Decimal(0)),
        }
        named = self.some(list(parts), 3)
        drawn = self.ranking()
        return replace(drawn, factors=(), order="fee", families=(), parts={name: parts[name] for name in named})

    def families(self) -> tuple[Family, ...]:
        others = (Family("20610", (CodeRange("27447", "27447"),)), Family("99214", (CodeRange("99213", "99213"),)))
        return (Family("29877", (CodeRange("29870", "29889"),)), *others[: self.pick(0, 1, 2)])

    def modifiers_by_code(self) -> dict[str, ModifierByCode]:
        by = {"50": ModifierByCode("bilateral", {"1": Decimal("1.5"), "0": Decimal(1)})}
        shares = {"62": ModifierByCode(shares=self.pick(("intra", "post"), ("post",)))}
        return (by if self.maybe(0.4) else {}) | (shares if self.maybe(0.3) else {})

    def paid_alone(self) -> PaidAlone:
        covers = self.pick(Selector(), Selector((Condition("codes", self.ranges(CODES)),)), self.selector())
        return PaidAlone(covers, self.pick((), ("T",)) if covers.conditions else ("T",))

    def tier(self, number: int) -> Tier:
        return Tier(f"Tier {number}", self.selector(), Decimal(self.pick("0.85", "0.333333", "1.1")))
