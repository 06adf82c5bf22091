"""Selectors at random: conditions, bounds, other lines of the claim, readmissions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.pricing.world.draws import CODES, DIAGNOSED, DRGS, MODIFIERS, REVENUE, Draws

from evenhand.codes import CodeRange
from evenhand.contracts.model import LINE_ATTRIBUTES, Bound, Condition, Selector
from evenhand.contracts.readmissions import Readmission


class Selectors(Draws):
    """What terms and rules are for."""

    def selector(self, *, on_schedule: bool = False) -> Selector:
        conditions = [self.condition() for _ in range(self.pick(0, 1, 1, 1, 2, 3))]
        bounds = [self.bound() for _ in range(self.pick(0, 0, 0, 1, 2))]
        return Selector(
            tuple(conditions),
            tuple(bounds),
            on_schedule and self.maybe(0.5),
            with_line=self.companion() if self.maybe(0.1) else None,
            without_line=self.companion() if self.maybe(0.1) else None,
            readmission=self.readmission() if self.maybe(0.08) else None,
        )

    def readmission(self) -> Readmission:
        return Readmission(
            self.pick(30, 365, 365),
            same_drg=self.maybe(0.3),
            first_drg=self.ranges(DRGS, ("469", "470")) if self.maybe(0.3) else (),
            provider=self.pick("either", "npi", "tin", "any"),
            not_after=self.pick((), (), ("02", "30"), ("01",)),
        )

    def companion(self) -> Selector:
        """What another line of the claim must, or must not, meet."""
        drawn = (self.condition() for _ in range(self.pick(4, 12)))
        found = [each for each in drawn if each.attribute in LINE_ATTRIBUTES][: self.pick(1, 1, 2)]
        return Selector(tuple(found) or (Condition("codes", self.ranges(CODES)),))

    def condition(self) -> Condition:
        attribute, ranges = self.pick(
            ("codes", self.ranges(CODES, ("20000", "29999"), ("99202", "99215"), ("A0000", "A9999"))),
            ("codes", self.ranges(CODES, ("10004", "69990"))),
            ("codes", self.ranges(CODES, ("20000", "99999"))),
            ("revenue_codes", self.ranges(REVENUE, ("0275", "0278"))),
            ("modifiers", self.ranges(MODIFIERS)),
            ("place_of_service", self.ranges(("11", "21", "22"))),
            ("setting", self.ranges(("facility", "office"))),
            ("rendering_npi", self.ranges(("1111111111", "2222222222"))),
            ("drg", self.ranges(DRGS, ("469", "470"))),
            ("bill_type", self.ranges(("111", "131"), ("110", "119"))),
            ("claim_type", self.ranges(("professional", "institutional"))),
            ("diagnosis", self.ranges(DIAGNOSED, ("M1710", "M1719"))),
            ("product", self.ranges(("PPO", "HMO"))),
            ("billing_npi", self.ranges(("1234567893",))),
            ("tin", self.ranges(("840000000",))),
        )
        present = self.pick((), ("N", "U"), ("Y",)) if attribute == "diagnosis" else ()
        return Condition(attribute, ranges, negated=self.maybe(0.25), present=present)

    def ranges(self, singles: Sequence[str], *pairs: tuple[str, str]) -> tuple[CodeRange, ...]:
        some = {CodeRange(code, code) for code in self.some(singles, min(2, len(singles)))}
        some |= {CodeRange(*pair) for pair in pairs if self.maybe(0.6)}
        return tuple(sorted(some))

    def bound(self) -> Bound:
        measure = self.pick("charge", "charge", "claim_charge", "age", "length_of_stay", "invoice")
        low, high = {
            "charge": (Decimal(self.pick("500", "1000", "1000.005")), Decimal(self.pick("1000", "2500.99"))),
            "claim_charge": (Decimal(self.pick(1000, 4000)), Decimal(self.pick(4000, 9000))),
            "invoice": (Decimal(self.pick("500", "1000.00")), Decimal(self.pick("1000.00", "4000"))),
            "age": (Decimal(self.pick(18, 65)), Decimal(self.pick(17, 64, 90))),
            "length_of_stay": (Decimal(self.pick(1, 3)), Decimal(self.pick(2, 5))),
        }[measure]
        shape = self.pick("low", "high", "both")
        return Bound(
            measure,
            low if shape != "high" else None,
            high if shape != "low" else None,
            above=shape == "low" and self.maybe(0.5),
        )
