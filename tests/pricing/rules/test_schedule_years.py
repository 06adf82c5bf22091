"""Schedules published anew each year: rolling with the day of service or behind it, or pinned to one year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import check

TABLES = {
    "m24.csv": "code,amount\n99213,90.00\n",
    "m25.csv": "code,amount\n99213,92.00\n99214,130.00\n",
    "m26.csv": "code,amount\n99213,95.00\n",
}
FILES = "files: {2026-01-01: m26.csv, 2024-01-01: m24.csv, 2025-01-01: m25.csv}"
TERMS = """terms:
  - {name: Medicare, for: {codes: on schedule}, pay: {percent_of: pfs, rates_of: date of service, percent: 110}}
  - {name: Others, pay: {percent_of_charges: 30}}
"""


def _contract(rule: str, *said: tuple[str, str, str]) -> str:
    cases = (f"  - {{date: {day}, code: {code}, charge: 400, allowed: {allowed}}}\n" for day, code, allowed in said)
    return f"schedules: {{pfs: {{{FILES}, {rule}}}}}\n{TERMS}cases:\n" + "".join(cases)


def test_rolling_with_the_day_of_service(worked: Callable[..., Any]) -> None:
    said = (("2025-12-31", "99213", "101.20"), ("2026-01-01", "99213", "104.50"), ("2026-01-01", "99214", "120.00"))
    worked(_contract("rolling: yes", *said), TABLES)


def test_rolling_three_months_behind(worked: Callable[..., Any]) -> None:
    # the release of 2025 is used from 1 April 2025 to 31 March 2026
    said = (("2025-03-31", "99213", "99.00"), ("2025-04-01", "99213", "101.20"), ("2026-03-31", "99214", "143.00"))
    worked(_contract("rolling: {lag: 3 months}", *said), TABLES)


def test_pinned_to_a_year(worked: Callable[..., Any]) -> None:
    worked(_contract("year: 2024", ("2025-06-01", "99213", "99.00"), ("2026-06-01", "99214", "120.00")), TABLES)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("", "schedule 'pfs' says neither rolling nor year"),
        ("rolling: yes, year: 2024", "both rolling and year stand here"),
        ("year: 2023", "schedule 'pfs' has no file of 2023-01-01 or before"),
    ],
)
def test_what_a_contract_leaves_open_is_refused(tmp_path: Path, rule: str, said: str) -> None:
    assert said in _problems(tmp_path, _contract(rule, ("2025-06-01", "99213", "99.00")))


def test_a_year_pinned_in_a_schedule_that_runs_behind(tmp_path: Path) -> None:
    text = _contract("rolling: {lag: 3 months}", ("2025-06-01", "99213", "99.00"))
    told = _problems(tmp_path, text.replace("rates_of: date of service", "year: 2025"))
    assert "'Medicare' pins 2025-01-01 in a schedule that rolls with a lag" in told


def _problems(folder: Path, text: str) -> str:
    head = "contract: C\nparties: {provider: A, payer: B}\neffective: 2025-01-01\n"
    (folder / "contract.yaml").write_text(head + text)
    for name, content in TABLES.items():
        (folder / name).write_text(content)
    contract, problems = check(folder)
    assert contract is None
    return "; ".join(problem.what for problem in problems)
