"""What a seed draws from, and how: codes, amounts and days that meet each other often."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

CODES = ("29881", "29877", "27447", "99213", "99214", "J1030", "20610", "a4550", "00000")
REVENUE = ("0275", "0278", "0120", "0360", "0450")
MODIFIERS = ("50", "80", "AS", "62", "RT", "LT", "26", "TC", "QX")
DRGS = ("469", "470", "871")
DIAGNOSED = ("M1711", "M1712", "S83241A", "Z0000")
MEMBERS = ("M1", "m1 ", "M2")
PAYERS = ("Summit Health", "SUMMIT  health", "Lakeside Mutual", "Nobody")
NETWORKS = ("Multi Plan", "FH 2", "none")
PINNED = (date(2024, 6, 30), date(2025, 1, 1))
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)


class Draws:
    """One seed's values."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def maybe(self, chance: float) -> bool:
        return self.random.random() < chance

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    def some(self, values: Sequence[str], most: int = 2) -> list[str]:
        return self.random.sample(list(values), self.random.randint(1, min(most, len(values))))

    def amount(self, top: int = 3000) -> Decimal:
        return Decimal(self.random.randint(0, top * 100)).scaleb(-2)

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randint(0, (LAST - FIRST).days))
