"""Worked cases: what they leave out is filled in as the language says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.contracts import WorkedCase, read_contract
from evenhand.pricing.worked import case_problems

Folder = Callable[..., Path]


def _case(folder: Folder, base: str, said: str) -> WorkedCase:
    (case,) = read_contract(folder(f"{base}cases:\n  - {{{said}}}\n")).cases
    return case


def test_a_short_case_is_a_claim_of_one_line(folder: Folder, base: str) -> None:
    case = _case(folder, base, "code: 99213, allowed: 100")

    assert case.claim == {"date": date(2025, 1, 1), "claim_type": "professional"}
    assert case.lines == (
        {
            "code": "99213",
            "modifiers": (),
            "units": Decimal(1),
            "charge": Decimal("999999.99"),
            "revenue_code": None,
            "place_of_service": None,
            "setting": "office",
            "rendering_npi": None,
            "date": date(2025, 1, 1),
        },
    )
    assert (case.allowed, case.line) == (Decimal(100), 16)


@pytest.mark.parametrize(
    ("said", "setting"),
    [
        ("place_of_service: 11", "office"),
        ("place_of_service: 22", "facility"),
        ("place_of_service: 22, setting: office", "office"),
        ("claim: {claim_type: institutional}", "facility"),
        ("claim: {claim_type: dental}", "office"),
    ],
)
def test_the_setting_follows_the_place(folder: Folder, base: str, said: str, setting: str) -> None:
    assert _case(folder, base, f"code: 99213, {said}, allowed: 1").lines[0]["setting"] == setting


def test_codes_are_brought_into_the_form_claims_use(folder: Folder, base: str) -> None:
    claim = "drg: 65, bill_type: 0111, diagnosis: [m17.11], tin: 84-0000000, product: ppo, age: 40"
    case = _case(folder, base, f"claim: {{{claim}}}, lines: [{{revenue_code: 120, modifiers: [lt, 50]}}], allowed: 1")

    assert case.claim["drg"] == "065"
    assert case.claim["bill_type"] == "111"
    assert case.claim["diagnosis"] == ("M1711",)
    assert case.claim["tin"] == "840000000"
    assert case.claim["product"] == "PPO"
    assert case.claim["age"] == 40
    assert case.lines[0]["revenue_code"] == "0120"
    assert case.lines[0]["modifiers"] == ("LT", "50")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            "code: 99213, allowed: 97.42",
            "contract.yaml:16: case of code 99213: expected 97.42, priced 100.00: 2.58 too much; "
            "priced by 'Visits' 100.00",
        ),
        (
            "name: a stay, claim: {claim_type: institutional, drg: 470}, lines: [{revenue_code: 0120}], allowed: 20500",
            "contract.yaml:16: case 'a stay': expected 20500.00, priced 20000.00: 500.00 too little; "
            "priced by 'Stays' for the claim",
        ),
        (
            "code: 99213, date: 2024-12-31, allowed: 100",
            "contract.yaml:16: case of code 99213: expected 100.00, and it came back 'no contract' "
            "(Test: not in force on 2024-12-31); line 1: no contract",
        ),
    ],
)
def test_a_case_that_does_not_price_exactly(folder: Folder, base: str, said: str, message: str) -> None:
    contract = read_contract(folder(f"{base}cases:\n  - {{{said}}}\n"))

    assert [str(problem) for problem in case_problems(contract)] == [message]
