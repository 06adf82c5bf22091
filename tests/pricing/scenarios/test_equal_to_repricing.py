"""A scenario's totals are what pricing every claim under the changed contract gives, to the cent and term by term."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from evenhand.codes import CodeRange
from evenhand.contracts.methods import Amount, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.contracts.model import (
    Condition,
    Contract,
    FeeSchedule,
    MultipleProcedures,
    Parties,
    Rate,
    Rules,
    Selector,
    Term,
    Version,
)
from evenhand.errors import EvenhandError
from evenhand.periods import ALWAYS
from evenhand.pricing.oracle import OracleClaim, price_claim
from evenhand.pricing.readiness import require_priceable
from evenhand.pricing.scenarios import Change, Scenario, changed, prepare
from evenhand.pricing.scenarios.changes import place_of, places
from evenhand.pricing.scenarios.exact import sums

Priced = Callable[[Sequence[Contract], Sequence[OracleClaim]], Any]
BATCHES = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
EVERY_CLAIM = "select claim_key from service_claims"
MOVES = (
    ("", True, "0.90"),
    ("", True, "1.0733"),
    ("", True, "2.5"),
    ("", True, "0"),
    ("percent", False, "87.5"),
    ("percent", False, "3.25"),
    ("amount", False, "512.35"),
    ("29881", False, "1700.01"),
    ("29877-26", True, "1.5"),
    ("99213", True, "1.1"),
    ("2", False, "40"),
    ("50", False, "140"),
    ("charge_over", False, "700"),
    ("charge_up_to", True, "1.2"),
)


def calm(claim: OracleClaim, drawn: Any) -> OracleClaim:
    """The claim with units and charges as they occur, so that it is not left to the long way."""
    lines = tuple(
        replace(
            line,
            units=min(max(line.units, Decimal(-2)), Decimal(40)),
            charge_amount=drawn.pick(line.charge_amount and min(line.charge_amount, Decimal(2500)), drawn.amount()),
        )
        for line in claim.lines
    )
    return replace(claim, lines=lines, payer="Summit Health")


def drawn_scenarios(drawn: Any, contract: Contract, count: int) -> list[Scenario]:
    """Scenarios that move numbers the contract has."""
    found = []
    for number in range(count):
        moves: list[Change] = []
        for _ in range(drawn.random.randint(1, 4)):
            kind, name = drawn.pick(*places(contract))
            key, times, value = drawn.pick(*MOVES)
            change = Change(kind, name, key, Decimal(value), times)
            try:
                changed(contract, Scenario("", (change,)))
                require_priceable([changed(contract, Scenario("", (*moves, change)))])
            except EvenhandError:
                continue
            moves.append(change)
        found.append(Scenario(str(number), tuple(moves)))
    return found


def nonzero(totals: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    return {key: value for key, value in totals.items() if value}


def by_oracle(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> dict[tuple[int, int], int]:
    totals: dict[tuple[int, int], int] = {}
    for claim in claims:
        priced = price_claim(contracts, claim)
        for line in priced.lines if priced.contract_id == contracts[0].id else ():
            if line.expected_amount is not None:
                assert priced.version_no is not None
                assert line.term_no is not None
                key = (priced.version_no, line.term_no)
                totals[key] = totals.get(key, 0) + int(line.expected_amount * 100)
    return totals


def plain(rules: Rules, level: Any) -> Rules:
    """The rules that scenarios can do without pricing: others would leave every claim to the long way."""
    return Rules(level, rules.multiple_procedures, rules.modifiers, rules.escalator)


def world_of(world: Callable[[int], Any], number: int, level: str | None) -> tuple[Any, Contract, list[OracleClaim]]:
    drawn = world(number)
    contract = drawn.contract(1)
    parties = replace(contract.parties, provider_tins=(), provider_npis=())
    versions = tuple(replace(each, products=(), rules=plain(each.rules, level)) for each in contract.versions)
    claims = [calm(claim, drawn) for claim in drawn.claims(150)]
    return drawn, replace(contract, parties=parties, versions=versions), claims


@pytest.mark.parametrize("level", ["line", "claim", None])
@seed(8)
@BATCHES
@given(number=st.integers(min_value=0, max_value=2**32))
def test_every_term_of_every_scenario(world: Any, priced_engine: Priced, level: str | None, number: int) -> None:
    drawn, contract, claims = world_of(world, number, level)
    prepared = prepare(priced_engine([contract], claims), contract)

    for scenario in drawn_scenarios(drawn, contract, 4):
        try:
            repriced = priced_engine([changed(contract, scenario)], claims)
        except EvenhandError:  # beyond what any contract may say
            continue
        full = sums(repriced, contract.id, EVERY_CLAIM)
        assert nonzero(prepared.totals(scenario)) == nonzero(full), [str(each) for each in scenario.changes]


@pytest.mark.parametrize("level", ["line", "claim", None])
def test_the_oracle_says_the_same(world: Any, priced_engine: Priced, level: str | None) -> None:
    drawn, contract, claims = world_of(world, 81, level)
    prepared = prepare(priced_engine([contract], claims), contract)

    for scenario in [Scenario("as it stands"), *drawn_scenarios(drawn, contract, 6)]:
        plain = by_oracle([changed(contract, scenario)], claims)
        assert nonzero(prepared.totals(scenario)) == nonzero(plain), [str(each) for each in scenario.changes]


@seed(8)
@settings(BATCHES, max_examples=2)
@given(number=st.integers(min_value=0, max_value=2**32))
def test_wild_claims_among_several_contracts(world: Any, priced_engine: Priced, number: int) -> None:
    drawn = world(number)
    contracts, claims = drawn.contracts(), drawn.claims(300)
    prepared = prepare(priced_engine(contracts, claims), contracts[0])

    for scenario in drawn_scenarios(drawn, contracts[0], 3):
        try:
            repriced = priced_engine([changed(contracts[0], scenario), *contracts[1:]], claims)
        except EvenhandError:  # beyond what any contract may say
            continue
        assert nonzero(prepared.totals(scenario)) == nonzero(sums(repriced, contracts[0].id, EVERY_CLAIM))


def plain_contract(world: Any) -> Contract:
    """A contract that says nothing scenarios would have to price again."""
    drawn = world(3)
    codes = Selector((Condition("codes", (CodeRange("20000", "29999"),)),))
    terms = (
        Term("Stays", Amount(Decimal("8000")), Selector((Condition("drg", (CodeRange("470", "470"),)),)), per="case"),
        Term("Schedule", PaidBySchedule("a.csv"), Selector(on_schedule=True)),
        Term("Share", PercentOf("b.csv", Decimal("1.1")), codes),
        Term("Rest", PercentOfCharges(Decimal("0.45"))),
    )
    rates = tuple(Rate(code, drawn.amount() + 1) for code in ("29881", "29877", "27447", "99213", "20610"))
    schedules = {name: FeeSchedule(name, rates) for name in ("a.csv", "b.csv")}
    rules = Rules("line", (MultipleProcedures((Decimal(1), Decimal("0.5")), codes),), {"50": Decimal("1.5")})
    version = Version(ALWAYS, terms, rules, schedules, ())
    return Contract("plain", "Plain", Parties("Cedar Ridge", "Summit Health"), ALWAYS, (version,))


def test_claims_under_known_terms_are_never_priced_again(world: Any, priced_engine: Priced) -> None:
    """What stands in for pricing must do so: else every other test here compares pricing with itself."""
    drawn, contract = world(4), plain_contract(world)
    claims = [calm(claim, drawn) for claim in drawn.claims(200)]
    prepared = prepare(priced_engine([contract], claims), contract)

    for name in ("Stays", "Schedule", "Share", "Rest", "a.csv", "multiple_procedures"):
        kind, _, key = place_of(contract, name)
        change = (
            Change(kind, name, key, Decimal("0.9"), times=True)
            if kind != "rule"
            else Change(kind, name, "2", Decimal(40))
        )
        scenario = Scenario(name, (change,))
        full = sums(priced_engine([changed(contract, scenario)], claims), contract.id, EVERY_CLAIM)
        assert nonzero(prepared.totals(scenario)) == nonzero(full)

    assert prepared.all_claims.runs == 0
    left = prepared.strange.engine.arrow("select is_strange from scenario_claims")["is_strange"].to_pylist()
    assert sum(left) * 20 < len(left)
