"""The engine agrees with the plain reading, to the cent and in every column both give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

Maker = Callable[[int], Any]
SEEDS = st.integers(min_value=0, max_value=2**32)
#: One example is one engine run over many claims: seconds, not milliseconds.
BATCHES = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEWER = settings(BATCHES, max_examples=3)


@seed(2)
@BATCHES
@given(SEEDS)
def test_every_column_of_every_claim(world: Maker, disagreements: Callable[..., list[str]], number: int) -> None:
    drawn = world(number)
    contracts = drawn.contracts()
    assert disagreements(contracts, drawn.claims(600)) == []


@pytest.mark.parametrize("version", ["line", "claim"])
def test_one_contract_that_fits_every_claim(
    world: Maker, disagreements: Callable[..., list[str]], version: str
) -> None:
    """Claims that all find the contract, so that its terms and not its parties do the work."""
    found = []
    for number in range(4):
        drawn = world(7_000 + number)
        contract = drawn.contract(1)
        parties = replace(contract.parties, provider_tins=(), provider_npis=())
        versions = tuple(
            replace(each, products=(), rules=replace(each.rules, lesser_of=version)) for each in contract.versions
        )
        claims = [replace(claim, payer="Summit Health") for claim in drawn.claims(250)]
        found += disagreements([replace(contract, parties=parties, versions=versions)], claims)
    assert found == []


@seed(2)
@FEWER
@given(SEEDS)
def test_lesser_of_by_line_never_exceeds_lesser_of_by_claim(world: Maker, engine_prices: Any, number: int) -> None:
    drawn = world(number)
    contract = drawn.contract(1)
    claims = [replace(claim, payer="Summit Health") for claim in drawn.claims(200)]

    def totals(level: str | None) -> dict[int, Decimal]:
        # a stop-loss may pay less than the rates it replaces, a floor or an outlier more than charges
        alone = {"lesser_of": level, "stop_loss": (), "limits": ()}
        versions = tuple(
            replace(v, rules=replace(v.rules, **alone), terms=tuple(replace(each, outlier=None) for each in v.terms))
            for v in contract.versions
        )
        answer = engine_prices([replace(contract, versions=versions)], claims)
        limited = {"priced", "included", "excluded", "capitated"}
        whole = {key: set() for key in answer.claims}  # type: dict[int, set[str]]
        for line in answer.lines.values():
            whole[line["claim_key"]].add(line["outcome"])
        return {k: row["expected_amount"] for k, row in answer.claims.items() if whole[k] and whole[k] <= limited}

    by_line, by_claim, without = totals("line"), totals("claim"), totals(None)
    assert by_line.keys() == by_claim.keys()
    assert all(by_line[key] <= by_claim[key] <= without[key] for key in by_line)


@seed(2)
@FEWER
@given(SEEDS)
def test_the_order_of_rows_does_not_matter(world: Maker, engine_prices: Any, number: int) -> None:
    drawn = world(number)
    contracts, claims = drawn.contracts(), drawn.claims(200)
    shuffled = [replace(claim, lines=claim.lines[::-1]) for claim in drawn.random.sample(claims, len(claims))]
    assert engine_prices(contracts, claims) == engine_prices(contracts, shuffled)


@seed(2)
@FEWER
@given(SEEDS)
def test_lines_sum_to_their_claim(world: Maker, engine_prices: Any, number: int) -> None:
    drawn = world(number)
    answer = engine_prices(drawn.contracts(), drawn.claims(300))
    sums: dict[int, Decimal] = {}
    for line in answer.lines.values():
        if line["expected_amount"] is not None:
            sums[line["claim_key"]] = sums.get(line["claim_key"], Decimal(0)) + line["expected_amount"]
    assert sums == {k: row["expected_amount"] for k, row in answer.claims.items() if row["expected_amount"] is not None}
