"""R6: both sides told by two units on one line, paid as modifier 50 pays them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.contracts.words import rules_words
from evenhand.pricing.explain import explain_line

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: Surgery, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: line
  escalator: none
  multiple_procedures: {percent: [100, 50, 25]}
  modifiers: {"50": {by: bilateral, percent: {"0": 100, "1": 150, "2": 100, "3": 200}, otherwise: 100}, "80": 20%}
  bilateral_units: as modifier 50
"""
FEES = """\
code,amount,bilat surg
27447,1257.63,1
20680,1414.04,0
11012,1257.63,3
31231,100.00,2
92250,40.00,
"""


@pytest.fixture
def contract(contract_of: Make) -> Any:
    return contract_of(CONTRACT, fees=FEES)


def _line(code: str, *modifiers: str, units: Any = 2, **more: Any) -> dict[str, Any]:
    return {"code": code, "modifiers": modifiers, "units": units, **more}


@pytest.mark.parametrize(
    ("code", "paid", "units"),
    [
        ("27447", "1886.45", 1),
        ("11012", "2515.26", 1),
        ("20680", "2828.08", 2),
        ("31231", "200.00", 2),
        ("92250", "80.00", 2),
    ],
)
def test_two_units_of_what_can_be_done_on_both_sides(
    contract: Any, prices: Price, code: str, paid: str, units: int
) -> None:
    """1,257.63 × 150 % = 1,886.445; twice where each side is paid; two of all other codes are two."""
    (line,) = prices(contract, _line(code)).lines
    assert (str(line.expected_amount), line.units) == (paid, units)


def test_it_comes_to_what_modifier_50_does(contract: Any, prices: Price) -> None:
    """1,886.45 and half of 1,414.04; the assistant's 20 % × 150 % of 1,257.63 is 377.29."""
    for modifiers in ((), ("80",)):
        by_units = prices(contract, _line("27447", *modifiers), _line("20680", units=1))
        by_modifier = prices(contract, _line("27447", "50", *modifiers, units=1), _line("20680", units=1))
        assert by_units.amounts == by_modifier.amounts
    assert prices(contract, _line("27447"), _line("20680", units=1)).amounts == ["1886.45", "707.02"]
    assert prices(contract, _line("27447", "80")).amounts == ["377.29"]


def test_both_sides_rank_as_one(contract: Any, prices: Price) -> None:
    """Even where units are ranked one by one."""
    priced = prices(contract, _line("20680", units=1), _line("27447"))
    assert [line.procedure_rank for line in priced.lines] == [2, 1]


@pytest.mark.parametrize(
    ("line", "paid"),
    [
        (_line("27447", units=1), "1257.63"),
        (_line("27447", units=3), "3772.89"),
        (_line("27447", "RT"), "2515.26"),
        (_line("27447", "59", "lt"), "2515.26"),
        (_line("27447", "50"), "3772.90"),
    ],
)
def test_what_is_not_both_sides(contract: Any, prices: Price, line: dict[str, Any], paid: str) -> None:
    """One unit, three, two of one side, and two of both."""
    assert prices(contract, line).total == paid


def test_a_share_for_all_codes_holds_for_those_with_two_sides(contract_of: Make, prices: Price) -> None:
    text = CONTRACT.replace(
        '{by: bilateral, percent: {"0": 100, "1": 150, "2": 100, "3": 200}, otherwise: 100}', "150%"
    )
    contract = contract_of(text, fees=FEES)
    assert [prices(contract, _line(code)).total for code in ("27447", "11012", "20680")] == [
        "1886.45",
        "1886.45",
        "2828.08",
    ]


def test_a_rate_per_line(contract_of: Make, prices: Price) -> None:
    per_line = contract_of(CONTRACT.replace("pay: {fee", "per: line, pay: {fee"), fees=FEES)
    assert prices(per_line, _line("27447")).total == "1886.45"


def test_without_the_rule_two_units_are_two(contract_of: Make, prices: Price) -> None:
    contract = contract_of(CONTRACT.replace("as modifier 50", "none"), fees=FEES)
    assert prices(contract, _line("27447")).total == "2515.26"


def test_the_line_is_held_to_its_charge(contract: Any, prices: Price) -> None:
    assert prices(contract, _line("27447", charge="1500.00")).total == "1500.00"


def test_the_price_says_so(contract: Any, prices: Price) -> None:
    (line,) = prices(contract, _line("27447")).lines
    told = "$1,257.63 × 150 % (modifiers, two units for both sides) × 1 unit = $1,886.45"
    assert explain_line(asdict(line)).arithmetic == told
    assert rules_words(contract.versions[0].rules)["bilateral_units"] == (
        "two units of a code with bilateral indicator 1 or 3 are paid as modifier 50"
    )


def test_what_the_rule_needs_is_asked_for(contract_of: Make, prices: Price) -> None:
    text = CONTRACT.partition("  modifiers:")[0] + "  modifiers: none\n  bilateral_units: as modifier 50\n"
    contract = contract_of(text, fees=FEES.replace("bilat surg", "note"))
    assert prices(contract, _line("27447")).total == "2515.26"
    assert [str(gap) for gap in check(contract.folder)[1] if "bilateral_units" in str(gap)] == [
        "contract.yaml: bilateral_units go by what modifier 50 pays, and the rules do not say what that is; "
        "add 'modifiers: {\"50\": 150%}' under rules; until then each line is paid by itself",
        "contract.yaml: bilateral_units go by the bilateral indicator of a code, and no table has one; "
        "give a rate table a column 'bilat surg', or name a table that has it under 'indicators:'",
    ]
