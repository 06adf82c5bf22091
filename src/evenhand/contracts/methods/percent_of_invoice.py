"""``pay: {percent_of_invoice: 105, otherwise: {percent_of_charges: 40}}``: what the item cost, and a share more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evenhand.contracts.methods.amount import Amount
from evenhand.contracts.methods.percent_of_charges import PercentOfCharges


@dataclass(frozen=True, slots=True)
class PercentOfInvoice:
    """``factor`` times the line's invoice, rounded to cents, and at most ``most`` a unit.

    A line without an invoice is paid ``otherwise``; where nothing is stated for it, it has no price.
    """

    factor: Decimal
    most: Decimal | None = None
    otherwise: Amount | PercentOfCharges | None = None
    method: str = "percent_of_invoice"
