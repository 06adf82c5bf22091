"""R6: both sides told by RT and LT on two lines, paid as modifier 50 pays them on one."""

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
  multiple_procedures: {percent: [100, 50, 25], families: endo_base}
  modifiers: {"50": {by: bilateral, percent: {"0": 100, "1": 150, "2": 100, "3": 200}, otherwise: 100}, "80": 20%}
  bilateral_lines: as modifier 50
"""
FEES = """\
code,amount,bilat surg,endo base
27447,1257.63,1,
20680,1414.04,0,
11012,1257.63,3,
31231,100.00,2,
29876,984.15,1,
31254,300.00,1,31231
31267,400.00,1,31231
92250,40.00,1,
"""
PLAIN = """\
terms:
  - {name: All, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  multiple_procedures: none
  modifiers: {"50": 150%}
  bilateral_lines: as modifier 50
"""


def _lines(*codes: str) -> list[dict[str, Any]]:
    """Lines from codes with their modifiers, as in ``27447-RT-59``."""
    return [{"code": code, "modifiers": modifiers} for code, *modifiers in (each.split("-") for each in codes)]


@pytest.fixture
def contract(contract_of: Make) -> Any:
    return contract_of(CONTRACT, fees=FEES)


@pytest.mark.parametrize(
    ("code", "paid"),
    [
        ("27447", ["1257.63", "628.82"]),
        ("20680", ["1414.04", "0.00"]),
        ("11012", ["1257.63", "1257.63"]),
        ("31231", ["100.00", "0.00"]),
    ],
)
def test_the_later_line_is_the_second_side(contract: Any, prices: Price, code: str, paid: list[str]) -> None:
    """1,257.63 × 50 % = 628.815; nothing more where both sides are one fee, all of it where each side is paid."""
    assert prices(contract, *_lines(f"{code}-RT", f"{code}-LT")).amounts == paid
    assert prices(contract, *_lines(f"{code}-LT", f"{code}-RT")).amounts == paid


def test_both_sides_rank_as_one(contract: Any, prices: Price) -> None:
    """1,886.45 for both knees goes before 1,414.04, which 1,257.63 for one would not; 984.15 is the third."""
    priced = prices(contract, *_lines("20680", "27447-RT", "29876-59", "27447-LT"))
    assert priced.amounts == ["707.02", "1257.63", "246.04", "628.82"]
    assert [line.procedure_rank for line in priced.lines] == [2, 1, 3, 1]


def test_the_rank_of_the_pair_cuts_both(contract: Any, prices: Price) -> None:
    """984.15 × 150 % = 1,476.23 is the second after 1,886.45: half of 984.15 and of 492.08."""
    priced = prices(contract, *_lines("29876-RT", "29876-LT", "27447-RT", "27447-LT"))
    assert priced.amounts == ["492.08", "246.04", "1257.63", "628.82"]


def test_it_comes_to_what_modifier_50_does(contract: Any, prices: Price) -> None:
    two = prices(contract, *_lines("20680", "27447-RT", "27447-LT"))
    assert two.total == prices(contract, *_lines("20680", "27447-50")).total == "2593.47"


def test_where_nothing_is_ranked(contract_of: Make, prices: Price) -> None:
    """40.00 and 20.00; 984.15 and 492.08."""
    contract = contract_of(PLAIN, fees=FEES)
    assert prices(contract, *_lines("92250-RT", "92250-LT")).amounts == ["40.00", "20.00"]
    assert prices(contract, *_lines("29876-LT", "29876-RT")).amounts == ["984.15", "492.08"]


def test_sides_in_a_family_have_one_place(contract: Any, prices: Price) -> None:
    """300.00 and 150.00 are more than 400.00, of which 300.00 goes beyond the base; 400.00 on both sides is more."""
    priced = prices(contract, *_lines("31267", "31254-RT", "31254-LT"))
    assert priced.amounts == ["300.00", "300.00", "150.00"]
    both = prices(contract, *_lines("31254-RT", "31254-LT", "31267-RT", "31267-LT"))
    assert both.amounts == ["200.00", "100.00", "400.00", "200.00"]
    assert both.total == prices(contract, *_lines("31254-50", "31267-50")).total == "900.00"


@pytest.mark.parametrize(
    "lines",
    [
        ("27447-RT", "27447-RT"),
        ("27447-RT", "27447"),
        ("27447-RT-LT", "27447-LT"),
        ("27447-RT", "27447-LT-50"),
        ("27447-RT", "27447-LT-80"),
        ("27447-RT", "29876-LT"),
    ],
)
def test_what_is_no_pair(contract: Any, prices: Price, lines: tuple[str, ...]) -> None:
    """The same side twice, no side, both on one line, modifier 50, the assistant's line, another code."""
    assert all(line.reduction is None for line in prices(contract, *_lines(*lines)).lines)


def test_two_days_are_no_pair(contract: Any, prices: Price) -> None:
    lines = _lines("27447-RT", "27447-LT")
    dated = [line | {"date": day} for line, day in zip(lines, ("2025-03-01", "2025-03-02"), strict=True)]
    assert prices(contract, *dated).amounts == ["1257.63", "1257.63"]


def test_modifiers_that_say_services_are_apart_make_no_difference(contract: Any, prices: Price) -> None:
    assert prices(contract, *_lines("27447-RT", "27447-LT-59")).amounts == ["1257.63", "628.82"]


def test_pairs_are_found_one_by_one(contract_of: Make, prices: Price) -> None:
    """Two on the right, one on the left: the first of each are a pair."""
    contract = contract_of(PLAIN, fees=FEES)
    assert prices(contract, *_lines("92250-RT", "92250-RT", "92250-LT")).amounts == ["40.00", "40.00", "20.00"]


def test_each_line_is_held_to_its_own_charge(contract: Any, prices: Price) -> None:
    lines = [line | {"charge": "600.00"} for line in _lines("27447-RT", "27447-LT")]
    assert prices(contract, *lines).amounts == ["600.00", "600.00"]


def test_units_and_assistants(contract: Any, prices: Price) -> None:
    """20 % of 1,257.63 is 251.53; of the second side 20 % × 50 % = 125.76."""
    assert prices(contract, *_lines("27447-RT-80", "27447-80-LT")).amounts == ["251.53", "125.76"]
    twice = [line | {"units": 2} for line in _lines("27447-RT", "27447-LT")]
    assert prices(contract, *twice).amounts == ["2515.26", "1257.64"]


def test_a_rate_for_the_last_of_four_modifiers(contract_of: Make, prices: Price) -> None:
    """90.00 for the left side alone, and half of it."""
    contract = contract_of(PLAIN, fees="code,modifier,amount\n92250,,40.00\n92250,LT,90.00\n")
    assert prices(contract, *_lines("92250-RT-76-77-79", "92250-76-77-79-LT")).amounts == ["40.00", "45.00"]


def test_without_the_rule_two_lines_are_two_procedures(contract_of: Make, prices: Price) -> None:
    contract = contract_of(CONTRACT.replace("as modifier 50", "none"), fees=FEES)
    assert prices(contract, *_lines("27447-RT", "27447-LT")).amounts == ["1257.63", "628.82"]
    assert prices(contract, *_lines("11012-RT", "11012-LT")).amounts == ["1257.63", "628.82"]


def test_the_price_says_so(contract: Any, prices: Price) -> None:
    line = prices(contract, *_lines("27447-RT", "27447-LT")).lines[1]
    assert explain_line(asdict(line)).arithmetic == ("$1,257.63 × 50 % (modifiers, the second side) × 1 unit = $628.82")
    assert rules_words(contract.versions[0].rules)["bilateral_lines"] == (
        "a code on two lines with RT and LT is paid as modifier 50"
    )


def test_without_modifier_50_the_rule_says_nothing(contract_of: Make, prices: Price) -> None:
    contract = contract_of(PLAIN.replace('{"50": 150%}', "none"), fees=FEES)
    assert prices(contract, *_lines("92250-RT", "92250-LT")).amounts == ["40.00", "40.00"]
    assert [str(gap) for gap in check(contract.folder)[1] if "bilateral_lines" in str(gap)] == [
        "contract.yaml: bilateral_lines go by what modifier 50 pays, and the rules do not say what that is; "
        "add 'modifiers: {\"50\": 150%}' under rules; until then each line is paid by itself"
    ]
