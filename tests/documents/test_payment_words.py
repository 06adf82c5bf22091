"""What is due for one claim, reckoned in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.documents.payment_words import payment_words

D = Decimal
ROW: dict[str, Any] = {
    "claim_id": "A1",
    "payer": "Summit",
    "claim_start_date": date(2025, 3, 3),
    "expected_allowed": D(1000),
    "patient_amount": D(200),
    "sequestration": D(16),
    "sequestration_rule": "2% of the payment taken off; §4.2",
    "withhold": D(0),
    "withhold_rule": None,
    "payment_due": D(784),
    "due_date": date(2025, 4, 2),
    "received_date": date(2025, 3, 3),
    "prompt_rule": "within 30 days of receipt",
    "paid_amount": D(700),
    "paid_date": date(2025, 5, 2),
    "payment_variance": D(-84),
    "allowed_variance": D(-100),
    "sequestration_variance": D(16),
    "withhold_variance": D(0),
    "other_variance": D(0),
    "days_late": 30,
    "interest_owed": D("6.90"),
    "interest_paid": D(0),
    "interest_short": D("6.90"),
    "unpaid_amount": D(84),
    "days_unpaid": None,
    "interest_accruing": None,
}


def test_the_whole_reckoning() -> None:
    assert payment_words(ROW) == [
        "Claim A1 · Summit · 2025-03-03",
        "    $1,000.00 allowed by contract",
        "  − $200.00 the patient's share",
        "  − $16.00 sequestration: 2% of the payment taken off; §4.2",
        "  = $784.00 due by 2025-04-02, received on 2025-03-03; within 30 days of receipt",
        "    $700.00 paid, the last on 2025-05-02: −$84.00 against due",
        "        −$100.00 by allowed",
        "        $16.00 by sequestration",
        "    30 days late: $6.90 interest owed, $0.00 paid, $6.90 short",
    ]


def test_what_is_not_known_is_said() -> None:
    told = payment_words(ROW | {"interest_owed": None})
    assert told[-1] == "    30 days late: what is owed for that is not known"
    unknown = payment_words(ROW | {"due_date": None, "days_late": None})
    assert unknown[4] == "  = $784.00 due, when is not known"


def test_what_accrues_stands_apart() -> None:
    told = payment_words(ROW | {"days_unpaid": 60, "interest_accruing": D("1.66")})
    assert told[-2:] == [
        "    30 days late: $6.90 interest owed, $0.00 paid, $6.90 short",
        "    $84.00 never paid, 60 days late: $1.66 of interest accruing besides",
    ]
    unknown = payment_words(ROW | {"days_unpaid": 60})
    assert unknown[-1] == "    $84.00 never paid, 60 days late: what accrues on that is not known"
