"""R17: the eight clauses of real contracts, each just under, at and over its trigger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

ADMITTED = date(2025, 3, 1)
CONTRACT = """
terms:
  - {{name: Admission, for: {{claim_type: institutional}}, per: case, pay: {{amount: {rate}}}}}
rules:
  stop_loss:
    - name: Protection
      maximum: {{percent_of_charges: 1000}}
{rule}
cases:
"""
CASE = """
  - name: charges {charge}, {days} days, DRG {drg}
    claim: {{claim_type: institutional, drg: "{drg}", admission: {admission}, discharge: {discharge}}}
    lines: [{{code: "99999", revenue_code: "0120", charge: {charge}}}]
    allowed: {allowed}
"""


@pytest.fixture
def clause(worked: Callable[..., Any]) -> Callable[..., Any]:
    """Price claims of (charges, days, expected) under a rule; charges say the DRG too where it matters."""

    def price(rate: int, rule: str, *claims: tuple[Any, ...]) -> Any:
        text = CONTRACT.format(rate=rate, rule="".join(f"      {line}\n" for line in rule.strip().splitlines()))
        for charge, days, allowed, *drg in claims:
            discharge = ADMITTED + timedelta(days=days)
            text += CASE.format(
                charge=charge,
                days=days,
                allowed=allowed,
                drg=(drg or ["470"])[0],
                admission=ADMITTED,
                discharge=discharge,
            )
        return worked(text)

    return price


def test_clause_1_length_of_stay_triggers(clause: Callable[..., Any]) -> None:
    rule = "when: {days_over: 20}\npay: {percent: 60, of: charges}\neffect: instead"
    clause(45000, rule, (100000, 19, 45000), (100000, 20, 45000), (100000, 21, 60000))


def test_clause_2_days_beyond_twice_the_average_stay(clause: Callable[..., Any]) -> None:
    """Twice 4.3 days is 8.6: the ninth day is the first that exceeds it."""
    rule = (
        "average_stay: 4.3\nwhen: {times_average_stay: 2}\npay: {per_day: 1500, of: excess days}\neffect: in addition"
    )
    clause(20000, rule, (50000, 8, 20000), (50000, 9, 21500), (50000, 10, 23000))


def test_clause_2_at_a_whole_number_of_days(clause: Callable[..., Any]) -> None:
    rule = "average_stay: 4\nwhen: {times_average_stay: 2}\npay: {per_day: 1500, of: excess days}\neffect: in addition"
    clause(20000, rule, (50000, 7, 20000), (50000, 8, 20000), (50000, 9, 21500))


@pytest.mark.parametrize(
    ("drg", "mean", "claims"),
    [
        # twice 4.3 is 8.6, twice 3.5 is 7, twice 2.0 is 4
        ("470", "amlos", [(8, 20000), (9, 21500), (10, 23000)]),
        ("470", "gmlos", [(6, 20000), (7, 20000), (8, 21500)]),
        ("871", "amlos", [(3, 30000), (4, 30000), (5, 31500), (9, 37500)]),
        ("871", "gmlos", [(9, 30000)]),  # the table does not say it: never met
        ("291", "amlos", [(90, 50000)]),  # nor has it the DRG: the default pays the charges
    ],
)
def test_clause_2_by_the_average_stay_of_the_drg(
    worked: Callable[..., Any], drg: str, mean: str, claims: list[tuple[int, int]]
) -> None:
    text = f"""
terms:
  - {{name: Admission, per: case, pay: {{fee_schedule: drgs.csv}}, grouper: MS-DRG 42}}
  - {{name: Anything else, pay: {{percent_of_charges: 100}}}}
rules:
  stop_loss:
    - name: Long stays
      when: {{times_average_stay: 2}}
      average_stay: {mean}
      pay: {{per_day: 1500, of: excess days}}
      effect: in addition
