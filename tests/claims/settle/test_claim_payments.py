"""Money of a claim by remittance: what came, the interest with it, and what was taken off."""

from __future__ import annotations

from datetime import date
from typing import Any

APRIL, MAY = date(2025, 4, 1), date(2025, 5, 1)
MONEY = "payment_date paid_amount interest_amount sequestration_amount withhold_amount"


def _payments(book: Any, of: Any) -> list[Any]:
    rows = book.settle().rows("from claim_payments order by payment_date, paid_amount")
    return [of(row, MONEY) for row in rows]


def test_what_was_taken_off_the_payment_is_told_by_reason(book: Any, pay: Any, of: Any) -> None:
    book.remit_claim(book.remit(), "P1", pay("99213", 200, 110, "CO-45 80, CO-253 4, CO-104 6"))
    assert _payments(book, of) == [(APRIL, "110.00", "0.00", "4.00", "6.00")]


def test_interest_apart_from_the_payment(book: Any, pay: Any, of: Any) -> None:
    """As an amount of the claim, or only as money of the whole remittance that names the claim."""
    remit = book.remit()
    book.remit_claim(remit, "P1", pay("99213", 200, 120, "CO-45 80"), interest_amount="1.50", payer_claim_number="N1")
    book.remit_claim(remit, "P2", pay("99213", 200, 110, "CO-45 90"), payer_claim_number="N2")
    for number, amount in (("N1", "-1.50"), ("N2", "-2.25"), ("N2", "-0.25"), ("N3", "-9")):
        book.add("provider_adjustments", remit_key=remit, reason_code="L6", reference=number, amount=amount)
    assert [row[1:3] for row in _payments(book, of)] == [("110.00", "2.50"), ("120.00", "1.50")]


def test_interest_inside_the_payment_is_no_payment(book: Any, pay: Any, of: Any) -> None:
    book.remit_claim(book.remit(), "P1", pay("99213", 200, 123, "CO-45 80, OA-225 -3"))
    assert _payments(book, of) == [(APRIL, "120.00", "3.00", "0.00", "0.00")]


def test_a_reversal_takes_back_what_was_taken_off_too(book: Any, pay: Any, of: Any) -> None:
    book.remit_claim(book.remit(), "P1", pay("99213", 200, 118, "CO-45 80, CO-253 2"))
    again = book.remit(MAY)
    book.remit_claim(again, "P1", pay("99213", -200, -118, "CO-45 -80, CO-253 -2"), status_code="22")
    book.remit_claim(again, "P1", pay("99213", 200, 147, "CO-45 50, CO-253 3"))
    assert _payments(book, of) == [
        (APRIL, "118.00", "0.00", "2.00", "0.00"),
        (MAY, "-118.00", "0.00", "-2.00", "0.00"),
        (MAY, "147.00", "0.00", "3.00", "0.00"),
    ]


def test_money_of_a_second_payer_is_not_the_first_ones(book: Any, bill: Any, pay: Any, of: Any) -> None:
    book.claim("P1", bill("99213", 200))
    book.remit_claim(book.remit(), "P1", pay("99213", 200, 100, "CO-45 80, PR-2 20"))
    book.remit_claim(book.remit(MAY), "P1", pay("99213", 200, 20, "OA-23 180"), status_code="2")
    assert [row[:2] for row in _payments(book, of)] == [(APRIL, "100.00")]
