"""The chargemaster limiter as data: shares of charges fall where charges have risen more than the contract lets them.

Two formulas are published, and contracts differ, so each says its own: ``ratio``, share × (1 + cap) ÷ (1 + growth),
and ``subtractive``, (share - cap) ÷ (1 + growth).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Formula = Literal["ratio", "subtractive"]
Measured = Literal["overall", "inpatient", "outpatient", "term"]

#: Decimals of a percent a limited share is held to unless the contract says otherwise.
DECIMALS = 4


@dataclass(frozen=True, slots=True)
class ChargeLimiter:
    """Where charges grew by more than ``cap``, shares of charges are cut so that the growth beyond it pays nothing.

    Attributes:
        cap: The growth let through: 3 % is 0.03.
        formula: How a share is cut.
        growth: By how much charges grew, by the day it took effect, in order of days.
        terms: The terms whose shares it cuts; empty for every share of charges.
        measured: Of what the growth is measured; for any but ``overall`` the terms are named.
        decimals: Decimals of a percent a cut share is rounded to.
        cite: Where the signed document says so.
    """

    cap: Decimal
    formula: Formula
    growth: tuple[tuple[date, Decimal], ...]
    terms: tuple[str, ...] = ()
    measured: Measured = "overall"
    decimals: int = DECIMALS
    cite: str = ""
    line: int = field(default=0, compare=False)  # where it stands in its file
    source: str = field(default="", compare=False)  # the file it stands in

    def cut(self, share: Decimal, growth: Decimal) -> Decimal:
        """A share after charges grew once; as it was where they grew by no more than the cap."""
        if growth <= self.cap:
            return share
        left = share * (1 + self.cap) if self.formula == "ratio" else max(share - self.cap, Decimal(0))
        return (left / (1 + growth)).quantize(Decimal(1).scaleb(-self.decimals - 2), rounding=ROUND_HALF_UP)


def limited_share(share: Decimal, limiters: Sequence[ChargeLimiter], day: date) -> Decimal:
    """What is left of a stated share on a day, after each limiter and each growth of charges in turn."""
    for one in limiters:
        for since, growth in one.growth:
            if since <= day:
                share = one.cut(share, growth)
    return share
