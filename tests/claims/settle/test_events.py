"""Which events settle a claim: copies, matches, reversals and corrections, later payers, replaced claims."""

from __future__ import annotations

from datetime import date
from typing import Any

APRIL, MAY, JUNE = date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)
STATE = "state allowed_amount paid_amount reversals"
ENVELOPE = {"sender_id": "S", "interchange_control_number": "1", "trace_number": "T1", "payment_amount": "120"}


def test_a_remittance_received_twice_counts_once_and_the_whole_copy_stands(book: Any, pay: Any, of: Any) -> None:
    cut, whole = (book.remit(**ENVELOPE, segment_count=n) for n in (10, 14))
    book.remit_claim(cut, "P1", pay("99213", 200, 120, "CO-45 80"))
    book.remit_claim(whole, "P1", pay("99213", 200, 120, "CO-45 80"))
    book.remit_claim(whole, "P2", pay("99213", 200, 120, "CO-45 80"))
    settled = book.settle()
    assert [of(row, STATE) for row in settled.claims] == [("paid", "120.00", "120.00", 0)] * 2
    assert {row["remit_key"] for row in settled.claims} == {whole}


def test_equal_control_numbers_over_other_claims_are_no_copies(book: Any, pay: Any, of: Any) -> None:
    for claim_id in ("P1", "P2"):
        book.remit_claim(book.remit(**ENVELOPE), claim_id, pay("99213", 200, 120, "CO-45 80"))
    assert len(book.settle().claims) == 2


def test_a_claim_submitted_in_two_files_counts_once(book: Any, bill: Any, pay: Any, of: Any) -> None:
    kept, *_ = book.claim("P1", bill("99213", 200), billing_npi="1234567893")
    book.claim("P1", bill("99213", 200), billing_npi="1234567893")
    book.remit_claim(book.remit(), "P1", pay("99213", 200, 120, "CO-45 80"))
    settled = book.settle()
    assert [row["claim_key"] for row in settled.claims] == [kept]
    assert len(settled.lines) == 1


def test_a_reused_claim_number_is_told_by_the_days(book: Any, bill: Any, pay: Any, of: Any) -> None:
    march, *_ = book.claim("P1", bill("99213", 200))
    may, *_ = book.claim("P1", bill("99213", 200), day=MAY)
    book.remit_claim(book.remit(JUNE), " P1 ", pay("99213", 200, 120, "CO-45 80", service_start_date=MAY))
    book.remit_claim(book.remit(JUNE), "P1", pay("99213", 200, 90, "CO-45 110", service_start_date=APRIL))
    settled = book.settle()
    assert of(settled.claim(march), STATE) == ("not remitted", None, "0.00", 0)
    assert of(settled.claim(may), STATE) == ("paid", "120.00", "120.00", 0)
    assert [of(row, STATE) for row in settled.claims if row["claim_key"] < 0] == [("paid", "90.00", "90.00", 0)]


def test_a_reused_claim_number_is_told_by_the_charge(book: Any, bill: Any, pay: Any, of: Any) -> None:
    small, *_ = book.claim("P1", bill("99213", 200))
    large, *_ = book.claim("P1", bill("99215", 300))
    book.remit_claim(book.remit(), "P1", pay("99215", 300, 220, "CO-45 80"))
    settled = book.settle()
    assert settled.claim(small)["state"] == "not remitted"
    assert settled.claim(large)["state"] == "paid"


