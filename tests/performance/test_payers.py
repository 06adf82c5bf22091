"""How payers pay, reckoned by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.claims.reasons import labels, read_reasons
from evenhand.performance import Choices, payers

D = Decimal


def only(result: Any) -> dict[str, Any]:
    (row,) = result.rows()
    return dict(row)


def test_an_empty_book_gives_no_rows(book: Any) -> None:
    report = payers(book.basis())

    assert (len(report.payers), len(report.denials), len(report.months)) == (0, 0, 0)


def test_a_denial_is_told_in_the_words_of_the_book(book: Any, tmp_path: Path) -> None:
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "state": "denied", "group": "CO", "reason": "197"}])
    basis = book.basis()
    corrections = tmp_path / "reasons.csv"
    corrections.write_text("code,kind,label,payer\n197,denial,no referral on file,\n197,denial,other words,Somebody\n")
    corrected = replace(basis, reason_labels=labels(read_reasons(corrections)))

    assert only(payers(basis).denials)["meaning"] == "authorisation missing"
    assert only(payers(corrected).denials)["meaning"] == "no referral on file"


def test_money_and_shares_state_their_own_denominators(book: Any) -> None:
    book.claim(
        "Summit",
        [
            {"charge": "200.00", "expected": "100.00", "allowed": "100.00", "code": "99213"},
            {"charge": "100.00", "expected": "50.00", "state": "denied", "group": "CO", "reason": "197"},
        ],
        paid_amount=D("80.00"),
        state="partly denied",
    )
    book.claim("Summit", [{"charge": "50.00", "expected": "20.00", "state": "not remitted"}], settled=False)

    row = only(payers(book.basis()).payers)

    assert (row["claims"], row["lines"], row["charges"]) == (2, 3, D("350.00"))
    assert (row["allowed"], row["allowed_charges"], row["allowed_percent"]) == (D("100.00"), D("200.00"), D("0.5"))
    assert row["paid"] == D("80.00")
    assert (row["denied_lines"], row["remitted_lines"], row["denied_lines_share"]) == (1, 2, D("0.5"))
    assert (row["denied_charges"], row["remitted_charges"]) == (D("100.00"), D("300.00"))
    assert row["denied_charges_share"] == D("0.333333")
    assert (row["denied_claims"], row["partly_denied_claims"], row["remitted_claims"]) == (0, 1, 1)
    assert (row["not_remitted_claims"], row["not_remitted_charges"]) == (1, D("50.00"))
    assert row["top_reasons"] == "197 authorisation missing"


def test_days_are_order_statistics_not_interpolated(book: Any) -> None:
    for days in (3, 4, 10, 20, 90):
        book.claim(
            "Summit",
            [{"charge": "1.00", "expected": "1.00", "allowed": "1.00"}],
            days_to_pay=days,
            days_from="received",
        )

    row = only(payers(book.basis()).payers)

    assert (row["timed_claims"], row["days_p50"], row["days_p90"]) == (5, 10, 90)


def test_late_counts_only_where_contract_and_remittance_state_the_days(book: Any, contract: Any) -> None:
    book.contracts = (contract(provisions={"payment_days": "30 days"}),)
    for days, since in ((31, "received"), (30, "received"), (99, "service")):
        book.claim(
            "Summit Health",
            [{"charge": "1.00", "expected": "1.00", "allowed": "1.00"}],
            days_to_pay=days,
            days_from=since,
        )

    row = only(payers(book.basis()).payers)

    assert (row["payment_days"], row["due_claims"], row["late_claims"]) == (30, 2, 1)
    assert row["timed_from_service"] == 1


def test_one_payer_has_one_name(book: Any, contract: Any) -> None:
    book.contracts = (contract(),)
    line = [{"charge": "1.00", "expected": "1.00", "allowed": "1.00"}]
    for name, number in (("SUMMIT HLTH", None), ("Something else", "SUM1"), ("summit  health", None), (None, None)):
        book.claim(name, line, payer_id=number)

    rows = payers(book.basis()).payers.rows()

    assert {row["payer"]: row["claims"] for row in rows} == {"Summit Health": 3, "not stated": 1}


def test_products_apart_and_days_chosen(book: Any) -> None:
    line = [{"charge": "1.00", "expected": "1.00", "allowed": "1.00"}]
    book.claim("Summit", line, product="PPO", day=date(2025, 1, 1))
    book.claim("Summit", line, product="HMO", day=date(2025, 2, 1))
    book.claim("Summit", line, day=date(2025, 2, 28))

    rows = payers(book.basis(), Choices(date(2025, 2, 1), date(2025, 2, 28), by_product=True)).payers.rows()

    assert [(row["product"], row["claims"]) for row in rows] == [("HMO", 1), ("not stated", 1)]


def test_under_and_overpayment_stand_apart(book: Any) -> None:
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "4.00"}])
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "7.00"}])
    book.claim("Summit", [{"charge": "9.00", "expected": "10.00", "allowed": "10.01"}])

    row = only(payers(book.basis()).payers)

    assert (row["expected"], row["actual"]) == (D("20.00"), D("21.01"))
    assert (row["underpaid"], row["overpaid"]) == (D("1.00"), D("2.00"))
    assert (row["underpaid_comparisons"], row["overpaid_comparisons"]) == (1, 1)
    assert row["underpaid_share"] == D("0.05")
