"""R18: carve-outs counted or not, replaced or not; thresholds that escalate; a maximum. Silence is a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check, read_contract
from evenhand.pricing.oracle import OracleClaim, price_claim

HEAD = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n"
TERMS = """
terms:
  - {name: Implants, for: {revenue_codes: "0278"}, pay: {percent_of_charges: 50}, carve_out: yes}
  - {name: New drugs, for: {codes: J9999}, pay: {percent_of_charges: 80}, carve_out: yes, stop_loss: no}
  - {name: Admission, for: {claim_type: institutional}, per: case, pay: {amount: 45000}}
"""
RULE = """
  stop_loss:
    - name: High-cost cases
      when: {charges_over: 150000}
      pay: {percent: 60, of: charges}
      effect: instead
"""
LINES = '[{code: "99999", revenue_code: "0120", charge: 140000}, {code: C1776, revenue_code: "0278", charge: 20000}]'


def _case(allowed: str, lines: str = LINES, day: str = "2025-03-01") -> str:
    claim = "{claim_type: institutional}"
    return f"  - {{date: {day}, claim: {claim}, lines: {lines}, allowed: {allowed}}}\n"


@pytest.mark.parametrize(
    ("count", "replaced", "allowed"),
    [
        ("no", "no", 55000),  # 140,000 do not exceed: 45,000 and 50 % of 20,000
        ("yes", "no", 106000),  # 60 % of 160,000, and the implants' 10,000
        ("yes", "yes", 96000),  # 60 % of 160,000
    ],
)
def test_carve_outs(worked: Callable[..., Any], count: str, replaced: str, allowed: int) -> None:
    flags = f"      carve_outs: {{count: {count}, replaced: {replaced}}}\n"
    worked(TERMS + "rules:" + RULE + flags + "cases:\n" + _case(str(allowed)))


def test_a_term_may_stay_out_of_it(worked: Callable[..., Any]) -> None:
    """The drug's 30,000 neither count nor are replaced: 80 % of them are paid besides."""
    drug = '[{code: "99999", charge: 140000}, {code: J9999, charge: 30000}]'
    above = '[{code: "99999", charge: 160000}, {code: J9999, charge: 30000}]'
    flags = "      carve_outs: {count: yes, replaced: yes}\n"
    worked(TERMS + "rules:" + RULE + flags + "cases:\n" + _case("69000", drug) + _case("120000", above))


@pytest.mark.parametrize(("escalates", "allowed"), [("no", 93000), ("yes", 46350)])
def test_thresholds_that_escalate(worked: Callable[..., Any], escalates: str, allowed: int) -> None:
    """3 % later the rate is 46,350 and the threshold, if it moves, 154,500; charges are 154,500 (60 %: 92,700)."""
    escalator = "rules:\n  escalator: {every: 1 year, percent: 3, applies_to: [case], from: 2025-01-01}"
    lines = '[{code: "99999", charge: 155000}]' if escalates == "no" else '[{code: "99999", charge: 154500}]'
    rule = RULE + f"      escalates: {escalates}\n"
    worked(TERMS + escalator + rule + "cases:\n" + _case(str(allowed), lines, "2026-03-01"))


@pytest.mark.parametrize(
    ("maximum", "allowed"),
    [
        ("{amount: 100000}", 100000),
        ("{percent_of_charges: 50}", 100000),
        ("{amount: 90000, percent_of_charges: 55}", 90000),
    ],
)
def test_the_most_a_claim_is_paid(worked: Callable[..., Any], maximum: str, allowed: int) -> None:
    lines = '[{code: "99999", charge: 200000}]'
    worked(TERMS + "rules:" + RULE + f"      maximum: {maximum}\n" + "cases:\n" + _case(str(allowed), lines))


def test_a_missing_charge_is_said_and_not_guessed(tmp_path: Path, disagreements: Callable[..., Any]) -> None:
    (tmp_path / "contract.yaml").write_text(HEAD + TERMS + "rules:" + RULE)
    contract = read_contract(tmp_path)
    claim = {"claim_type": "institutional", "payer": "C", "claim_start_date": date(2025, 3, 1)}
    lines: list[dict[str, Any]] = [
        {"line_key": 1, "charge_amount": None},
        {"line_key": 2, "charge_amount": "200000.00"},
    ]

    priced = price_claim(contract, OracleClaim.of(claim, lines))

    assert [(row.name, row.amount) for row in priced.adjustments] == [("High-cost cases", None)]
    assert priced.expected_amount == 45000
    assert disagreements([contract], [OracleClaim.of(claim, lines)]) == []


def test_silence_is_reported(tmp_path: Path) -> None:
    escalator = "rules:\n  escalator: {every: 1 year, percent: 3, applies_to: [case]}"
    (tmp_path / "contract.yaml").write_text(HEAD + TERMS + escalator + RULE)

    _, problems = check(tmp_path)

    told = [problem.what for problem in problems if "stop-loss" in problem.what]
    assert told == [
        f"stop-loss 'High-cost cases' does not say {silence}"
        for silence in (
            "whether charges of carve-outs count towards it; priced as if they do not",
            "whether carve-outs are paid besides it; priced as if they are",
            "whether its dollars rise with the escalator; priced as if they do not",
            "whether there is a most it pays; priced without one",
        )
    ]
