"""A4: surgery centres are paid by the rate times (half the wage index plus a half), several procedures at 100/50."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
