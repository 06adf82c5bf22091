"""The cost outlier as data: a share of what a stay costs beyond its payment and a fixed loss."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenhand.codes import CodeRange


@dataclass(frozen=True, slots=True)
class DrgShare:
    """The share paid for some DRGs, where it is another one."""

    drgs: tuple[CodeRange, ...]
    share: Decimal


@dataclass(frozen=True, slots=True)
class Outlier:
    """What a case or day term pays on top of a stay that costs far more than it pays.

    ``share`` × (charges × ``cost_to_charge`` − (payment + ``fixed_loss``)), where that is above zero. The form is
    Medicare's (42 CFR 412.80–84), without its split into operating and capital cost.

    Attributes:
        cost_to_charge: Cost as a share of charges: the provider's ratio.
        fixed_loss: The loss the provider bears first, in dollars.
        share: The share of the rest that is paid: 80 % is ``Decimal("0.8")``.
        by_drg: Other shares for some DRGs.
        source: Where the ratio comes from.
        as_of: The day the ratio is of.
        updated_by: Who brings it up to date, and when.
        carve_outs_count: Whether charges of carve-outs are charges, and what these are paid payment, here as well.
        escalates: Whether the fixed loss rises with the escalator.
    """

    cost_to_charge: Decimal
    fixed_loss: Decimal
    share: Decimal
    by_drg: tuple[DrgShare, ...] = ()
    source: str = ""
    as_of: date | None = None
    updated_by: str = ""
    carve_outs_count: bool | None = None
    escalates: bool | None = None
    cite: str = ""
