"""Readmissions: a stay that begins soon after another of the same patient at the same provider."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Contract
from evenhand.contracts.words import selector_words
from evenhand.engines import DuckDB
from evenhand.errors import ContractError
from evenhand.pricing.oracle import OracleClaim, price_claim
from evenhand.pricing.parts import part_file, price_in_parts

TERMS = """
terms:
  - name: Readmission
    for: {bill_type: 11x, readmitted_within: WITHIN, not: {drg: 846-848}}
    per: case
    pay: nothing
    cite: Article 7.4
  - {name: Inpatient, for: {bill_type: 11x}, per: case, pay: {amount: 12000}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules: {lesser_of: none}
"""
STAY = "admission: 2025-03-31, discharge: 2025-04-04"
CASE = """
  - claim: {{claim_type: institutional, bill_type: "111", drg: "{drg}", {STAY}, {said}}}
    lines: [{{revenue_code: "0120", charge: 30000}}]
    allowed: {allowed}
"""


@pytest.fixture
def after(worked: Callable[..., Any]) -> Callable[..., Any]:
    """Price a stay of 31 March, DRG 291, after what a case says of the stay before."""

    def price(within: str, *cases: tuple[str, int], drg: str = "291") -> Any:
        told = "".join(CASE.format(said=said, allowed=allowed, drg=drg, STAY=STAY) for said, allowed in cases)
        return worked(TERMS.replace("WITHIN", within) + "cases:" + told)

    return price


def test_just_within_at_and_beyond_the_days(after: Any) -> None:
    """1 to 31 March are thirty days."""
    after(
        "30 days",
        ("last_discharge: 2025-03-02", 0),
        ("last_discharge: 2025-03-01", 0),
        ("last_discharge: 2025-02-28", 12000),
    )


def test_on_the_day_of_discharge(after: Any) -> None:
    after("1 days", ("last_discharge: 2025-03-31", 0), ("last_discharge: 2025-03-30", 0))


def test_stays_that_overlap_do_not_follow_one_another(after: Any) -> None:
    after("30 days", ("last_admission: 2025-03-20, last_discharge: 2025-04-01", 12000))


def test_two_stays_of_one_day_do_not_follow_one_another(after: Any) -> None:
    """Which came first is not told by their days."""
    after("30 days", ("last_admission: 2025-03-31, last_discharge: 2025-03-31", 12000))


def test_a_stay_that_goes_on_is_no_first_stay(after: Any) -> None:
    after("30 days", ("last_discharge: 2025-03-20, last_discharge_status: '30'", 12000))


def test_planned_stays_are_excluded_by_list(after: Any) -> None:
    after("30 days", ("last_discharge: 2025-03-20", 12000), drg="847")


def test_the_same_drg(after: Any) -> None:
    after(
        "{days: 30, drg: same}",
        ('last_discharge: 2025-03-20, last_drg: "291"', 0),
        ('last_discharge: 2025-03-20, last_drg: "292"', 12000),
        ("last_discharge: 2025-03-20", 12000),
    )


def test_related_drgs_by_list(after: Any) -> None:
    after(
        "{days: 30, first_drg: [280-282, 291-293]}",
        ('last_discharge: 2025-03-20, last_drg: "282"', 0),
        ('last_discharge: 2025-03-20, last_drg: "470"', 12000),
        ("last_discharge: 2025-03-20", 12000),
    )


def test_how_the_first_stay_ended(after: Any) -> None:
    """After a transfer, or leaving against advice, none counts; what is not stated is not guessed."""
    after(
        '{days: 30, not_after: ["02", "07"]}',
        ('last_discharge: 2025-03-20, last_discharge_status: "01"', 0),
        ('last_discharge: 2025-03-20, last_discharge_status: "02"', 12000),
        ("last_discharge: 2025-03-20", 12000),
    )


def test_a_share_may_be_paid_instead_of_nothing(worked: Any) -> None:
    text = TERMS.replace("WITHIN", "30 days").replace("pay: nothing", "pay: {amount: 6000}")
    worked(text + "cases:" + CASE.format(said="last_discharge: 2025-03-20", allowed=6000, drg="291", STAY=STAY))


def stay(key: int, first: date, last: date, **said: Any) -> OracleClaim:
    row = {
        "claim_key": key,
        "claim_type": "institutional",
        "bill_type_code": "111",
        "payer": "Summit Health",
        "member_id": "A1",
        "billing_npi": "1000000012",
        "billing_tin": "020000000",
        "claim_start_date": first,
        "claim_end_date": last,
        "drg_code": "291",
        **said,
    }
    line = {"line_key": key * 10, "revenue_center_code": "0120", "charge_amount": Decimal(30000)}
    return OracleClaim.of(row, [line])


FIRST = stay(7, date(2025, 3, 1), date(2025, 3, 8))
AGAIN = stay(3, date(2025, 3, 20), date(2025, 3, 22))
ONCE_MORE = stay(5, date(2025, 4, 10), date(2025, 4, 12))


@pytest.fixture
def prices(written: Any, engine_prices: Any) -> Callable[..., list[Decimal | None]]:
    """What claims are worth beside one another, once the plain reading says the same of each."""

    contracts: dict[str, Contract] = {}

    def price(claims: list[OracleClaim], within: str = "30 days") -> list[Decimal | None]:
        contract = contracts[within] = contracts.get(within) or written(TERMS.replace("WITHIN", within))
        answer = engine_prices([contract], claims)
        plain = [price_claim(contract, replace(each, others=tuple(claims))).expected_amount for each in claims]
        assert [answer.claims[each.claim_key]["expected_amount"] for each in claims] == plain
        return plain

    return price


def test_the_order_of_claims_does_not_matter(prices: Any) -> None:
    for order in permutations([FIRST, AGAIN, ONCE_MORE]):
        worth = dict(zip([each.claim_key for each in order], prices(list(order)), strict=True))
        assert worth == {7: Decimal(12000), 3: Decimal(0), 5: Decimal(0)}


@pytest.mark.parametrize(
    ("said", "within", "worth"),
    [
        ({"member_id": None}, "30 days", 12000),
        ({"member_id": "A2"}, "30 days", 12000),
        ({"member_id": " a1"}, "30 days", 0),
        ({"age": 0}, "30 days", 12000),  # a baby under its mother's number
        ({"patient_sex": "M"}, "30 days", 12000),
        ({"patient_sex": ""}, "30 days", 0),
        ({"billing_npi": "1000000020"}, "30 days", 0),  # the same by its tax number
        ({"billing_npi": "1000000020"}, "{days: 30, provider: npi}", 12000),
        ({"billing_tin": "930000000"}, "{days: 30, provider: tin}", 12000),
        ({"billing_npi": None, "billing_tin": None}, "30 days", 12000),
        ({"billing_npi": None, "billing_tin": None}, "{days: 30, provider: any}", 0),
        ({"bill_type_code": "131"}, "30 days", 12000),
        ({"bill_type_code": None}, "30 days", 12000),
        ({"payer": "Nobody"}, "30 days", 0),  # whatever the first stay was paid under
    ],
)
def test_patient_and_provider_must_be_the_same(prices: Any, said: dict[str, Any], within: str, worth: int) -> None:
    second = replace(AGAIN, age=31, patient_sex="F")
    assert prices([replace(FIRST, **said), second], within)[1] == worth


def test_parts_see_the_stays_of_other_parts(written: Any, priced_engine: Any, tmp_path: Path) -> None:
    contract = written(TERMS.replace("WITHIN", "30 days"))
    whole = priced_engine([contract], [FIRST, AGAIN, ONCE_MORE])
    tables = {name: whole.arrow(f"select * from {name}") for name in ("service_claims", "service_lines", "diagnoses")}

    def opened() -> DuckDB:
        engine = DuckDB()
        for name, table in tables.items():
            engine.put(f"stored_{name}", table)
            engine.connection.execute(f"create temp view {name} as select * from stored_{name}")
        return engine

    price_in_parts(opened, [contract], tmp_path, 1)
    connection = DuckDB().connection
    found = connection.execute(f"select claim_key, expected_amount from '{part_file(tmp_path, 'priced_claims')}'")
    assert dict(found.fetchall()) == {7: Decimal(12000), 3: Decimal(0), 5: Decimal(0)}


def test_in_words(written: Any) -> None:
    contract = written(TERMS.replace("WITHIN", '{days: 30, drg: same, provider: tin, not_after: "02"}'))
    assert selector_words(contract.versions[0].terms[0].covers) == (
        "type of bill 11x, not DRGs 846–848, readmitted within 30 days of a stay at the same tax number, "
        "with the same DRG, unless that ended with discharge status 02"
    )


@pytest.mark.parametrize(
    ("within", "message"),
    [
        ("400 days", "'400 days' is not a number of days"),
        ("{drg: same}", "has no 'days'"),
        ("{days: 30, first_drg: heart}", "'heart' is not a DRG"),
    ],
)
def test_what_is_refused(written: Any, within: str, message: str) -> None:
    with pytest.raises(ContractError, match=message):
        written(TERMS.replace("WITHIN", within))
