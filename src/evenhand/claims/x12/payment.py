"""Does a remittance add up: its payment, its claims, its provider adjustments."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.claims.x12.findings import ERROR, WARNING, Finding, dollars
from evenhand.claims.x12.transaction import Transaction


def unbalanced(remit: Transaction) -> Iterator[Finding]:
    """What does not add up in a remittance that has ended; nothing where an amount could not be read."""
    if not remit.money.unknown:
        yield from _payment(remit)
        yield from _interest(remit)


def _payment(remit: Transaction) -> Iterator[Finding]:
    """BPR02 = sum of CLP04 - sum of PLB amounts; a positive PLB reduces the payment."""
    payment = remit.row.get("payment_amount")
    if payment is None:
        return
    found = int(payment.scaleb(2)) * (-1 if remit.row.get("credit_debit") == "D" else 1)
    expected = remit.money.paid - remit.money.provider
    if found != expected:
        message = (
            f"the payment is {dollars(found)}, but its claims pay {dollars(remit.money.paid)} "
            f"less provider adjustments of {dollars(remit.money.provider)}"
        )
        yield _unequal("transaction-balance", ERROR, message, remit=remit, pair=("BPR02", found, expected))


def _interest(remit: Transaction) -> Iterator[Finding]:
    """Interest of the claims (AMT*I) = interest paid in PLB (L6, negative), unless that nets to nothing."""
    found, paid = remit.money.interest, -remit.money.provider_interest
    if paid and paid != found:
        message = f"interest of the claims is {dollars(found)}, but PLB pays {dollars(paid)} (L6)"
        yield _unequal("interest-balance", WARNING, message, remit=remit, pair=("AMT02", found, paid))


def _unequal(rule: str, severity: str, message: str, *, remit: Transaction, pair: tuple[str, int, int]) -> Finding:
    element, found, expected = pair
    return Finding(
        rule=rule,
        severity=severity,
        message=message,
        subject="remits",
        key=remit.key,
        offset=remit.place.offset,
        element=element,
        found=dollars(found),
        expected=dollars(expected),
        cents=found - expected,
    )
