"""Lines paid by what the provider was invoiced."""

from __future__ import annotations

from dataclasses import replace

from evenhand.contracts.methods import PercentOfInvoice
from evenhand.money import to_cents
from evenhand.pricing.oracle.claim import OracleLine
from evenhand.pricing.oracle.priced import PricedLine
from evenhand.pricing.oracle.rates import places
from evenhand.pricing.oracle.selection import counted


def by_invoice(priced: PricedLine, pay: PercentOfInvoice, line: OracleLine) -> PricedLine:
    """A share of the invoice, up to the most for its units; without an invoice there is no price."""
    share = places(pay.factor, 6)
    if line.invoice_amount is None:
        return replace(priced, outcome="no invoice", percent=share)
    fee = line.invoice_amount * share
    if pay.most is not None:
        fee = min(fee, places(pay.most, 4) * counted(line.units))
    return replace(priced, basis_amount=line.invoice_amount, percent=share, fee_amount=to_cents(fee))
