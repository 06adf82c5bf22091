"""Actual against expected, reckoned by hand; what is compared and what is not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.errors import SelectionError, UsageError
from evenhand.performance import Choices, VarianceQuestion, variance

D = Decimal


def test_an_empty_book_has_no_variance(book: Any) -> None:
    report = variance(book.basis())

    assert [len(r) for r in (report.summary, report.groups, report.causes, report.detail, report.not_compared)] == [
        0
    ] * 5


def test_a_cent_is_no_variance_and_two_are(book: Any) -> None:
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "5.01"}])
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "4.98"}])

    (row,) = variance(book.basis()).detail.rows()

    assert (row["claim_id"], row["variance_amount"], row["direction"]) == ("A2", D("-0.02"), "underpaid")


def test_every_line_is_compared_or_counted_by_why_not(book: Any) -> None:
    for state, why in (
        ("denied", None),
        ("capitated", None),
        ("reversed", None),
        ("not remitted", None),
        ("paid", "secondary payer"),
        ("paid", "allowed unknown"),
    ):
        book.claim("Summit", [{"charge": "10.00", "expected": "5.00", "state": state, "why_not": why}])
    book.claim("Summit", [{"charge": "10.00", "expected": None, "allowed": "5.00"}])
    book.claim("Summit", [{"charge": "10.00", "expected": None, "allowed": "5.00", "outcome": "ambiguous contract"}])
    book.claim("Summit", [{"charge": "10.00", "expected": "5.00", "allowed": "5.00"}])

    report = variance(book.basis())

    assert {row["why_not"]: row["charges"] for row in report.not_compared} == dict.fromkeys(
        [
            "denied",
            "capitated",
            "reversed",
            "not remitted",
            "secondary payer",
            "allowed unknown",
            "no term",
            "ambiguous contract",
        ],
        D("10.00"),
    )
    assert [(row["lines"], row["charges"]) for row in report.summary] == [(1, D("10.00"))]
    assert len(report.detail) == 0


def case_claim(book: Any, allowed: list[str | None], states: list[str], *, per: str = "case") -> None:
    """A claim of three lines with one price of $1,000.00 on the first."""
    lines: list[dict[str, Any]] = [
        {"charge": "700.00", "expected": "1000.00", "per": per, "term": "Joints"},
        {"charge": "700.00", "expected": "0.00", "per": per, "term": "Joints", "outcome": "included"},
        {"charge": "700.00", "expected": "0.00", "per": per, "term": "Joints", "outcome": "included"},
    ]
    book.claim(
        "Summit",
        [line | {"allowed": a, "state": s} for line, a, s in zip(lines, allowed, states, strict=True)],
    )


def test_lines_that_share_a_price_are_compared_as_one_claim(book: Any) -> None:
    case_claim(book, ["300.00", "600.00", "0.00"], ["paid", "paid", "bundled"])

    (row,) = variance(book.basis()).detail.rows()

    assert (row["compared"], row["expected_amount"], row["actual_amount"]) == ("claim", D("1000.00"), D("900.00"))
    assert row["charge_amount"] == D("2100.00")


def test_a_denied_line_does_not_change_a_case_price(book: Any) -> None:
    case_claim(book, ["1000.00", None, "0.00"], ["paid", "denied", "bundled"])

    report = variance(book.basis())

    assert (len(report.detail), len(report.not_compared)) == (0, 0)
    assert [row["comparisons"] for row in report.summary] == [1]


def test_a_denied_day_stops_the_comparison_of_a_price_per_day(book: Any) -> None:
    case_claim(book, ["600.00", None, "0.00"], ["paid", "denied", "bundled"], per="day")

    report = variance(book.basis())

    assert len(report.detail) == 0
    assert {row["why_not"]: row["lines"] for row in report.not_compared} == {
        "denied": 1,
        "another line of the claim not judged": 2,
    }


def test_a_carve_out_is_compared_apart_from_the_case(book: Any) -> None:
    book.claim(
        "Summit",
        [
            {"charge": "9.00", "expected": "1000.00", "per": "case", "allowed": "1000.00"},
            {"charge": "9.00", "expected": "0.00", "per": "case", "outcome": "included", "allowed": "0.00"},
            {"charge": "90.00", "expected": "40.00", "allowed": "0.00", "state": "bundled", "reasons": "CO-97"},
        ],
    )

    (row,) = variance(book.basis()).detail.rows()

    assert (row["variance_amount"], row["reason"]) == (D("-40.00"), "bundled")
    assert row["evidence"] == "nothing allowed (CO-97): taken into another service; expected $40.00"


def test_one_allowed_amount_for_the_claim_is_compared_with_the_whole(book: Any) -> None:
    lines = [
        {"charge": "50.00", "expected": e, "allowed": a, "allowed_method": "claim level"}
        for e, a in (("10.00", "25.00"), ("40.00", "25.00"))
    ]
    book.claim("Summit", lines)

    assert len(variance(book.basis()).detail) == 0


def test_an_amount_told_only_for_the_claim_is_compared_with_the_whole(book: Any) -> None:
    lines = [{"charge": "50.00", "expected": e, "why_not": "allowed unknown"} for e in ("10.00", "40.00")]
    book.claim("Summit", lines, judged=True, allowed_method="claim level", allowed_amount=D("45.00"))

    report = variance(book.basis())

    assert [(row["compared"], row["variance_amount"]) for row in report.detail] == [("claim", D("-5.00"))]
    assert len(report.not_compared) == 0


def test_what_nobody_can_explain_says_so(book: Any) -> None:
    book.claim("Summit", [{"charge": "90.00", "expected": "50.00", "allowed": "40.00", "code": "99213"}])
    book.claim("Summit", [{"charge": "90.00", "expected": "50.00", "allowed": "90.00"}])

    by_reason = {row["reason"]: row["evidence"] for row in variance(book.basis()).detail}

    assert by_reason == {
        "unexplained": "allowed $40.00, expected $50.00: 80.0% of it; "
        "no other reading of the contract gives this amount",
        "paid above the rate": "allowed $90.00, expected $50.00: 180.0% of it; it is the charge itself",
    }


def test_causes_gather_what_one_letter_can_be_written_about(book: Any) -> None:
    for day, allowed in ((date(2025, 1, 5), "40.00"), (date(2025, 6, 5), "45.00")):
        book.claim("Summit", [{"charge": "91.00", "expected": "50.00", "allowed": allowed, "code": "99213"}], day=day)

    (cause,) = variance(book.basis()).causes.rows()

    assert (cause["lines"], cause["claims"], cause["amount"]) == (2, 2, D("15.00"))
    assert (cause["first_day"], cause["last_day"]) == (date(2025, 1, 5), date(2025, 6, 5))
    assert cause["evidence"].startswith("99213 on 2025-01-05: allowed $40.00, expected $50.00")


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("payer", ["Summit", "Other"]),
        ("code", ["99213", "99214"]),
        ("month", ["2025-03", "2025-04"]),
        ("claim", ["A1", "A2"]),
        ("reason", ["unexplained", "paid above the rate"]),
        ("term", ["Schedule"]),
    ],
)
def test_groups(book: Any, by: str, keys: list[str]) -> None:
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "4.00", "code": "99213"}])
    book.claim(
        "Other", [{"charge": "9.00", "expected": "5.00", "allowed": "7.00", "code": "99214"}], day=date(2025, 4, 1)
    )

    groups = variance(book.basis(), VarianceQuestion(by=by)).groups.rows()

    assert [row[by] for row in groups] == keys
    assert sum(row["underpaid"] for row in groups) == D("1.00")
    assert sum(row["overpaid"] for row in groups) == D("2.00")


def test_small_groups_are_hidden_but_counted(book: Any) -> None:
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "4.00"}])

    report = variance(book.basis(), VarianceQuestion(min_dollars=D("1.01")))

    assert (len(report.groups), len(report.causes)) == (0, 0)
    assert [row["underpaid"] for row in report.summary] == [D("1.00")]


def test_one_payer_by_part_of_its_name(book: Any) -> None:
    book.claim("Summit Health", [{"charge": "9.00", "expected": "5.00", "allowed": "4.00"}])
    book.claim("Plains Mutual", [{"charge": "9.00", "expected": "5.00", "allowed": "4.00"}])

    report = variance(book.basis(), VarianceQuestion(payer="summit"))

    assert [row["payer"] for row in report.detail] == ["Summit Health"]


def test_an_unknown_payer_is_told_with_those_there_are(book: Any) -> None:
    book.claim("Summit Health", [{"charge": "9.00", "expected": "5.00", "allowed": "4.00"}])

    with pytest.raises(SelectionError, match="'Aetna' is no payer in the book; payers: Summit Health"):
        variance(book.basis(), VarianceQuestion(payer="Aetna"))


def test_an_unknown_grouping_is_told_with_those_there_are() -> None:
    with pytest.raises(
        UsageError, match="cannot be grouped by 'doctor'; it can be by payer, code, term, reason, claim, month"
    ):
        VarianceQuestion(by="doctor")


def test_a_wider_tolerance(book: Any) -> None:
    book.claim("Summit", [{"charge": "9.00", "expected": "5.00", "allowed": "4.50"}])

    report = variance(book.basis(), VarianceQuestion(choices=Choices(tolerance=D("0.50"))))

    assert len(report.detail) == 0
