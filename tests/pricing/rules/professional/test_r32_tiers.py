"""R32: shares of the rate by who renders a service, where, and under which number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
terms:
  - {name: Drugs, for: {codes: J0000-J9999}, pay: {percent_of_charges: 50}}
  - {name: All, for: {codes: on schedule}, pay: {fee_schedule: fees.csv}}
rules:
  lesser_of: none
  escalator: none
  multiple_procedures: none
  modifiers: {"25": 80%}
  tiers:
    - {name: Nurse practitioners, for: {rendering_npi: ["1111111111", "2222222222"]}, percent: 85, cite: §4.2}
    - {name: Clinic on Main Street, for: {place_of_service: 19, not: {codes: 99291}}, percent: 90}
    - {name: Second tax number, for: {tin: "84-0000001"}, percent: 95}
"""
FEES = "code,amount\n99213,88.95\n99291,245.66\n"


def test_the_first_tier_that_covers_holds(contract_of: Make, prices: Price) -> None:
    """88.95 × 85 % = 75.61; × 90 % = 80.06; the nurse practitioner at the clinic is paid 85 %, not both."""
    contract = contract_of(CONTRACT, fees=FEES)
    nurse, clinic = {"rendering_npi": "1111111111"}, {"place_of_service": "19"}
    lines = [{"code": "99213"} | where for where in (nurse, clinic, nurse | clinic, {})]
    priced = prices(contract, *lines)
    assert priced.amounts == ["75.61", "80.06", "75.61", "88.95"]
    assert [line.tier for line in priced.lines] == [
        "Nurse practitioners", "Clinic on Main Street", "Nurse practitioners", None,
    ]  # fmt: skip


def test_a_tier_by_tax_number(contract_of: Make, prices: Price) -> None:
    assert prices(contract_of(CONTRACT, fees=FEES), {"code": "99291"}, tin="840000001").amounts == ["233.38"]


def test_a_tier_multiplies_rates_with_their_modifiers_not_charges(contract_of: Make, prices: Price) -> None:
    """88.95 × 80 % × 85 % = 60.49; half the charge stays half the charge."""
    contract = contract_of(CONTRACT, fees=FEES)
    nurse = {"rendering_npi": "1111111111"}
    lines = ({"code": "99213", "modifiers": ["25"]} | nurse, {"code": "J1100", "charge": 100} | nurse)
    assert prices(contract, *lines).amounts == ["60.49", "50.00"]
