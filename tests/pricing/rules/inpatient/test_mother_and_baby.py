"""Deliveries: the nursery on one rate with the mother or on its own, intensive care paid in addition."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

TERMS = """
terms:
  - name: Vaginal delivery, mother and baby
    for: {drg: [768, 796-798, 805-807]}
    per: case
    pay: {amount: 5400}
    except: Neonatal intensive care
  - {name: Neonatal intensive care, for: {revenue_codes: 0173-0174}, pay: {amount: 3650}}
  - {name: Well baby on a claim of its own, for: {drg: 795, age: 0}, per: day, pay: {amount: 640}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
"""
ROOM = {"revenue_center_code": "0122", "units": 2, "charge_amount": Decimal("4000.00")}
NURSERY = {"revenue_center_code": "0171", "units": 2, "charge_amount": Decimal("1800.00")}
INTENSIVE = {"revenue_center_code": "0174", "units": 3, "charge_amount": Decimal("21000.00")}


def test_mother_and_baby_on_one_rate(written: Any, claim: Any, both: Any) -> None:
    priced = both(written(TERMS), claim(ROOM, NURSERY, drg_code="807"))
    assert [str(each.expected_amount) for each in priced.lines] == ["5400.00", "0.00"]


def test_intensive_care_is_added_to_the_case(written: Any, claim: Any, both: Any) -> None:
    priced = both(written(TERMS), claim(ROOM, INTENSIVE, drg_code="807"))
    assert [str(each.expected_amount) for each in priced.lines] == ["5400.00", "10950.00"]


def test_the_baby_on_a_claim_of_its_own(written: Any, claim: Any, both: Any) -> None:
    priced = both(
        written(TERMS),
        claim(NURSERY, drg_code="795", age=0, admission_date="2025-03-01", discharge_date="2025-03-03"),
    )
    assert (priced.claim_term, priced.expected_amount) == ("Well baby on a claim of its own", Decimal("1280.00"))
