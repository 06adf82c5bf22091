"""R6: both sides, by the code's bilateral indicator, and before procedures are ranked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: line
  escalator: none
  multiple_procedures: {percent: [100, 50]}
  modifiers: {"50": {by: bilateral, percent: {"0": 100, "1": 150, "2": 100, "3": 200}, otherwise: 100}}
"""
FEES = "code,amount,bilat surg\n27447,1257.63,1\n20680,1414.04,0\n11012,1257.63,3\n31231,100.00,2\n29999,80.00,\n"


@pytest.mark.parametrize(
    ("code", "paid"),
    [("27447", "1886.45"), ("20680", "1414.04"), ("11012", "2515.26"), ("31231", "100.00"), ("29999", "80.00")],
)
def test_payment_for_both_sides(contract_of: Make, prices: Price, code: str, paid: str) -> None:
    """1,257.63 × 150 % = 1,886.445 → 1,886.45; ×200 % where each side is paid; once where indicator is 0 or 2."""
    assert prices(contract_of(CONTRACT, fees=FEES), {"code": code, "modifiers": ["50"]}).amounts == [paid]


def test_both_sides_are_paid_before_ranking(contract_of: Make, prices: Price) -> None:
    """1,886.45 for both knees ranks before 1,414.04, which 1,257.63 for one would not."""
    priced = prices(contract_of(CONTRACT, fees=FEES), {"code": "20680"}, {"code": "27447", "modifiers": ["50"]})
    assert priced.amounts == ["707.02", "1886.45"]


def test_indicator_0_pays_the_charge_where_it_is_less(contract_of: Make, prices: Price) -> None:
    line = {"code": "20680", "modifiers": ["50"], "charge": "900.00"}
    assert prices(contract_of(CONTRACT, fees=FEES), line).amounts == ["900.00"]


def test_indicators_may_stand_in_a_table_of_their_own(contract_of: Make, prices: Price) -> None:
    text = CONTRACT.replace("rules:", "rules:\n  indicators: kinds.csv")
    contract = contract_of(text, fees="code,amount\n27447,1257.63\n", kinds="code,mult proc,bilat surg\n27447,2,1\n")
    assert prices(contract, {"code": "27447", "modifiers": ["50"]}).amounts == ["1886.45"]


def test_indicators_change_with_their_dates(contract_of: Make, prices: Price) -> None:
    fees = "code,amount,bilateral,effective,ends\n27447,100.00,1,,2025-06-30\n27447,110.00,2,2025-07-01,\n"
    contract = contract_of(CONTRACT, fees=fees)
    line = {"code": "27447", "modifiers": ["50"]}
    assert prices(contract, line, date="2025-06-30").amounts == ["150.00"]
    assert prices(contract, line, date="2025-07-01").amounts == ["110.00"]
