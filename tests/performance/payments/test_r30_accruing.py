"""R30: interest that accrues on what was never paid, to a stated day. All figures reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.documents.payment_sheets import payment_sheets

D = Decimal
RECEIVED = date(2025, 3, 3)  # thirty days on is 2 April
IN_TIME = date(2025, 3, 20)
SIMPLE = "rules: {prompt_pay: {days: 30, percent: 12}}"


def _claim(*paid: tuple[date | None, Any], **about: Any) -> dict[str, Any]:
    return {"allowed": 1000, "charge": 2000, "received": RECEIVED, "paid": list(paid)} | about


def _accruing(report: Any) -> list[tuple[Decimal, int | None, Decimal | None]]:
    return [(row["unpaid_amount"], row["days_unpaid"], row["interest_accruing"]) for row in report.expected]


@pytest.mark.parametrize(
    ("rules", "to", "days", "accruing"),
    [
        (SIMPLE, date(2025, 4, 2), 0, "0.00"),
        (SIMPLE, date(2025, 4, 3), 1, "0.07"),  # 200 × 12 % × 1/365 = 0.0657
        (SIMPLE, date(2025, 5, 2), 30, "1.97"),
        ("rules: {prompt_pay: {days: 30, percent: 1.5, per: month}}", date(2025, 5, 17), 45, "4.50"),
        # Texas: a fifth of the claim bears a fifth of half the discount of 1,000
        ("rules: {prompt_pay: {state: TX}}", date(2025, 5, 17), 45, "100.00"),
    ],
)
def test_underpaid_and_never_corrected(
    agreed: Any, reported: Callable[..., Any], rules: str, to: date, days: int, accruing: str
) -> None:
    """800 of 1,000 came in time: nothing came late, and 200 never came."""
    report = reported(agreed(rules), [_claim((IN_TIME, 800))], to)
    assert _accruing(report) == [(D(200), days, D(accruing))]
    assert [(row["days_late"], row["interest_owed"], row["interest_short"]) for row in report.expected] == [
        (0, D(0), D(0))
    ]


def test_what_came_late_is_told_apart(agreed: Any, reported: Callable[..., Any]) -> None:
    """500 thirty days late: 4.93; 500 never: sixty days at 12 % are 9.86."""
    report = reported(agreed(SIMPLE), [_claim((date(2025, 5, 2), 500))], date(2025, 6, 1))
    assert _accruing(report) == [(D(500), 60, D("9.86"))]
    (total,) = report.totals
    assert (total["interest_owed"], total["interest_short"], total["interest_accruing"]) == (
        D("4.93"),
        D("4.93"),
        D("9.86"),
    )


def test_what_was_corrected_accrues_nothing(agreed: Any, reported: Callable[..., Any]) -> None:
    claims = [_claim((IN_TIME, 800), (date(2025, 5, 2), 200)), _claim((IN_TIME, 1000), (date(2025, 5, 2), -1000))]
    report = reported(agreed(SIMPLE), claims, date(2025, 6, 1))
    assert _accruing(report) == [(D(0), 0, D(0))] * 2


def test_nothing_accrues_where_no_day_is_stated(agreed: Any, reported: Callable[..., Any]) -> None:
    report = reported(agreed(SIMPLE), [_claim((IN_TIME, 800))])
    assert _accruing(report) == [(D(200), None, None)]
    assert [sheet.name for sheet in payment_sheets(report)] == ["payments", "interest", "payment-causes"]


def test_what_is_not_known_is_counted(agreed: Any, reported: Callable[..., Any]) -> None:
    report = reported(agreed("provisions: {payment_days: 30}"), [_claim((IN_TIME, 800))], date(2025, 6, 1))
    assert _accruing(report) == [(D(200), 60, None)]
    (total,) = report.totals
    assert (total["unpaid_claims"], total["unknown_accruals"]) == (1, 1)


def test_a_penalty_borne_whole_by_what_came_late_is_not_asked_for_again(
    agreed: Any, reported: Callable[..., Any]
) -> None:
    report = reported(agreed("rules: {prompt_pay: {state: TX}}"), [_claim((date(2025, 5, 17), 800))], date(2025, 5, 17))
    assert [(row["interest_owed"], row["interest_accruing"]) for row in report.expected] == [(D(500), D(0))]


def test_the_sheet_names_the_day(agreed: Any, reported: Callable[..., Any]) -> None:
    sheets = payment_sheets(reported(agreed(SIMPLE), [_claim((IN_TIME, 800))], date(2025, 5, 2)))
    assert [sheet.name for sheet in sheets] == ["payments", "interest", "accruing", "payment-causes"]
    assert "to 2025-05-02" in sheets[2].note