cases:
"""
    for days, allowed in claims:
        discharge = ADMITTED + timedelta(days=days)
        text += CASE.format(charge=50000, days=days, drg=drg, allowed=allowed, admission=ADMITTED, discharge=discharge)
    worked(text, {"drgs.csv": "DRG,Amount,GMLOS,AMLOS\n470,20000.00,3.5,4.3\n871,30000.00,,2.0\n"})


def test_clause_3_a_day_rate_once_above_a_threshold_of_charges(clause: Callable[..., Any]) -> None:
    rule = "when: {charges_over: 150000}\npay: {per_day: 4000, of: all days}\neffect: instead"
    clause(45000, rule, ("149999.99", 15, 45000), (150000, 15, 45000), ("150000.01", 15, 60000))


def test_clause_3_a_day_rate_once_above_a_threshold_of_days(clause: Callable[..., Any]) -> None:
    """The source does not say which threshold is meant: so the contract does."""
    rule = "when: {days_over: 14}\npay: {per_day: 4000, of: excess days}\neffect: in addition"
    clause(45000, rule, (90000, 13, 45000), (90000, 14, 45000), (90000, 15, 49000))


def test_clause_4_the_threshold_depends_on_the_service(clause: Callable[..., Any]) -> None:
    rule = """
when:
  by_service:
    - {for: {drg: 216-221}, charges_over: 175000}
    - {charges_over: 150000}
pay: {percent: 60, of: excess}
effect: in addition"""
    clause(
        45000,
        rule,
        ("174999.99", 5, 45000, "216"),
        (175000, 5, 45000, "221"),
        (175100, 5, 45060, "216"),
        ("149999.99", 5, 45000, "470"),
        (150000, 5, 45000, "470"),
        (150100, 5, 45060, "470"),
    )


def test_clause_5_charges_over_a_multiple_of_the_rate(clause: Callable[..., Any]) -> None:
    """4.5 × 20,000 = 90,000."""
    rule = "when: {times_rate: 4.5}\npay: {percent: 50, of: excess}\neffect: in addition"
    clause(20000, rule, ("89999.99", 5, 20000), (90000, 5, 20000), (90100, 5, 20050))


def test_clause_6_low_charges(clause: Callable[..., Any]) -> None:
    """40 % of 20,000 is 8,000; under it 95 % of charges are paid."""
    rule = "when: {charges_under_share_of_rate: 40}\npay: {percent: 95, of: charges}\neffect: instead"
    clause(20000, rule, (7000, 2, 6650), ("7999.99", 2, "7599.99"), (8000, 2, 20000), ("8000.01", 2, 20000))


def test_clause_7_the_lesser_of_charges_and_days(clause: Callable[..., Any]) -> None:
    """60 % of charges against 9,000 × 10 days: they cross at 150,000."""
    rule = """
when: {charges_over: 100000}
pay: {percent: 60, of: charges, lesser_with: {per_day: 9000, of: all days}}
effect: instead"""
    clause(
        45000,
        rule,
        (100000, 10, 45000),
        (140000, 10, 84000),
        (150000, 10, 90000),
        ("150000.02", 10, 90000),
        (140000, 9, 81000),
    )


def test_clause_8_charges_and_days_together(clause: Callable[..., Any]) -> None:
    rule = "when: {charges_over: 150000, days_over: 10}\npay: {percent: 60, of: charges}\neffect: instead"
    clause(
        45000,
        rule,
        (200000, 10, 45000),
        (150000, 11, 45000),
        ("150000.01", 11, "90000.01"),
        (200000, 11, 120000),
        (200000, 9, 45000),
    )


def test_either_of_several_triggers(clause: Callable[..., Any]) -> None:
    rule = "when: {any: [{charges_over: 150000}, {days_over: 10}]}\npay: {percent: 60, of: charges}\neffect: instead"
    clause(45000, rule, (150000, 10, 45000), (160000, 10, 96000), (150000, 11, 90000))


def test_the_first_rule_whose_trigger_is_met_pays(worked: Callable[..., Any]) -> None:
    text = """
terms:
  - {name: Admission, for: {claim_type: institutional}, per: case, pay: {amount: 45000}}
rules:
  stop_loss:
    - {name: Dearest, when: {charges_over: 300000}, pay: {percent: 50, of: charges}, effect: instead}
    - {name: Dear, when: {charges_over: 150000}, pay: {percent: 60, of: charges}, effect: instead}
cases:
"""
    said = {"days": 5, "drg": "470", "admission": ADMITTED, "discharge": ADMITTED + timedelta(days=5)}
    prices = [(200000, 120000), (400000, 200000)]
    found = worked(text + "".join(CASE.format(charge=charge, allowed=allowed, **said) for charge, allowed in prices))
    assert [priced.adjustments[0].name for priced in found] == ["Dear", "Dearest"]
