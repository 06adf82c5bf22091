"""R31: sequestration comes off the payer's payment after cost share, and only where the contract says so.

Vector: allowed 1,000; cost share 200 → sequestration 16.00; payer pays 784.00.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

D = Decimal
CLAIM = {"allowed": 1000, "patient": 200, "product": "Medicare Advantage"}
ADVANTAGE = "rules: {sequestration: {percent: 2, from: 2013-04-01, for: {product: Medicare Advantage}, cite: §4.2}}"


def test_two_percent_of_the_payment(agreed: Any, reported: Callable[..., Any]) -> None:
    (row,) = reported(agreed(ADVANTAGE), [CLAIM]).expected

    assert (row["expected_allowed"], row["sequestration"], row["payment_due"]) == (
        D("1000.00"),
        D("16.00"),
        D("784.00"),
    )


@pytest.mark.parametrize(
    ("rules", "changes"),
    [
        ("", {}),
        ("rules: {sequestration: none}", {}),
        (ADVANTAGE, {"product": "PPO"}),
        (ADVANTAGE, {"product": None}),
        (ADVANTAGE, {"day": date(2013, 3, 31)}),
        ("rules: {sequestration: {percent: 2, ends: 2025-03-02}}", {}),
    ],
)
def test_a_silent_contract_takes_nothing(
    agreed: Any, reported: Callable[..., Any], rules: str, changes: dict[str, Any]
) -> None:
    (row,) = reported(agreed(rules), [CLAIM | changes]).expected

    assert (row["sequestration"], row["payment_due"]) == (D("0.00"), D("800.00"))


def test_the_first_that_covers_a_claim_holds(agreed: Any, reported: Callable[..., Any]) -> None:
    contract = agreed(
        "rules: {sequestration: [{percent: 0, ends: 2022-03-31}, {percent: 1, ends: 2022-06-30}, {percent: 2}]}"
    )
    days = [date(2022, 3, 31), date(2022, 4, 1), date(2022, 7, 1)]

    rows = reported(contract, [CLAIM | {"day": day} for day in days]).expected

    assert [row["sequestration"] for row in rows] == [D("0.00"), D("8.00"), D("16.00")]


def test_a_stay_goes_by_its_discharge(agreed: Any, reported: Callable[..., Any]) -> None:
    stay = CLAIM | {"claim_type": "institutional", "day": date(2025, 3, 3), "discharge_date": date(2025, 3, 9)}

    (row,) = reported(agreed("rules: {sequestration: {percent: 2, from: 2025-03-09}}"), [stay]).expected

    assert row["sequestration"] == D("16.00")


def test_what_the_patient_bears_alone_is_not_cut(agreed: Any, reported: Callable[..., Any]) -> None:
    (row,) = reported(agreed("rules: {sequestration: {percent: 2}}"), [CLAIM | {"patient": 1200}]).expected

    assert (row["sequestration"], row["payment_due"]) == (D("0.00"), D("0.00"))


TAKEN = {"paid": [(date(2025, 4, 1), 784, {"sequestration": 16})]}


@pytest.mark.parametrize(
    ("rules", "paid", "causes"),
    [
        ("", TAKEN, [("sequestration taken, not agreed", D("-16.00"))]),
        (ADVANTAGE, TAKEN, []),
        (ADVANTAGE, {"paid": [(None, 776, {"sequestration": 24})]}, [("more sequestration than agreed", D("-8.00"))]),
        (ADVANTAGE, {"paid": [(None, 800)]}, [("sequestration not taken", D("16.00"))]),
        (
            ADVANTAGE,
            {"paid": [(None, 700)]},
            [("other deductions", D("-100.00")), ("sequestration not taken", D("16.00"))],
        ),
    ],
)
def test_the_cause_of_each_difference(
    agreed: Any, reported: Callable[..., Any], rules: str, paid: dict[str, Any], causes: list[tuple[str, Decimal]]
) -> None:
    report = reported(agreed(rules), [CLAIM | paid])

    assert [(row["cause"], row["amount"]) for row in report.causes] == causes
