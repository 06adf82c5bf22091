"""``pay: {drg_weights: weights.csv, base: 6500}``: a base rate times the weight of the claim's DRG."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DrgWeights:
    """``base`` dollars times the weight a table gives for the DRG on the day of the claim, per case.

    The base rate escalates to whole cents first; then it is multiplied and rounded to cents.
    """

    schedule: str
    base: Decimal
    method: str = "drg_weights"
