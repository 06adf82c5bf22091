"""Claims the contract pays nothing for: wrong surgery, and what else it names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

TERMS = """
terms:
  - name: Never events
    for: {diagnosis: [Y65.51, Y65.52, Y65.53]}
    per: case
    pay: nothing
    except: Blood factor
    cite: Exhibit C
  - {name: Blood factor, for: {codes: J7190-J7192}, pay: {amount: 1.20}}
  - {name: Implants, for: {revenue_codes: 0278}, pay: {percent_of_charges: 50}, carve_out: yes}
  - {name: Joint replacement, for: {drg: 470}, per: case, pay: {amount: 24500}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules: {lesser_of: claim}
"""
LINES = (
    {"revenue_center_code": "0278", "charge_amount": Decimal("9000.00")},
    {"revenue_center_code": "0360", "charge_amount": Decimal("61000.00")},
    {"revenue_center_code": "0636", "hcpcs_code": "J7190", "units": 1000, "charge_amount": Decimal("2500.00")},
)


def test_nothing_is_paid_but_what_the_term_excepts(written: Any, claim: Any, both: Any) -> None:
    priced = both(written(TERMS), claim(*LINES, drg_code="470", diagnoses=["Y6551"]))
    assert [(each.outcome, each.term) for each in priced.lines] == [
        ("excluded", "Never events"),
        ("excluded", "Never events"),
        ("priced", "Blood factor"),
    ]
    assert (priced.claim_term, priced.expected_amount) == ("Never events", Decimal("1200.00"))
    assert priced.lines[0].cite == "Exhibit C"


def test_the_same_stay_without_the_event_is_paid(written: Any, claim: Any, both: Any) -> None:
    priced = both(written(TERMS), claim(*LINES, drg_code="470", diagnoses=["M1711"]))
    # half the implant, and the case rate
    assert [str(each.expected_amount) for each in priced.lines] == ["4500.00", "24500.00", "0.00"]
