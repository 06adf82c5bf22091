"""What moves rates with time, at random."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.pricing.world.draws import FIRST, Draws

from evenhand.contracts.chargelimit import ChargeLimiter
from evenhand.contracts.escalation import Escalator, Index


class Escalation(Draws):
    """Escalators, published indices and limits of charge growth."""

    def limiter(self) -> ChargeLimiter:
        growth = {self.day(): Decimal(self.pick("0.08", "0.02", "0.125", "-0.01")) for _ in range(self.pick(1, 2))}
        return ChargeLimiter(
            Decimal(self.pick("0.03", "0")),
            self.pick("ratio", "subtractive"),
            tuple(sorted(growth.items())),
            terms=self.pick((), (), ("Term 1", "Term 2")),
            decimals=self.pick(4, 2),
        )

    def escalator(self) -> Escalator:
        methods = ("fee_schedule", "percent_of", "amount", "anesthesia", "case", "day")
        said: dict[str, Any] = {
            "start": self.pick(FIRST, date(2024, 2, 29), date(2025, 3, 31)),
            "months": self.pick(1, 6, 12),
            "applies_to": tuple(self.some(methods, 3)) if self.maybe(0.7) else (),
            "terms": ("Term 1", "Term 3") if self.maybe(0.3) else (),
            "schedules": ("a.csv",) if self.maybe(0.3) else (),
        }
        if self.maybe(0.6):
            return Escalator(factor=Decimal(self.pick("1.03", "1.0275", "0.98")), **said)
        floor, cap = self.pick((None, None), (Decimal("0.01"), Decimal("0.04")), (None, Decimal("0.02")))
        return Escalator(
            factor=Decimal(1),
            **said,
            index=self.index(),
            floor=floor,
            cap=cap,
            lag=self.pick(0, 3),
            base_month=self.pick(None, date(2023, 9, 1)),
            decimals=self.pick(None, 1),
        )

    def index(self) -> Index:
        """Published up to some month: claims after it have no rate."""
        level, values = Decimal("500"), {}
        for number in range(self.pick(30, 60)):
            values[date(2023 + number // 12, number % 12 + 1, 1)] = level
            level += Decimal(self.random.randint(-1000, 5000)).scaleb(-3)
        return Index("cpi.csv", values)
