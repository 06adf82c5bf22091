"""R9: professional and technical components, and the parts of the surgical package."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: All, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  multiple_procedures: {percent: [100, 50], for: {codes: 10004-69990, not: {modifiers: [78]}}}
  modifiers:
    "54": {share: [pre, intra], otherwise: 70}
    "55": {share: post, otherwise: 20}
    "56": {share: pre, otherwise: 10}
    "78": {share: intra, otherwise: 70}
"""
FEES = """\
code,mod,amount,pre op,intra op,post op
27447,,1257.63,0.10,0.69,0.21
20680,,414.04,0.09,0.80,0.11
29880,,1000.00,,,
70553,,314.08,,,
70553,26,104.80,,,
70553,TC,209.28,,,
44388,,150.00,,,
44388,53,75.00,,,
"""


@pytest.mark.parametrize(
    ("modifier", "paid"),
    [("54", "993.53"), ("55", "264.10"), ("56", "125.76"), ("78", "867.76")],
)
def test_parts_of_the_package(contract_of: Make, prices: Price, modifier: str, paid: str) -> None:
    """Of 1,257.63: 79 %, 21 %, 10 % and 69 %."""
    assert prices(contract_of(CONTRACT, fees=FEES), {"code": "27447", "modifiers": [modifier]}).amounts == [paid]


def test_a_code_whose_row_gives_no_shares(contract_of: Make, prices: Price) -> None:
    contract = contract_of(CONTRACT, fees=FEES)
    assert prices(contract, {"code": "29880", "modifiers": ["55"]}).amounts == ["200.00"]


def test_a_return_to_the_theatre_is_not_cut(contract_of: Make, prices: Price) -> None:
    """78 pays the intra-operative share, 331.23, without the reduction for several procedures."""
    priced = prices(contract_of(CONTRACT, fees=FEES), {"code": "27447"}, {"code": "20680", "modifiers": ["78"]})
    assert priced.amounts == ["1257.63", "331.23"]


def test_professional_and_technical_make_the_whole(contract_of: Make, prices: Price) -> None:
    contract = contract_of(CONTRACT, fees=FEES)
    parts = prices(contract, *({"code": "70553", "modifiers": [one]} for one in ("26", "TC")))
    assert parts.amounts == ["104.80", "209.28"]
    assert parts.total == prices(contract, {"code": "70553"}).total == "314.08"


def test_a_discontinued_procedure_with_a_rate_of_its_own(contract_of: Make, prices: Price) -> None:
    assert prices(contract_of(CONTRACT, fees=FEES), {"code": "44388", "modifiers": ["53"]}).amounts == ["75.00"]
