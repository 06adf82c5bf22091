"""A4: surgery centres are paid by the rate times (half the wage index plus a half), several procedures at 100/50."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evenhand.contracts.ratetable import read_rate_table
from evenhand.errors import Log

Worked = Callable[..., list[Any]]
TERMS = """\
schedules:
  asc: {rates: asc-2025.csv, wage_index: 0.9532, labor_share: 50}
terms:
  - name: Surgery centre
    for: {codes: on schedule}
    per: line
    pay: {percent_of: asc, year: 2025, percent: 100}
rules:
  multiple_procedures: {percent: [100, 50], for: {codes: [29881, 66984]}}
  modifiers: {"73": 50%, "52": 50%, "50": 150%}
"""
TABLES = {"asc-2025.csv": "code,amount\n29881,1500.00\n66984,1105.50\n62323,400.00\n"}


def test_rates_follow_the_wage_index(worked: Worked) -> None:
    """The factor is 0.5 × 0.9532 + 0.5 = 0.9766: 1,464.90, 1,079.6313 and 390.64."""
    worked(
        TERMS
        + """\
cases:
  - {code: 29881, allowed: 1464.90}
  - {code: 66984, allowed: 1079.63}
  - lines: [{code: 29881}, {code: 66984}, {code: 62323}]
    allowed: 2395.36
  - {code: 29881, modifiers: ["73"], allowed: 732.45}
  - {code: 29881, modifiers: ["50"], allowed: 2197.35}
""",
        TABLES,
    )


def test_a_device_that_cost_nothing_or_less_is_taken_off(worked: Worked) -> None:
    """Of 28,400 the device is 23,900: FB leaves 4,500, FC 28,400 − 11,950 = 16,450; × 0.9766 each, halved by 73."""
    worked(
        TERMS
        + """\
cases:
  - {code: 63685, allowed: 27735.44}
  - {code: 63685, modifiers: [FB], allowed: 4394.70}
  - {code: 63685, modifiers: [LT, FC], allowed: 16065.07}
  - {code: 63685, modifiers: [FB, "73"], allowed: 2197.35}
""",
        {"asc-2025.csv": "code,amount,device offset\n63685,28400.00,23900.00\n29881,1500.00,\n"},
    )


def test_a_device_worth_more_than_its_procedure_is_refused() -> None:
    log = Log("asc.csv")
    read_rate_table("asc", b"code,amount,device offset\n63685,100.00,100.01\n", log)
    assert [problem.what for problem in log.problems] == ["63685: the device offset 100.01 is more than the rate"]
