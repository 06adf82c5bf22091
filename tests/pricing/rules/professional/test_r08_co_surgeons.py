"""R8: two surgeons, by the code's co-surgeon indicator; teams by a term of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: Teams, for: {modifiers: [66]}, pay: {percent_of_charges: 50}}
  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  multiple_procedures: none
  modifiers: {"62": {by: co_surgeon, percent: {"0": 0, "1": 62.5, "2": SHARE}, otherwise: 62.5}}
"""
FEES = "code,amount,co-surg\n27447,1257.63,2\n20680,414.04,0\n"
TWO = {"code": "27447", "modifiers": ["62"]}


def test_each_of_two_surgeons(contract_of: Make, prices: Price) -> None:
    """1,257.63 × 62.5 % = 786.02; the variant of 120 % shared, 60 % each, is 754.58."""
    assert prices(contract_of(CONTRACT.replace("SHARE", "62.5"), fees=FEES), TWO).amounts == ["786.02"]
    assert prices(contract_of(CONTRACT.replace("SHARE", "60"), fees=FEES), TWO).amounts == ["754.58"]


def test_a_code_without_co_surgeons_and_a_team(contract_of: Make, prices: Price) -> None:
    contract = contract_of(CONTRACT.replace("SHARE", "62.5"), fees=FEES)
    team = {"code": "27447", "modifiers": ["66"], "charge": 5000}
    assert prices(contract, {"code": "20680", "modifiers": ["62"]}, team).amounts == ["0.00", "2500.00"]
