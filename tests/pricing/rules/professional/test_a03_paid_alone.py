"""A3: what is paid only where nothing else of the fee schedule is paid that day (Medicare's status T)."""

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
  - {name: Table, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
  - {name: Drugs, for: {codes: on schedule}, pay: {fee_schedule: drugs.csv}}
  - {name: Rest, pay: {percent_of_charges: 50}}
rules:
  lesser_of: LESSER
  escalator: none
  modifiers: none
  multiple_procedures: {percent: [100, 50], for: {codes: [36598, 20610]}}
  paid_alone: RULE
"""
FEES = "code,amount,status\n36598,60.00,T\n94760,3.00,T\n99213,88.95,A\n20610,50.00,A\n00000,0.00,A\n"
DRUGS = "code,amount\nJ1030,12.00\n"


@pytest.fixture(params=["{status: T}", "{for: {codes: [36598, 94760]}}"], ids=["by status", "by code"])
def contract(request: pytest.FixtureRequest, contract_of: Make) -> Any:
    return contract_of(_text(request.param), fees=FEES, drugs=DRUGS)


def _text(rule: str, lesser: str = "none") -> str:
    return CONTRACT.replace("RULE", rule).replace("LESSER", lesser)


def _lines(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "charge": "200.00"} for code in codes]


def test_beside_a_paid_line_of_the_schedule_nothing(contract: Any, prices: Price) -> None:
    priced = prices(contract, *_lines("94760", "99213"))
    assert priced.amounts == ["0.00", "88.95"]
    assert priced.lines[0].outcome == "included"
    said = explain_line(asdict(priced.lines[0]) | {"hcpcs_code": "94760"})
    assert said.arithmetic == "paid only by itself, and the same table pays another line of the day"


def test_alone_it_is_paid(contract: Any, prices: Price) -> None:
    assert prices(contract, *_lines("94760")).amounts == ["3.00"]


def test_lines_of_another_table_of_another_day_or_unpaid_do_not_count(contract: Any, prices: Price) -> None:
    """A drug of its own table, a share of charges, a code paid nothing, a visit on the day after."""
    other = {"code": "99213", "date": "2025-03-02"}
    lines = [line | {"date": "2025-03-01"} for line in _lines("94760", "J1030", "99999", "00000")]
    assert prices(contract, *lines, other).amounts == ["3.00", "12.00", "100.00", "0.00", "88.95"]


def test_two_of_them_are_both_paid(contract: Any, prices: Price) -> None:
    assert prices(contract, *_lines("94760", "36598")).amounts == ["3.00", "60.00"]


def test_what_is_not_paid_takes_no_rank(contract: Any, prices: Price) -> None:
    """36598 at 60.00 would rank before 20610 at 50.00."""
    assert prices(contract, *_lines("36598", "20610")).amounts == ["0.00", "50.00"]


def test_its_charges_are_the_claims(contract_of: Make, prices: Price) -> None:
    """88.95 against charges of 10.00 + 200.00."""
    contract = contract_of(_text("{status: T}", "claim"), fees=FEES, drugs=DRUGS)
    lines = ({"code": "94760", "charge": "200.00"}, {"code": "99213", "charge": "10.00"})
    assert prices(contract, *lines).amounts == ["0.00", "88.95"]


def test_the_rule_in_words(contract_of: Make) -> None:
    rules = contract_of(_text("{status: T}"), fees=FEES, drugs=DRUGS).versions[0].rules
    assert rules_words(rules)["paid_alone"] == (
        "everything of status T: nothing beside another line of the day that the same table pays"
    )


def test_silence_about_codes_of_status_t_is_a_gap(contract_of: Make) -> None:
    said = [_text("{status: T}"), _text("none"), _text("none").replace("  paid_alone: none\n", "")]
    told = [
        [str(gap) for gap in check(contract_of(text, fees=FEES, drugs=DRUGS).folder)[1] if "status T" in str(gap)]
        for text in said
    ]
    assert told == [
        [],
        [],
        [
            "contract.yaml:8: rules do not say whether codes of status T (fees.csv) are paid beside other services; "
            "add 'paid_alone: {status: T}' under rules, or 'paid_alone: none'"
        ],
    ]
