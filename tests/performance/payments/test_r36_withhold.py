"""R36: a withhold holds back a share of the payer's payment; the contract says where it stands to sequestration."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check

D = Decimal
CLAIM = {"allowed": 1000, "patient": 200, "product": "HMO"}
BOTH = "rules: {{sequestration: {{percent: 2}}, withhold: {{percent: 5{order}}}}}"
ORDERS = [
    ("", D("16.00"), D("39.20"), D("744.80")),  # 5 % of 784
    (", order: after sequestration", D("16.00"), D("39.20"), D("744.80")),
    (", order: before sequestration", D("15.20"), D("40.00"), D("744.80")),  # 2 % of 760
    (", order: beside sequestration", D("16.00"), D("40.00"), D("744.00")),
]


@pytest.mark.parametrize(("order", "sequestration", "withhold", "payment"), ORDERS)
def test_order(
    agreed: Any, reported: Callable[..., Any], order: str, sequestration: Decimal, withhold: Decimal, payment: Decimal
) -> None:
    (row,) = reported(agreed(BOTH.format(order=order)), [CLAIM]).expected

    assert (row["sequestration"], row["withhold"], row["payment_due"]) == (sequestration, withhold, payment)


def test_a_silent_order_is_a_gap(agreed: Any, tmp_path: Path) -> None:
    agreed(BOTH.format(order=""))

    _, problems = check(tmp_path / "contract")

    assert "the withhold does not say whether it is taken before sequestration" in "; ".join(map(str, problems))


def test_only_what_it_covers(agreed: Any, reported: Callable[..., Any]) -> None:
    contract = agreed(
        "rules: {withhold: [{percent: 5, for: {product: HMO}}, {percent: 3, for: {not: {product: PPO}}}]}"
    )
    claims = [CLAIM | {"product": product} for product in ("HMO", "EPO", "PPO")]

    rows = reported(contract, claims).expected

    assert [row["withhold"] for row in rows] == [D("40.00"), D("24.00"), D("0.00")]


@pytest.mark.parametrize(
    ("rules", "cause", "amount"),
    [
        ("", "withhold taken, not agreed", "-40.00"),
        ("rules: {withhold: {percent: 4}}", "more withheld than agreed", "-8.00"),
        ("rules: {withhold: {percent: 6}}", "withhold not taken", "8.00"),
    ],
)
def test_the_cause_of_each_difference(
    agreed: Any, reported: Callable[..., Any], rules: str, cause: str, amount: str
) -> None:
    report = reported(agreed(rules), [CLAIM | {"paid": [(date(2025, 4, 1), 760, {"withhold": 40})]}])

    assert [(row["cause"], row["amount"]) for row in report.causes] == [(cause, D(amount))]
    assert report.totals.rows()[0]["withhold"] == report.expected.rows()[0]["withhold"]
