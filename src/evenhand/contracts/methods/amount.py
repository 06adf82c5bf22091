"""``pay: {amount: 24500}``: a stated sum, per unit, line, day or case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated sum in dollars; the term's ``per`` says what for."""

    amount: Decimal
    method: str = "amount"
