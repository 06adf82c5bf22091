"""What a payer takes off its payment, as data: sequestration and withholds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from evenhand.periods import ALWAYS, Period

if TYPE_CHECKING:
    from evenhand.contracts.model import Selector

#: Whether a withhold is taken before sequestration, after it, or each of them from the same payment.
Order = Literal["before", "after", "beside"]


@dataclass(frozen=True, slots=True)
class Sequestration:
    """A share that comes off the payer's payment after cost share; the first that covers a claim holds.

    ``period`` holds the day of discharge, else of service.
    """

    share: Decimal
    covers: Selector | None = None
    period: Period = ALWAYS
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Withhold:
    """A share of the payment that the payer holds back, perhaps to return it; ``order`` ``None``: not stated."""

    share: Decimal
    order: Order | None = None
    covers: Selector | None = None
    period: Period = ALWAYS
    cite: str = ""
