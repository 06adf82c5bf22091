"""R21: what one line is paid depends on what else stands on the claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.model import Condition, Selector
from evenhand.contracts.words import selector_words

Worked = Callable[..., list[Any]]
TERMS = """\
schedules: {er: er.csv}
terms:
  - name: Emergency room, waived with surgery or observation
    for: {revenue_codes: 0450-0459, with: {revenue_codes: [0360-0369, 0762]}}
    pay: packaged
  - name: Observation, part of surgery
    for: {revenue_codes: 0762, with: {revenue_codes: 0360-0369, not: {modifiers: "73"}}}
    pay: packaged
  - name: Emergency room
    for: {revenue_codes: 0450-0459}
    pay: {fee_schedule: er}
  - name: Observation
    for: {revenue_codes: 0762, without: {revenue_codes: 0360-0369, not: {modifiers: "73"}}}
    pay: {amount: 62.50}
  - name: Surgery
    for: {revenue_codes: 0360-0369}
    per: line
    pay: {amount: 4000}
"""
TABLES = {"er.csv": "code,amount\n99281,150.00\n99282,300.00\n99283,610.00\n99284,950.00\n99285,1400.00\n"}
ER = "{revenue_code: 0450, code: 99284, charge: 2500}"
OBSERVATION = "{revenue_code: 0762, code: G0378, units: 20, charge: 3000}"
SURGERY = "{revenue_code: 0360, code: 29881, charge: 9000}"
ABANDONED = "{revenue_code: 0360, code: 29881, modifiers: ['73'], charge: 9000}"


def _case(allowed: str, *lines: str) -> str:
    return f"  - lines: [{', '.join(lines)}]\n    allowed: {allowed}\n"


def test_emergency_room_is_waived_and_observation_loses_to_surgery(worked: Worked) -> None:
    alone, observed, operated, all_three, abandoned = worked(
        TERMS
        + "cases:\n"
        + _case("950.00", ER)
        + _case("1250.00", ER, OBSERVATION)  # 20 hours at 62.50
        + _case("4000.00", ER, SURGERY)
        + _case("4000.00", ER, OBSERVATION, SURGERY)
        + _case("5250.00", ER, OBSERVATION, ABANDONED),
        TABLES,
    )
    assert alone.lines[0].term == "Emergency room"
    assert observed.lines[0].term == operated.lines[0].term == "Emergency room, waived with surgery or observation"
    assert [line.outcome for line in all_three.lines] == ["included", "included", "priced"]
    assert [line.term for line in abandoned.lines][1:] == ["Observation", "Surgery"]


def test_a_claim_paid_as_a_whole_may_ask_it_too(worked: Worked) -> None:
    """The stay without a surgical line is paid by its own case rate."""
    worked(
        """\
terms:
  - name: Surgical stay
    for: {bill_type: 11x, with: {revenue_codes: 0360-0369}}
    per: case
    pay: {amount: 18000}
  - name: Medical stay
    for: {bill_type: 11x, without: {revenue_codes: 0360-0369}}
    per: case
    pay: {amount: 7000}
cases:
  - claim: {bill_type: 111}
    lines: [{revenue_code: 0120, charge: 9000}, {revenue_code: 0360, charge: 9000}]
    allowed: 18000.00
  - claim: {bill_type: 111}
    lines: [{revenue_code: 0120, charge: 9000}]
    allowed: 7000.00
"""
    )


LEVELS = """\
schedules: {er: er.csv}
terms:
  - name: Emergency room
    for: {revenue_codes: 0450-0459}
    per: line
    pay: {fee_schedule: er}
    once: claim
  - name: Observation
    for: {revenue_codes: 0762}
    pay: {amount: 62.50}
    most_units: 24
    once: day
"""


def test_one_emergency_room_level_a_claim_and_so_many_hours_of_observation(worked: Worked) -> None:
    """The higher of two levels is paid; 30 hours are paid as 24, of two lines of a day the longer."""
    levels, hours, days = worked(
        LEVELS
        + "cases:\n"
        + _case("950.00", ER.replace("99284", "99283"), ER)
        + _case("1500.00", OBSERVATION.replace("20", "30"), OBSERVATION)
        + _case(
            "2000.00", OBSERVATION.replace("20", "8"), OBSERVATION.replace("units: 20", "units: 24, date: 2025-01-02")
        ),
        TABLES,
    )
    assert [(line.procedure_rank, line.fee_amount) for line in levels.lines] == [(2, 0), (1, 950)]
    assert [line.units for line in hours.lines] == [24, 20]
    assert [line.fee_amount for line in days.lines] == [500, 1500]


def test_in_words() -> None:
    rooms = Condition("revenue_codes", (CodeRange("0360", "0369"),))
    aborted = Condition("modifiers", (CodeRange("73", "73"),), negated=True)
    said = selector_words(Selector((rooms,), with_line=Selector((rooms, aborted))))
    assert said == "revenue codes 0360–0369, on a claim with a line of revenue codes 0360–0369 and not modifier 73"
