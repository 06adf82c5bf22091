"""R20: the discounts of outpatient payment, formulas 1 to 9, said with rankings, modifiers and rates per line.

D is the share of a second procedure, T that of one broken off; U are the units. A factor times rate × U is, without the
division: 1 → U, 2 → 1 + D(U − 1), 3 → T, 4 → 1 + D, 5 → D·U, 6 → T·D, 7 → D(1 + D), 8 → 2, 9 → 2D.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Worked = Callable[..., list[Any]]
TERMS = """\
schedules: {opps: opps.csv}
terms:
  - name: Bilateral or broken off, for the line as a whole
    for: {codes: on schedule, modifiers: ["50", "52", "73"]}
    per: line
    pay: {fee_schedule: opps}
  - name: By the unit
    for: {codes: on schedule}
    pay: {fee_schedule: opps}
rules:
  multiple_procedures: {percent: [100, 50], units: each, scope: claim, for: {codes: 20000-29999}}
  modifiers: {"50": BOTH, "52": 50%, "73": 50%, "74": 100%}
"""
TABLES = {"opps.csv": "code,amount\n29881,3000.00\n27447,9000.00\n99213,120.00\n"}
FIRST = "{code: 27447}"  # takes the first rank with 9,000.00


def _sides(share: str) -> str:
    return TERMS.replace("BOTH", share)


@pytest.mark.parametrize(
    ("formula", "lines", "both", "allowed"),
    [
        (1, "{code: 99213, units: 2}", "150%", "240.00"),
        (2, "{code: 29881, units: 3}", "150%", "6000.00"),
        (3, "{code: 29881, modifiers: ['73']}", "150%", "1500.00"),
        (3, "{code: 29881, modifiers: ['52'], units: 2}", "150%", "1500.00"),
        (4, "{code: 29881, modifiers: ['50'], units: 2}", "150%", "4500.00"),
        (5, FIRST + ", {code: 29881, units: 2}", "150%", "12000.00"),
        (6, FIRST + ", {code: 29881, modifiers: ['73']}", "150%", "9750.00"),
        (7, FIRST + ", {code: 29881, modifiers: ['50']}", "150%", "11250.00"),
        (8, "{code: 29881, modifiers: ['50']}", "200%", "6000.00"),
        (9, FIRST + ", {code: 29881, modifiers: ['50']}", "200%", "12000.00"),
        (1, "{code: 29881, modifiers: ['74']}", "150%", "3000.00"),
    ],
)
def test_formula(worked: Worked, formula: int, lines: str, both: str, allowed: str) -> None:
    worked(_sides(both) + f"cases:\n  - {{name: formula {formula}, lines: [{lines}], allowed: {allowed}}}\n", TABLES)


def test_units_beyond_the_most_that_are_paid_take_no_rank(worked: Worked) -> None:
    held = _sides("150%").replace("  - name: By the unit\n", "  - name: By the unit\n    most_units: 2\n")
    case = "cases:\n  - {name: two of five, lines: [{code: 29881, units: 5}], allowed: 4500.00}\n"
    worked(held + case, TABLES)


COMPREHENSIVE = """\
schedules: {j1: j1.csv, asp: asp.csv}
code_sets: {comprehensive: [27447, 29881]}
terms:
  - name: Comprehensive service
    for: {codes: on schedule}
    per: line
    pay: {fee_schedule: j1}
    once: claim
  - name: Packaged into the comprehensive service
    for: {with: {codes: comprehensive}, not: {revenue_codes: 0540}}
    pay: packaged
  - name: Drugs paid apart
    for: {codes: on schedule}
    pay: {percent_of: asp, rates_of: date of service, percent: 106}
  - name: Anything else
    pay: {percent_of_charges: 30}
"""


def test_a_comprehensive_service_takes_the_claim_and_the_highest_of_several_is_paid(worked: Worked) -> None:
    one, two, none = worked(
        COMPREHENSIVE
        + """\
cases:
  - lines:
      - {code: 29881}
      - {code: J9035, units: 10}
      - {revenue_code: 0250, charge: 500}
      - {revenue_code: 0540, charge: 900}
    allowed: 3270.00
  - lines: [{code: 29881}, {code: 27447}, {code: J9035, units: 10}]
    allowed: 9000.00
  - lines: [{code: J9035, units: 10}, {revenue_code: 0250, charge: 500}]
    allowed: 892.00
""",
        {"j1.csv": "code,amount\n29881,3000.00\n27447,9000.00\n", "asp.csv": "code,amount\nJ9035,70.00\n"},
    )
    assert [line.outcome for line in one.lines] == ["priced", "included", "included", "priced"]
    assert [line.fee_amount for line in two.lines] == [0, 9000, 0]
    assert none.lines[0].term == "Drugs paid apart"
