"""``pay: {percent_of_charges: 45}``: a share of what was billed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PercentOfCharges:
    """``factor`` times the billed charge, rounded to cents. Units, modifiers and ranking do not touch it."""

    factor: Decimal
    method: str = "percent_of_charges"
