"""R28: the chargemaster limiter, by both published formulas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.contracts.words import rules_words
from evenhand.pricing.explain import explain_line

HALF = "terms:\n  - {name: Anything, pay: {percent_of_charges: 50}}\n"


def _cases(*said: tuple[str, str], more: str = "") -> str:
    pairs = (f"  - {{date: {day}, code: 99213, charge: 1000, allowed: {allowed}{more}}}\n" for day, allowed in said)
    return "cases:\n" + "".join(pairs)


def test_the_ratio(worked: Callable[..., Any]) -> None:
    # 50 × 1.03 ÷ 1.08 = 47.685…, to two decimals 47.69
    rule = "rules: {charge_limiter: {cap: 3, formula: ratio, growth: {2026-01-01: 8}, decimals: 2}}\n"
    priced = worked(HALF + rule + _cases(("2025-12-31", "500.00"), ("2026-01-01", "476.90")))
    line = priced[1].lines[0]
    assert (str(line.percent), str(line.escalation)) == ("0.4769", "0.95380000")
    told = explain_line({name: getattr(line, name) for name in line.__dataclass_fields__})
    assert told.arithmetic == "$1,000.00 charged × 47.69 % (held by the charge limiter: × 0.9538) = $476.90"


def test_the_subtractive_formula(worked: Callable[..., Any]) -> None:
    # (50 - 3) ÷ 1.08 = 43.5185…
    rule = "rules: {charge_limiter: {cap: 3, formula: subtractive, growth: {2026-01-01: 8}, decimals: 2}}\n"
    worked(HALF + rule + _cases(("2026-06-30", "435.20")))


def test_growth_up_to_the_cap_changes_nothing(worked: Callable[..., Any]) -> None:
    rule = "rules: {charge_limiter: {cap: 3, formula: ratio, growth: {2026-01-01: 3}}}\n"
    worked(HALF + rule + _cases(("2026-06-30", "500.00")))


def test_one_growth_after_another(worked: Callable[..., Any]) -> None:
    # 47.6852 × 1.03 ÷ 1.05 = 46.7769…
    rule = "rules: {charge_limiter: {cap: 3, formula: ratio, growth: {2027-01-01: 5, 2026-01-01: 8}}}\n"
    worked(HALF + rule + _cases(("2026-12-31", "476.85"), ("2027-01-01", "467.77")))


def test_inpatient_and_outpatient_growth_apart(worked: Callable[..., Any]) -> None:
    text = """terms:
  - {name: Stays, for: {bill_type: 11x}, per: case, pay: {percent_of_charges: 40}}
  - {name: Visits, for: {bill_type: 13x}, pay: {percent_of_charges: 60}}
  - {name: Others, pay: {percent_of_charges: 50}}
rules:
  charge_limiter:
    - {cap: 4, formula: ratio, measured: inpatient, growth: {2026-01-01: 10}, terms: [Stays]}
    - {cap: 4, formula: ratio, measured: outpatient, growth: {2026-01-01: 6}, terms: [Visits]}
cases:
  - {date: 2026-02-01, claim: {bill_type: 111}, code: 99213, charge: 1000, allowed: 378.18}
  - {date: 2026-02-01, claim: {bill_type: 131}, code: 99213, charge: 1000, allowed: 588.68}
  - {date: 2026-02-01, code: 99213, charge: 1000, allowed: 500.00}
"""
    worked(text)  # 40 × 1.04 ÷ 1.10 = 37.8182; 60 × 1.04 ÷ 1.06 = 58.8679


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{cap: 3, growth: {2026-01-01: 8}}", "charge_limiter has no 'formula'"),
        ("{cap: 3, formula: ratio, growth: {2026-01-01: 8}, measured: inpatient}", "moves some terms only"),
        ("{cap: 3, formula: ratio, growth: {2026-01-01: 8}, terms: [Any]}", "charge_limiter: there is no term 'Any'"),
    ],
)
def test_what_a_contract_leaves_out_is_not_guessed(tmp_path: Path, rule: str, said: str) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(f"{head}{HALF}rules: {{charge_limiter: {rule}}}\n")
    contract, problems = check(tmp_path)
    assert contract is None
    assert said in "; ".join(problem.what for problem in problems)


def test_in_words(worked: Callable[..., Any], tmp_path: Path) -> None:
    rule = "rules: {charge_limiter: {cap: 3, formula: ratio, growth: {2026-01-01: 8}}}\n"
    worked(HALF + rule + _cases(("2025-12-31", "500.00")))
    contract, _ = check(tmp_path / "contract")
    assert contract is not None
    assert rules_words(contract.versions[0].rules)["charge_limiter"] == (
        "every share of charges: cut by the ratio of both where all charges grew by more than 3% (8% from 2026-01-01)"
    )
