"""R27: escalators, by a fixed percentage or by a published index with floor, cap, lag and base month."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.contracts.words import rules_words

CPI = "month,value\n2024-09,500.000\n2025-09,510.500\n2026-09,541.130\n"
VISIT = "terms:\n  - {name: Visits, for: {codes: 99202-99215}, pay: {amount: 100}}\n"
OTHERS = "  - {name: Others, pay: {amount: 50}}\n"
BY_INDEX = "{every: 1 year, index: cpi.csv, floor: 1, cap: 4, lag: 4 months, applies_to: amount}"


def _days(*pairs: tuple[str, str], code: str = "99213") -> str:
    return "cases:\n" + "".join(f"  - {{date: {day}, code: {code}, allowed: {sum_}}}\n" for day, sum_ in pairs)


def test_an_index_with_floor_and_cap(worked: Callable[..., Any]) -> None:
    # 510.5 / 500 is 2.1 %; 541.13 / 510.5 is 6 %, held to 4 %: 100 × 1.021 × 1.04 = 106.184
    cases = _days(("2025-12-31", "100.00"), ("2026-01-01", "102.10"), ("2027-03-01", "106.18"))
    priced = worked(f"{VISIT}rules: {{escalator: {BY_INDEX}}}\n{cases}", {"cpi.csv": CPI})
    assert str(priced[2].lines[0].escalation) == "1.06184000"


def test_a_floor_holds_where_the_index_falls(worked: Callable[..., Any]) -> None:
    falling = "month,value\n2024-09,500\n2025-09,490\n"
    worked(f"{VISIT}rules: {{escalator: {BY_INDEX}}}\n{_days(('2026-01-01', '101.00'))}", {"cpi.csv": falling})


def test_a_base_month_and_rounding_of_the_change(worked: Callable[..., Any]) -> None:
    # first compared with June: 510.5 / 499 is 2.3046 %, to one decimal 2.3 %
    rule = BY_INDEX.replace("}", ", base_month: 2024-06, decimals: 1}")
    table = CPI.replace("2024-09,500.000", "2024-06,499.000")
    worked(f"{VISIT}rules: {{escalator: {rule}}}\n{_days(('2026-06-30', '102.30'))}", {"cpi.csv": table})


def test_after_the_last_month_known_there_is_no_price(worked: Callable[..., Any]) -> None:
    priced = worked(
        f"{VISIT}rules: {{escalator: {BY_INDEX}}}\n{_days(('2027-12-31', '106.18'), ('2028-01-01', '0'))}",
        {"cpi.csv": CPI},
    )
    assert [claim.lines[0].outcome for claim in priced] == ["priced", "no index"]
    assert priced[1].expected_amount is None


def test_several_escalators_on_chosen_exhibits(worked: Callable[..., Any]) -> None:
    rules = """rules:
  escalator:
    - {every: 1 year, percent: 3, terms: [Visits, Others]}
    - {every: 6 months, percent: 1, terms: [Others]}
    - {every: 1 year, percent: 2, schedules: [exhibit.csv]}
"""
    terms = VISIT + "  - {name: Scans, for: {codes: on schedule}, pay: {fee_schedule: exhibit.csv}}\n" + OTHERS
    # Others: 50 × 1.03 × 1.01² = 52.53515
    cases = _days(("2026-01-01", "103.00"))
    cases += "".join(
        f"  - {{date: 2026-01-01, code: {code}, allowed: {sum_}}}\n"
        for code, sum_ in (("72148", 408), ("A4550", "52.54"))
    )
    worked(terms + rules + cases, {"exhibit.csv": "code,amount\n72148,400.00\n"})


def test_thresholds_rise_where_the_escalator_says_so(worked: Callable[..., Any]) -> None:
    # in 2026 the threshold is 103,000 and the rate 10,300: 104,000 charged is 60 % of 104,000 = 62,400
    text = """terms:
  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 10000}}
rules:
  escalator: {every: 1 year, percent: 3, applies_to: case, thresholds: THRESHOLDS}
  stop_loss:
    - {name: Dear stays, when: {charges_over: 100000}, pay: {percent: 60, of: charges}, effect: instead}
cases:
  - {date: 2026-02-01, claim: {drg: 470}, charge: 102000, allowed: ALLOWED}
  - {date: 2026-02-01, claim: {drg: 470}, charge: 104000, allowed: 62400}
"""
    worked(text.replace("THRESHOLDS", "yes").replace("ALLOWED", "10300"))


def test_thresholds_stay_where_it_does_not(worked: Callable[..., Any]) -> None:
    text = """terms:
  - {name: Stays, for: {drg: 470}, per: case, pay: {amount: 10000}}
rules:
  escalator: {every: 1 year, percent: 3, applies_to: case}
  stop_loss:
    - {name: Dear stays, when: {charges_over: 100000}, pay: {percent: 60, of: charges}, effect: instead}
cases:
  - {date: 2026-02-01, claim: {drg: 470}, charge: 102000, allowed: 61200}
"""
    worked(text)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{every: 1 year, percent: 3, index: cpi.csv, applies_to: amount}", "percent and index both stand here"),
        ("{every: 1 year, applies_to: amount}", "escalator has no 'percent'"),
        ("{every: 1 year, percent: 3}", "escalator has no 'applies_to'"),
        ("{every: 1 year, percent: 3, cap: 4, applies_to: amount}", "cap belongs to an index"),
        ("{every: 1 year, percent: 3, terms: [Visit]}", "escalator: there is no term 'Visit'"),
        ("{every: 1 year, index: cp.csv, applies_to: amount}", "there is no file 'cp.csv'"),
        (BY_INDEX.replace("floor: 1", "floor: 5"), "the floor is above the cap"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, rule: str, said: str) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(f"{head}{VISIT}rules: {{escalator: {rule}}}\n")
    (tmp_path / "cpi.csv").write_text(CPI)
    contract, problems = check(tmp_path)
    assert contract is None
    assert said in "; ".join(problem.what for problem in problems)


def test_an_index_with_a_month_given_twice(tmp_path: Path) -> None:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(f"{head}{VISIT}rules: {{escalator: {BY_INDEX}}}\n")
    (tmp_path / "cpi.csv").write_text(f"{CPI}2026-09,541.2\n")
    _, problems = check(tmp_path)
    assert "cpi.csv:5: 2026-09 has two values, 541.130 and 541.2" in "\n".join(map(str, problems))


def test_in_words(worked: Callable[..., Any], tmp_path: Path) -> None:
    worked(f"{VISIT}rules: {{escalator: {BY_INDEX}}}\n{_days(('2025-05-01', '100'))}", {"cpi.csv": CPI})
    contract, _ = check(tmp_path / "contract")
    assert contract is not None
    assert rules_words(contract.versions[0].rules)["escalator"] == (
        "the change of cpi.csv (4 months before, at least 1%, at most 4%) every year from 2025-01-01, on stated amounts"
    )
