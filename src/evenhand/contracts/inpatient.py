"""What a term may say of hospital stays beside its rate, and what a table of DRGs says beside weights or dollars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: How the table of DRGs has a case paid that ends in a transfer: ``""`` only when it goes on to another hospital,
#: ``post-acute`` also when it goes on to post-acute care, ``special`` then with half the price on the first day,
#: ``none`` never.
TransferPolicy = Literal["", "post-acute", "special", "none"]


@dataclass(frozen=True, slots=True)
class DrgFacts:
    """What a table of DRGs says beside weight or amount: mean lengths of stay in days, and the transfer policy."""

    gmlos: Decimal | None = None
    amlos: Decimal | None = None
    transfer: TransferPolicy = ""


@dataclass(frozen=True, slots=True)
class Transfer:
    """Discharge statuses (two digits) on which a case is paid by the day, up to its full price.

    The share is (nights + 1) ÷ geometric mean length of stay, and 0.5 + 0.5 times that for ``special`` DRGs that go
    on to post-acute care; it is held to four decimals and never above 1. Source: 42 CFR 412.4.
    """

    discharge_status: tuple[str, ...]  # to another hospital: all DRGs but those marked ``none``
    post_acute: tuple[str, ...] = ()  # to post-acute care: DRGs marked ``post-acute`` or ``special``
