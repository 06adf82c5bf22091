"""``pay: {capitation: 42.50}``: paid for by a sum per member and month, whoever is served and how often."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CapitationRate:
    """Dollars per member and month for members of an age, sex and grade; what is empty holds for all.

    Ages are in years, both inside. ``grade`` is a class of members or of benefits as the contract names it.
    """

    amount: Decimal
    low: int | None = None
    high: int | None = None
    sex: str = ""  # F, M or U
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Capitated:
    """Services are allowed nothing of their own: the members are paid for. The first rate that fits a member counts.

    ``minimum_panel`` is the least number of members the provider is paid for.
    """

    rates: tuple[CapitationRate, ...]
    minimum_panel: int | None = None
    method: str = "capitation"
