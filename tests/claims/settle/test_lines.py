"""How remittance lines find the lines they answer, and what the lines to be priced look like."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

ANSWER = "match_method state paid_amount remit_lines"
FIRST, SECOND = date(2025, 3, 1), date(2025, 3, 2)


def settle_lines(book: Any, of: Any, lines: list[Any], answers: list[Any], **claim: Any) -> list[tuple[Any, ...]]:
    """Settle one claim; what each line got."""
    _, *keys = book.claim("P1", *lines, claim_end_date=SECOND)
    book.remit_claim(book.remit(), "P1", *answers, **claim)
    settled = book.settle()
    return [of(settled.line(key), ANSWER) for key in keys]


def test_the_control_number_is_believed_before_the_code(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("99213", 100, line_control_number="A"), bill("99214", 100, line_control_number="B")]
    answers = [
        pay("99213", 100, 50, "CO-45 50", line_control_number="B"),
        pay("99214", 100, 60, "CO-45 40", line_control_number=" A "),
    ]
    assert settle_lines(book, of, lines, answers) == [
        ("control number", "paid", "60.00", 1),
        ("control number", "paid", "50.00", 1),
    ]


def test_without_a_control_number_the_payer_returns_the_line_number(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("99213", 100), bill("99213", 100)]
    answers = [
        pay("99213", 100, 50, "CO-45 50", line_control_number="2"),
        pay("99213", 100, 60, "CO-45 40", line_control_number="1"),
    ]
    assert [row[2] for row in settle_lines(book, of, lines, answers)] == ["60.00", "50.00"]


def test_modifiers_and_days_tell_like_lines_apart(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [
        bill("29881", 100, hcpcs_modifier_1="RT"),
        bill("29881", 100, hcpcs_modifier_1="LT"),
        bill("29881", 100, hcpcs_modifier_1="LT", claim_line_start_date=SECOND),
    ]
    answers = [
        pay("29881", 100, 10, "CO-45 90", hcpcs_modifier_1="LT", service_start_date=SECOND),
        pay("29881", 100, 20, "CO-45 80", hcpcs_modifier_1="LT", service_start_date=FIRST),
        pay("29881", 100, 30, "CO-45 70", hcpcs_modifier_1="RT", service_start_date=FIRST),
    ]
    assert settle_lines(book, of, lines, answers) == [
        ("code and charge", "paid", "30.00", 1),
        ("code and charge", "paid", "20.00", 1),
        ("code and charge", "paid", "10.00", 1),
    ]


def test_a_dropped_modifier_does_not_lose_the_line(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("29881", 100, hcpcs_modifier_1="RT")]
    answers = [pay("29881", 100, 30, "CO-45 70", service_start_date=FIRST)]
    assert settle_lines(book, of, lines, answers) == [("code and charge", "paid", "30.00", 1)]


def test_the_submitted_code_finds_a_line_whose_code_was_changed(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("99214", 100), bill("99213", 100)]
    answers = [
        pay("99213", 100, 40, "CO-45 60", submitted_code="99214", submitted_code_qualifier="HC"),
        pay("99213", 100, 50, "CO-45 50"),
    ]
    assert settle_lines(book, of, lines, answers) == [
        ("code and charge", "paid", "40.00", 1),
        ("code and charge", "paid", "50.00", 1),
    ]


def test_a_changed_charge_leaves_the_code_and_day(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("99214", 100), bill("36415", 10)]
    answers = [
        pay("99214", 95, 40, "CO-45 55", service_start_date=FIRST),
        pay("36415", 9, 3, "CO-45 6"),
    ]
    assert [row[0] for row in settle_lines(book, of, lines, answers)] == ["code", "code"]


def test_a_changed_code_leaves_the_charge_and_position(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("99214", 100), bill("99215", 120)]
    answers = [pay("99203", 120, 70, "CO-45 50"), pay("99202", 100, 60, "CO-45 40")]
    assert settle_lines(book, of, lines, answers) == [
        ("position", "paid", "60.00", 1),
        ("position", "paid", "70.00", 1),
    ]


def test_the_parts_of_a_split_are_added_up(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("97110", 200), bill("99213", 100)]
    answers = [
        pay("97110", 120, 60, "CO-45 60"),
        pay("99213", 100, 40, "CO-45 60"),
        pay("97110", 80, 0, "CO-151 80"),
    ]
    assert settle_lines(book, of, lines, answers) == [
        ("code", "paid", "60.00", 2),
        ("code and charge", "paid", "40.00", 1),
    ]


def test_a_split_by_control_number_is_added_up(book: Any, bill: Any, pay: Any, of: Any) -> None:
    answers = [
        pay("97110", 120, 60, "CO-45 40, PR-1 20", line_control_number="1", reported_allowed_amount=80),
        pay("97110", 80, 30, "CO-45 50", line_control_number="1", reported_allowed_amount=30),
    ]
    _, line = book.claim("P1", bill("97110", 200))
    book.remit_claim(book.remit(), "P1", *answers)
    row = book.settle().line(line)
    assert of(row, "allowed_amount allowed_method adjudicated_units patient_amount reasons") == (
        "110.00", "b6", "2.000", "20.00", "CO-45 PR-1",
    )  # fmt: skip


def test_lines_paid_as_one_under_a_new_code_are_a_bundle(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("82374", 30), bill("82435", 20), bill("99213", 100)]
    answers = [pay("99213", 100, 60, "CO-45 40"), pay("80051", 50, 25, "CO-45 25")]
    assert settle_lines(book, of, lines, answers) == [
        ("bundle", "paid", "25.00", 1),
        ("bundle", "bundled", "0.00", 0),
        ("code and charge", "paid", "60.00", 1),
    ]


def test_charges_moved_onto_one_line_are_a_bundle(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("82374", 30), bill("82435", 20), bill("99213", 100)]
    answers = [
        pay("99213", 100, 60, "CO-45 40"),
        pay("80051", 50, 25, "CO-45 25", submitted_code="82435", submitted_code_qualifier="HC"),
    ]
    assert settle_lines(book, of, lines, answers) == [
        ("bundle", "bundled", "0.00", 0),
        ("code", "paid", "25.00", 1),
        ("code and charge", "paid", "60.00", 1),
    ]


def test_a_bundled_line_the_payer_reports_is_bundled_too(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("45384", 150), bill("45380", 50)]
    answers = [
        pay("45385", 150, 100, "CO-45 100, OA-94 -50", submitted_code="45384", submitted_code_qualifier="HC"),
        pay("45385", 50, 0, "CO-97 50", submitted_code="45380", submitted_code_qualifier="HC"),
    ]
    assert settle_lines(book, of, lines, answers) == [
        ("code and charge", "paid", "100.00", 1),
        ("code and charge", "bundled", "0.00", 1),
    ]


def test_a_line_the_remittance_leaves_out_is_not_remitted(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill("99213", 100), bill("36415", 10)]
    assert settle_lines(book, of, lines, [pay("99213", 100, 60, "CO-45 40")]) == [
        ("code and charge", "paid", "60.00", 1),
        (None, "not remitted", None, 0),
    ]


def test_revenue_and_drug_lines_are_recognised_by_their_own_codes(book: Any, bill: Any, pay: Any, of: Any) -> None:
    lines = [bill(None, 100, revenue_center_code="0120"), bill(None, 50, ndc_code="00002143480")]
    answers = [
        pay("00002143480", 50, 20, "CO-45 30", code_qualifier="N4"),
        pay(None, 100, 60, "CO-45 40", revenue_center_code="0120"),
    ]
    assert [row[2] for row in settle_lines(book, of, lines, answers)] == ["60.00", "20.00"]


@pytest.mark.parametrize(
    ("claim_type", "place", "setting"),
    [
        ("professional", "11", "office"),
        ("professional", "22", "facility"),
        ("professional", None, "office"),
        ("institutional", None, "facility"),
    ],
)
def test_the_setting_follows_the_place_of_service(
    book: Any, bill: Any, claim_type: str, place: str | None, setting: str
) -> None:
    book.claim("P1", bill("99213", 100, place_of_service_code=place), claim_type=claim_type)
    assert book.settle().rows("select setting from service_lines") == [{"setting": setting}]


def test_lines_to_price_carry_modifiers_in_billed_order_and_one_unit_when_silent(book: Any, bill: Any, of: Any) -> None:
    book.claim("P1", bill("27447", 100, hcpcs_modifier_1="50", hcpcs_modifier_2="LT"), bill("99213", 100))
    rows = book.settle().rows("from service_lines order by line_key")
    assert [of(row, "modifiers units") for row in rows] == [("50,LT", "1.000"), ("", "1.000")]


def test_age_is_in_whole_years_on_the_first_day(book: Any, bill: Any) -> None:
    born = date(2007, 3, 2)
    book.claim("P1", bill("99213", 100), patient_birth_date=born, day=date(2025, 3, 1))
    book.claim("P2", bill("99213", 100), patient_birth_date=born, day=date(2025, 3, 2))
    rows = book.settle().rows("select age from service_claims order by claim_key")
    assert [row["age"] for row in rows] == [17, 18]


def test_a_claim_known_from_its_remittance_has_the_submitted_code(book: Any, pay: Any, of: Any) -> None:
    line = pay("99213", 100, 60, "CO-45 40", submitted_code="99214", submitted_code_qualifier="HC",
               submitted_unit_quantity=2)  # fmt: skip
    book.remit_claim(book.remit(payer_id="S1"), "P1", line, filing_code="HM", facility_code="22", member_id="M1")
    settled = book.settle()
    (claim,) = settled.rows("from service_claims")
    assert of(claim, "origin claim_id claim_type payer payer_id product member_id") == (
        "remittance", "P1", "professional", "Summit", "S1", "HMO", "M1",
    )  # fmt: skip
    (service,) = settled.rows("from service_lines")
    assert of(service, "hcpcs_code units setting") == ("99214", "2.000", "facility")
    assert of(settled.lines[0], "adjudicated_code match_method") == ("99213", "remittance")