def test_another_practice_with_the_same_number_is_another_claim(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, *_ = book.claim("P1", bill("99213", 200), billing_npi="1", billing_tin="11")
    book.remit_claim(book.remit(payee_npi="2", payee_tin="22"), "P1", pay("99213", 200, 120, "CO-45 80"))
    settled = book.settle()
    assert settled.claim(claim)["state"] == "not remitted"
    assert len(settled.claims) == 2


def reverse_and_correct(book: Any, pay: Any, *, corrected: bool) -> None:
    original = pay("99213", 200, 100, "CO-45 80, PR-1 20")
    back = pay("99213", -200, -100, "CO-45 -80, PR-1 -20")
    book.remit_claim(book.remit(APRIL), "P1", original, payer_claim_number="I1")
    second = book.remit(MAY)
    book.remit_claim(second, "P1", back, status_code="22", payer_claim_number="I1")
    if corrected:
        book.remit_claim(second, "P1", pay("99214", 200, 130, "CO-45 50, PR-1 20"), payer_claim_number="I2")


def test_a_correction_stands_and_cash_is_the_sum(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, line = book.claim("P1", bill("99213", 200))
    reverse_and_correct(book, pay, corrected=True)
    settled = book.settle()
    assert of(settled.claim(claim), STATE + " payer_claim_number") == ("paid", "150.00", "130.00", 1, "I2")
    assert settled.claim(claim)["first_payment_date"] == APRIL
    assert settled.claim(claim)["payment_date"] == MAY
    assert of(settled.line(line), "allowed_amount paid_amount adjudicated_code match_method") == (
        "150.00", "130.00", "99214", "position",
    )  # fmt: skip


def test_what_is_taken_back_without_a_correction_is_reversed(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, line = book.claim("P1", bill("99213", 200))
    reverse_and_correct(book, pay, corrected=False)
    settled = book.settle()
    assert of(settled.claim(claim), STATE + " why_not") == ("reversed", None, "0.00", 1, "reversed")
    assert of(settled.line(line), "state allowed_amount is_final judged") == ("reversed", None, False, False)


def test_without_the_claim_a_reversal_and_correction_are_one_claim(book: Any, pay: Any, of: Any) -> None:
    reverse_and_correct(book, pay, corrected=True)
    settled = book.settle()
    assert [of(row, STATE) for row in settled.claims] == [("paid", "150.00", "130.00", 1)]
    assert [of(row, "match_method allowed_amount") for row in settled.lines] == [("remittance", "150.00")]


def test_a_correction_never_answers_for_an_original_that_is_not_on_file(book: Any, pay: Any, of: Any) -> None:
    remit = book.remit()
    back = pay("99213", -200, -100, "CO-45 -100")
    book.remit_claim(remit, "P1", back, status_code="22", payer_claim_number="I1")
    book.remit_claim(remit, "P1", pay("99213", 200, 100, "CO-45 100"), payer_claim_number="I1")
    settled = book.settle()
    assert [of(row, STATE) for row in settled.claims] == [("paid", "100.00", "0.00", 1)]


def test_a_lone_reversal_keeps_the_service_with_its_signs_turned_back(book: Any, pay: Any, of: Any) -> None:
    back = pay("45378", -900, -600, "CO-45 -300", service_unit_quantity=-2)
    book.remit_claim(book.remit(), "P1", back, status_code="22")
    settled = book.settle()
    assert [of(row, STATE) for row in settled.claims] == [("reversed", None, "-600.00", 1)]
    (line,) = settled.rows("from service_lines")
    assert of(line, "hcpcs_code charge_amount units") == ("45378", "900.00", "2.000")


def test_a_later_denial_as_duplicate_does_not_unsettle_a_payment(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, _ = book.claim("P1", bill("99213", 200))
    book.remit_claim(book.remit(APRIL), "P1", pay("99213", 200, 120, "CO-45 80"))
    book.remit_claim(book.remit(MAY), "P1", pay("99213", 200, 0, "OA-18 200"), status_code="4")
    assert of(book.settle().claim(claim), STATE) == ("paid", "120.00", "120.00", 0)


def test_a_later_payment_follows_a_denial(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, _ = book.claim("P1", bill("99213", 200))
    book.remit_claim(book.remit(APRIL), "P1", pay("99213", 200, 0, "CO-16 200"), status_code="4")
    book.remit_claim(book.remit(MAY), "P1", pay("99213", 200, 120, "CO-45 80"))
    assert of(book.settle().claim(claim), STATE) == ("paid", "120.00", "120.00", 0)


def test_a_secondary_payer_is_kept_apart(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, line = book.claim("P1", bill("99213", 200))
    book.remit_claim(book.remit(APRIL), "P1", pay("99213", 200, 100, "CO-45 80, PR-2 20"))
    second = book.remit(MAY, payer="Lakeside")
    book.remit_claim(second, "P1", pay("99213", 200, 20, "OA-23 180"), status_code="2")
    settled = book.settle()
    assert of(settled.claim(claim), STATE + " payer_sequence") == ("paid", "120.00", "120.00", 0, "primary")
    assert of(settled.line(line), "allowed_amount paid_amount") == ("120.00", "100.00")


def test_a_second_payers_denial_is_not_the_firsts(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, _ = book.claim("P1", bill("99213", 200))
    book.remit_claim(book.remit(APRIL), "P1", pay("99213", 200, 100, "CO-45 80, PR-2 20"))
    book.remit_claim(book.remit(MAY, payer="Lakeside"), "P1", pay("99213", 200, 0, "CO-27 200"), status_code="4")
    assert of(book.settle().claim(claim), STATE) == ("paid", "120.00", "100.00", 0)


def test_predeterminations_and_claims_passed_on_are_no_money(book: Any, bill: Any, pay: Any, of: Any) -> None:
    planned, line = book.claim("P1", bill("99213", 200))
    passed, _ = book.claim("P2", bill("99213", 200))
    book.remit_claim(book.remit(), "P1", pay("99213", 200, 120, "CO-45 80"), status_code="25")
    book.remit_claim(book.remit(), "P2", pay("99213", 200, 0, "CO-109 200"), status_code="23")
    settled = book.settle()
    assert of(settled.claim(planned), "state paid_amount why_not") == ("not remitted", "0.00", "predetermination")
    assert settled.line(line)["why_not"] == "predetermination"
    assert of(settled.claim(passed), "state paid_amount why_not") == ("not remitted", "0.00", "not remitted")


def test_a_claim_split_over_two_remittance_claims_counts_whole(book: Any, bill: Any, pay: Any, of: Any) -> None:
    claim, first, second = book.claim("P1", bill("99213", 200), bill("36415", 50))
    remit = book.remit()
    book.remit_claim(remit, "P1", pay("99213", 200, 120, "CO-45 80"), payer_claim_number="I1")
    book.remit_claim(remit, "P1", pay("36415", 50, 10, "CO-45 40"), payer_claim_number="I2")
    settled = book.settle()
    assert of(settled.claim(claim), STATE) == ("paid", "130.00", "130.00", 0)
    assert [settled.line(key)["allowed_amount"] for key in (first, second)] == [120, 10]


def test_a_replacement_takes_the_place_and_the_remittances_of_what_it_replaces(
    book: Any, bill: Any, pay: Any, of: Any
) -> None:
    book.claim("P1", bill("99213", 200))
    new, line = book.claim("P1", bill("99214", 250), claim_frequency="7", original_claim_id="I1")
    reverse_and_correct(book, pay, corrected=False)
    book.remit_claim(book.remit(MAY), "P1", pay("99214", 250, 150, "CO-45 100"), payer_claim_number="I2")
    settled = book.settle()
    assert [of(row, STATE) for row in settled.claims] == [("paid", "150.00", "150.00", 1)]
    assert settled.claims[0]["claim_key"] == new
    assert [row["line_key"] for row in settled.rows("from service_lines")] == [line]


def test_a_replacement_under_a_new_number_is_found_by_the_payers(book: Any, bill: Any, pay: Any) -> None:
    book.claim("P1", bill("99213", 200))
    new, _ = book.claim("P1B", bill("99214", 250), claim_frequency="7", original_claim_id="I1")
    book.remit_claim(book.remit(APRIL), "P1", pay("99213", 200, 100, "CO-45 100"), payer_claim_number="I1")
    assert [row["claim_key"] for row in book.settle().claims] == [new]


def test_a_voided_claim_leaves_with_its_void(book: Any, bill: Any, pay: Any) -> None:
    book.claim("P1", bill("99213", 200))
    book.claim("P1", bill("99213", 200), claim_frequency="8", original_claim_id="I1")
    kept, *_ = book.claim("P1", bill("99215", 300))
    reverse_and_correct(book, pay, corrected=False)
    assert [row["claim_key"] for row in book.settle().claims] == [kept]


def test_days_to_pay_run_from_receipt_else_from_service(book: Any, bill: Any, pay: Any, of: Any) -> None:
    served, *_ = book.claim("P1", bill("99213", 200), day=date(2025, 3, 2))
    received, *_ = book.claim("P2", bill("99213", 200), day=date(2025, 3, 2))
    line = pay("99213", 200, 120, "CO-45 80")
    book.remit_claim(book.remit(APRIL), "P1", line)
    book.remit_claim(book.remit(APRIL), "P2", line, received_date=date(2025, 3, 12))
    settled = book.settle()
    assert of(settled.claim(served), "days_to_pay days_from") == (30, "service")
    assert of(settled.claim(received), "days_to_pay days_from") == (20, "received")
