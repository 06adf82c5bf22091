"""R5: services whose parts are ranked each by itself: imaging, therapy, cardiovascular and eye diagnostics.

Amounts of imaging and therapy are those of the national Medicare fee schedule of 2025.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.pricing.explain import explain_line

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: Table, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  modifiers: {"52": 50%}
  multiple_procedures:
    - {name: Surgery, indicator: [2, 3], percent: [100, 50]}
    - {name: Imaging, indicator: 4, parts: {technical: [100, 50], professional: [100, 95]}}
    - {name: Therapy, indicator: 5, units: each, parts: {practice_expense: reduced}}
    - {name: Heart, indicator: 6, parts: {technical: [100, 75]}}
    - {name: Eyes, indicator: 7, parts: {technical: [100, 80]}}
"""
FEES = """\
code,modifier,amount,mult proc,reduced
74177,,297.26,4,
74177,TC,213.81,4,
74177,26,83.45,4,
71260,,164.32,4,
71260,TC,111.27,4,
71260,26,53.05,4,
97110,,28.79,5,21.83
97140,,27.17,5,20.70
97530,,30.00,5,
93306,,200.00,6,
93306,TC,120.00,6,
93880,,190.00,6,
93880,TC,150.00,6,
92133,,40.00,7,
92133,TC,25.00,7,
92250,,50.00,7,
92250,26,20.00,7,
72148,,90.00,4,
"""


@pytest.fixture
def contract(contract_of: Make) -> Any:
    return contract_of(CONTRACT, fees=FEES)


def _lines(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code[:5], "modifiers": [code[6:]] if code[6:] else []} for code in codes]


def test_imaging_is_split_and_each_part_ranked(contract: Any, prices: Price) -> None:
    """Technical 213.81 + 111.27 × 50 % = 55.64; professional 83.45 + 53.05 × 95 % = 50.40. 403.30 in all."""
    priced = prices(contract, *_lines("74177", "71260"))
    assert priced.amounts == ["297.26", "106.04"]
    assert priced.total == "403.30"
    assert priced.lines[1].reduction == "professional 2, technical 2"
    assert str(priced.lines[1].reduction_amount) == "-58.28"


def test_parts_billed_apart_are_ranked_as_the_parts_they_are(contract: Any, prices: Price) -> None:
    """The professional part of one and the whole of the other: 83.45 goes first, 53.05 at 95 %; 111.27 is alone."""
    assert prices(contract, *_lines("71260", "74177-26")).amounts == ["161.67", "83.45"]
    assert prices(contract, *_lines("71260-TC", "74177-TC")).amounts == ["55.64", "213.81"]
    assert prices(contract, *_lines("71260-TC", "74177-26")).amounts == ["111.27", "83.45"]


def test_a_service_alone_is_paid_what_its_row_says(contract: Any, prices: Price) -> None:
    assert prices(contract, *_lines("71260")).amounts == ["164.32"]


def test_a_line_of_two_units_is_one_service(contract: Any, prices: Price) -> None:
    """Technical 222.54 first, then 213.81 × 50 % = 106.91; professional 106.10 first, 83.45 × 95 % = 79.28."""
    assert prices(contract, *_lines("74177"), {"code": "71260", "units": 2}).amounts == ["186.19", "328.64"]


def test_modifiers_reach_both_parts(contract: Any, prices: Price) -> None:
    """Half of 71260: technical 55.64 × 50 % = 27.82, professional 82.16 − 55.64 = 26.52 × 95 % = 25.19."""
    assert prices(contract, *_lines("74177", "71260-52")).amounts == ["297.26", "53.01"]


def test_therapy_pays_one_unit_in_full(contract: Any, prices: Price) -> None:
    """28.79 + 21.83 of the first code, 20.70 of the second: 71.32."""
    priced = prices(contract, {"code": "97110", "units": 2}, {"code": "97140"})
    assert priced.amounts == ["50.62", "20.70"]
    assert priced.total == "71.32"
    assert [line.reduction for line in priced.lines] == ["practice expense 1", "practice expense 2"]


def test_a_code_without_a_reduced_amount_is_paid_in_full(contract: Any, prices: Price) -> None:
    assert prices(contract, {"code": "97530", "units": 2}, {"code": "97140"}).amounts == ["60.00", "27.17"]


def test_only_the_technical_part_of_heart_and_eye_diagnostics(contract: Any, prices: Price) -> None:
    """120.00 × 75 % of the lower part, though its whole is the higher; 25.00 × 80 %, beside 50.00 − 20.00."""
    assert prices(contract, *_lines("93306", "93880")).amounts == ["170.00", "190.00"]
    assert prices(contract, *_lines("92133", "92250")).amounts == ["35.00", "50.00"]


def test_kinds_are_ranked_apart(contract: Any, prices: Price) -> None:
    priced = prices(contract, *_lines("74177", "93306", "92133", "97140"))
    assert priced.amounts == ["297.26", "200.00", "40.00", "27.17"]


def test_the_price_says_which_part_was_cut(contract: Any, prices: Price) -> None:
    imaging = prices(contract, *_lines("74177", "71260")).lines[1]
    assert explain_line(asdict(imaging)).arithmetic == (
        "$164.32 × 1 unit = $164.32; $58.28 less for its professional part (the 2nd) and technical part (the 2nd)"
        " = $106.04"
    )
    therapy = prices(contract, {"code": "97110", "units": 2}, {"code": "97140"}).lines[0]
    assert explain_line(asdict(therapy)).arithmetic == (
        "$28.79 × 2 units = $57.58; $6.96 less for its practice expense (the 1st) = $50.62"
    )


def test_what_cannot_be_reduced_is_a_gap(contract: Any) -> None:
    assert [str(gap) for gap in check(contract.folder)[1] if gap.file == "fees.csv"] == [
        "fees.csv: fees.csv has neither 26 nor TC rows for 72148, which 'Imaging' goes by; "
        "give them; until then nothing is taken from such lines",
        "fees.csv: fees.csv has no reduced amount for 97530, which 'Therapy' goes by; "
        "give them; until then nothing is taken from such lines",
    ]


RVUS = """\
code,mod,status,work rvu,facility pe rvu,non fac pe rvu,mp rvu,mult proc
97110,,A,0.45,0.43,0.43,0.01,5
97140,,A,0.43,0.40,0.40,0.01,5
"""
BY_VALUES = """\
schedules:
  medicare: {rvus: rvus.csv, gpci: {work: 1.0, pe: 1.0, mp: 1.0}, conversion_factor: 32.3465}
terms:
  - {name: Medicare, for: {codes: on schedule}, pay: {percent_of: medicare, rates_of: date of service, percent: 100}}
rules:
  lesser_of: none
  modifiers: none
  escalator: none
  multiple_procedures: {indicator: 5, units: each, parts: {practice_expense: reduced}}
"""


def test_reduced_amounts_of_relative_values(contract_of: Make, prices: Price) -> None:
    """(0.45 + 0.43 ÷ 2 + 0.01) × 32.3465 = 21.83; (0.43 + 0.20 + 0.01) × 32.3465 = 20.70."""
    contract = contract_of(BY_VALUES, rvus=RVUS)
    assert prices(contract, {"code": "97110", "units": 2}, {"code": "97140"}).total == "71.32"
