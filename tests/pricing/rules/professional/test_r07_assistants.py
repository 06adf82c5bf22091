"""R7: assistants at surgery, by the code's assistant indicator, ranked apart from the surgeon."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  multiple_procedures: {percent: [100, 50]}
  modifiers:
    "80": {by: assistant, percent: {"1": 0, "2": 16}, otherwise: 16}
    AS: {by: assistant, percent: {"1": 0, "2": 13.6}, otherwise: 13.6}
"""
FEES = "code,amount,asst surg\n27447,1257.63,2\n20680,414.04,1\n29880,2000.00,2\n"


def test_a_surgeon_at_16_percent_and_another_at_13_6(contract_of: Make, prices: Price) -> None:
    """1,257.63 × 16 % = 201.22; 85 % of 16 % is 13.6 %: 171.04."""
    contract = contract_of(CONTRACT, fees=FEES)
    assert prices(contract, {"code": "27447", "modifiers": ["80"]}).amounts == ["201.22"]
    assert prices(contract, {"code": "27447", "modifiers": ["AS"]}).amounts == ["171.04"]


def test_a_code_that_never_has_an_assistant(contract_of: Make, prices: Price) -> None:
    assert prices(contract_of(CONTRACT, fees=FEES), {"code": "20680", "modifiers": ["80"]}).amounts == ["0.00"]


def test_assistants_are_ranked_apart(contract_of: Make, prices: Price) -> None:
    """Surgeon 2,000.00 and 1,257.63 × 50 %; assistant 320.00 and 201.22 × 50 %."""
    lines = [{"code": code, "modifiers": said} for said in ([], ["80"]) for code in ("29880", "27447")]
    assert prices(contract_of(CONTRACT, fees=FEES), *lines).amounts == ["2000.00", "628.82", "320.00", "100.61"]
