"""``pay: {amount: 24500}``: a stated sum, per unit, line, day or case."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """A stated sum in dollars; the term's ``per`` says what for.

    Of a case it may hold for the first ``days`` of the stay only, every further day paid ``extra_day`` dollars.
    """

    amount: Decimal
    days: int | None = None
    extra_day: Decimal | None = None
    method: str = "amount"
