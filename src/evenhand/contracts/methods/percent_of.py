"""``pay: {percent_of: medicare-pfs, year: 2024, percent: 128}``: a share of another schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PercentOf:
    """``factor`` times the named schedule, rounded to cents per unit.

    ``pinned`` is the day whose rates are used, whenever the service is; ``None`` rolls with the service.
    """

    schedule: str
    factor: Decimal
    pinned: date | None = None
    method: str = "percent_of"
