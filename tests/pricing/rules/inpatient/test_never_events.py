"""Claims the contract pays nothing for: wrong surgery, what was acquired in the hospital, and what else it names."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from evenhand.contracts.words import selector_words
from evenhand.errors import ContractError
from evenhand.pricing import price

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


@pytest.mark.parametrize(("kind", "amount"), [("cause", "0.00"), ("reason", "24500.00")])
def test_an_external_cause_is_a_diagnosis_too(
    written: Any, claim: Any, priced_engine: Any, kind: str, amount: str
) -> None:
    """The code of a wrong surgery is one; the reason a patient came is none."""
    stay = claim({"revenue_center_code": "0360", "charge_amount": Decimal("61000.00")}, drg_code="470")
    contract = written(TERMS)
    engine = priced_engine([contract], [stay])
    said = {"claim_key": 1, "position": 1, "kind": kind, "code": "Y6551", "present_on_admission": "Y"}
    engine.put("diagnoses", pa.Table.from_pylist([said]))
    price(engine, [contract])
    (priced,) = engine.arrow("select * from priced_claims").to_pylist()
    assert str(priced["expected_amount"]) == amount


ACQUIRED = """
terms:
  - name: Acquired in the hospital
    for: {diagnosis: [L89, T81.4], present_on_admission: [N, U]}
    per: case
    pay: nothing
  - {name: Inpatient, for: {bill_type: 11x}, per: case, pay: {amount: 12000}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules: {lesser_of: none}
cases:
"""
STAY = """
  - claim: {{claim_type: institutional, bill_type: 111, diagnosis: [M17.11, {code}], present_on_admission: [{told}]}}
    lines: [{{revenue_code: "0120", charge: 30000}}]
    allowed: {allowed}
"""


def test_what_was_acquired_in_the_hospital_is_not_paid(worked: Any) -> None:
    """Of the same diagnosis the indicator is asked; clinically undetermined, and none at all, are neither N nor U."""
    stays = [
        ("L89.153", "Y, N", 0),
        ("L89.153", "Y, U", 0),
        ("T81.41XA", "Y, N", 0),
        ("L89.153", "N, Y", 12000),  # the knee was not there on admission, the sore was
        ("L89.153", "Y, W", 12000),
        ("L89.153", "Y", 12000),
        ("I10", "Y, N", 12000),
    ]
    told = "".join(STAY.format(code=code, told=told, allowed=allowed) for code, told, allowed in stays)
    priced = worked(ACQUIRED + told)
    assert priced[0].claim_term == "Acquired in the hospital"


def test_those_present_may_be_told_apart_by_not(worked: Any) -> None:
    text = ACQUIRED.replace("for: {diagnosis", "for: {bill_type: 11x, not: {diagnosis").replace("[N, U]}", "[Y, W]}}")
    stays = [("L89.153", "Y, N", 0), ("L89.153", "N, Y", 12000), ("I10", "Y, Y", 0)]
    worked(text + "".join(STAY.format(code=code, told=told, allowed=allowed) for code, told, allowed in stays))


def test_in_words(written: Any) -> None:
    contract = written(ACQUIRED.replace("cases:\n", ""))
    words = selector_words(contract.versions[0].terms[0].covers)
    assert words == "diagnoses L89 or T814 with present-on-admission N or U"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("diagnosis: [L89, T81.4], ", "", "present_on_admission needs a diagnosis beside it"),
        ("[N, U]", "[X]", "'X' is not known"),
    ],
)
def test_what_is_refused(written: Any, old: str, new: str, message: str) -> None:
    with pytest.raises(ContractError, match=message):
        written(ACQUIRED.replace("cases:\n", "").replace(old, new))
