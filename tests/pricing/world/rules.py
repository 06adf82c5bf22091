"""The rules of a version at random."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.pricing.world.escalation import Escalation
from tests.pricing.world.limits import Limits
from tests.pricing.world.procedures import Procedures

from evenhand.contracts.lateness import LateStep, LateTerms, PromptPay
from evenhand.contracts.model import Rules
from evenhand.contracts.takings import Sequestration, Withhold


class DrawnRules(Procedures, Limits, Escalation):
    """Every rule, each in some worlds."""

    def rules(self) -> Rules:
        modifiers = {
            name: Decimal(value)
            for name, value in (("50", "1.5"), ("80", "0.2"), ("AS", "0.14"), ("62", "0.625"), ("RT", "0.33333"))
            if self.maybe(0.6)
        }
        sides = self.maybe(0.4)
        return Rules(
            lesser_of=self.pick(None, "line", "line", "claim"),
            multiple_procedures=tuple(
                self.pick(self.ranking, self.ranking, self.part_ranking)() for _ in range(self.pick(0, 0, 1, 1, 2, 3))
            ),
            modifiers={name: share for name, share in modifiers.items() if name != "RT" or not sides},
            bilateral_lines=sides,
            bilateral_units=self.maybe(0.3),
            modifiers_by_code=self.modifiers_by_code(),
            indicators=self.pick(None, None, "a.csv"),
            paid_alone=self.paid_alone() if self.maybe(0.3) else None,
            tiers=tuple(self.tier(number) for number in range(self.pick(0, 0, 1, 2))),
            escalator=tuple(self.escalator() for _ in range(self.pick(0, 0, 1, 1, 2))),
            charge_limiter=tuple(self.limiter() for _ in range(self.pick(0, 0, 1, 2))),
            stop_loss=tuple(self.stop_loss(number) for number in range(self.pick(0, 0, 1, 2, 3))),
            limits=tuple(self.limit(number) for number in range(self.pick(0, 0, 1, 2, 3))),
            **self.dues(),
        )

    def dues(self) -> dict[str, Any]:
        """What follows the allowed amount, which moves no price."""
        if self.maybe(0.7):
            return {}
        terms = LateTerms(30, steps=(LateStep(Decimal("0.01"), 30), LateStep(Decimal("0.02"))), per="month")
        return {
            "sequestration": (Sequestration(Decimal("0.02")),),
            "withhold": (Withhold(Decimal("0.05"), self.pick(None, "before", "beside")),),
            "prompt_pay": (PromptPay((terms,)),),
        }
