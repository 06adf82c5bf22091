"""Rule 32: which of several contracts a claim falls under, by what each is for and by stated precedence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts.methods import Amount
from evenhand.contracts.model import Contract, Parties, Rules, Scope, Term, Version
from evenhand.periods import Period
from evenhand.pricing.oracle import OracleClaim

START, MIDDLE, END = date(2025, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
HERE, THERE = "1234567893", "1987654321"


def contract(name: str, amount: int, scope: Scope | None = None, **said: Any) -> Contract:
    """One that pays every line so many dollars."""
    term = Term("Everything", Amount(Decimal(amount)), per="line")
    version = Version(Period(START, END), (term,), Rules(), {}, (), scope=scope or Scope())
    return Contract(name.lower(), name, Parties("Cedar Ridge", "Summit Health"), version.period, (version,), **said)


def claim(**said: Any) -> OracleClaim:
    row = {"claim_key": 1, "payer": "Summit Health", "claim_start_date": date(2025, 5, 1)} | said
    return OracleClaim.of(row, [{"line_key": 1, "hcpcs_code": "99213", "charge_amount": Decimal(500)}])


Asked = Callable[[list[Contract], OracleClaim], tuple[Any, ...]]


def test_the_lowest_precedence_comes_first(chosen: Asked) -> None:
    first, second = contract("A", 100, precedence=1), contract("B", 200, precedence=2)
    assert chosen([second, first], claim()) == ("priced", 100, "B: fits as well, later in precedence")


def test_one_without_a_precedence_comes_after_all_that_state_one(chosen: Asked) -> None:
    assert chosen([contract("A", 100), contract("B", 200, precedence=9)], claim())[1] == 200


def test_equal_precedence_settles_nothing(chosen: Asked) -> None:
    both = [contract("A", 100, precedence=1), contract("B", 200, precedence=1)]
    assert chosen(both, claim()) == ("ambiguous contract", None, "A: fits as well; B: fits as well")


def test_precedence_never_chooses_what_is_in_doubt(chosen: Asked) -> None:
    narrow = replace(contract("A", 100, precedence=1))
    narrow = replace(narrow, versions=(replace(narrow.versions[0], products=("PPO",)),))
    both = [narrow, contract("B", 200, precedence=2)]
    assert chosen(both, claim(product="PPO"))[1] == 100
    assert chosen(both, claim(product="HMO")) == ("priced", 200, "A: does not cover HMO")
    assert chosen(both, claim()) == (
        "ambiguous contract",
        None,
        "A: might fit (the claim names no product); B: fits as well",
    )


def test_a_plan_is_known_by_its_name_or_its_group_number(chosen: Asked) -> None:
    gold = [contract("A", 100, Scope(plans=("Gold PPO", "G-77"))), contract("B", 200, Scope(plans=("Silver",)))]
    assert chosen(gold, claim(plan="GOLD  ppo")) == ("priced", 100, "B: does not cover its plan")
    assert chosen(gold, claim(plan="Acme Staff", group_number="g-77"))[1] == 100
    assert chosen(gold, claim(plan="Bronze")) == (
        "no contract",
        None,
        "A: does not cover its plan; B: does not cover its plan",
    )


def test_a_plan_that_is_not_named_is_not_guessed(chosen: Asked) -> None:
    gold = contract("A", 100, Scope(plans=("Gold PPO",)))
    assert chosen([gold], claim()) == ("undecided contract", None, "A: might fit (the claim names no plan)")
    assert chosen([gold, contract("B", 200)], claim())[0] == "ambiguous contract"


def test_a_site_is_known_by_its_npi(chosen: Asked) -> None:
    both = [contract("A", 100, Scope(sites=(HERE,))), contract("B", 200, Scope(sites=(THERE,)))]
    assert chosen(both, claim(site_npi=THERE)) == ("priced", 200, "A: does not cover its site")
    assert chosen(both[:1], claim(place_of_service_code="22"))[0] == "undecided contract"


def test_a_site_is_known_by_its_place_of_service(chosen: Asked) -> None:
    both = [contract("A", 100, Scope(sites=("11",))), contract("B", 200, Scope(sites=("22", "24")))]
    assert chosen(both, claim(place_of_service_code="24", site_npi=HERE))[1] == 200
    assert chosen(both, claim(place_of_service_code="21"))[0] == "no contract"


@pytest.mark.parametrize(
    ("day", "price"),
    [("admission", 100), ("service", 100), ("discharge", 200)],
)
def test_the_contract_states_the_day_that_chooses(chosen: Asked, day: Any, price: int) -> None:
    whole = contract("A", 100, chosen_by=day)
    (old,) = whole.versions
    halves = (
        replace(old, period=Period(START, MIDDLE)),
        replace(old, period=Period(MIDDLE, END), terms=(Term("Everything", Amount(Decimal(200)), per="line"),)),
    )
    stay = claim(
        claim_type="institutional",
        admission_date=date(2025, 6, 29),
        claim_start_date=date(2025, 6, 30),
        discharge_date=date(2025, 7, 2),
    )
    assert chosen([replace(whole, versions=halves)], stay)[1] == price


def test_a_visit_goes_by_its_day_of_service_whatever_the_contract_says_of_stays(chosen: Asked) -> None:
    one = claim(claim_type="professional", discharge_date=date(2027, 1, 1), claim_end_date=date(2027, 1, 1))
    assert chosen([contract("A", 100, chosen_by="discharge")], one)[1] == 100


def test_a_stay_without_a_discharge_goes_by_its_last_day(chosen: Asked) -> None:
    stay = claim(claim_type="institutional", claim_start_date=date(2025, 12, 30), claim_end_date=date(2026, 1, 2))
    assert chosen([contract("A", 100)], stay)[1] == 100
    later = chosen([contract("A", 100, chosen_by="discharge")], stay)
    assert later == ("no contract", None, "A: not in force on 2026-01-02")


def test_each_contract_goes_by_its_own_day(chosen: Asked) -> None:
    stay = claim(
        claim_type="institutional",
        admission_date=date(2025, 12, 30),
        claim_start_date=date(2025, 12, 30),
        discharge_date=date(2026, 1, 3),
    )
    both = [contract("A", 100, chosen_by="discharge"), contract("B", 200)]
    assert chosen(both, stay) == ("priced", 200, "A: not in force on 2026-01-03")
