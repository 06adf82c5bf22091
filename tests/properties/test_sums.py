"""What stays the same: totals, charges, and the answer itself however often and in whatever order it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.pricing.world.worlds import World

from evenhand.pricing.explain import UNPRICED

ZERO = Decimal(0)
PRICED = ("priced", "included", "excluded", "capitated")
SEEDS = range(610_000, 610_003)


def test_terms_and_adjustments_sum_to_the_claim(batches: Callable[[int], Iterator[Any]], prices: Any) -> None:
    for batch in batches(600_000):
        answer = prices(batch.contracts, batch.claims)
        sums: dict[int, Decimal] = {}
        for row in answer.lines.values():
            if row["expected_amount"] is not None:
                alone = row["expected_amount"] - (row["adjustment_amount"] or ZERO)
                sums[row["claim_key"]] = sums.get(row["claim_key"], ZERO) + alone
        for key, rows in answer.adjustments.items():
            sums[key] = sums.get(key, ZERO) + sum((row["amount"] or ZERO for row in rows), ZERO)
        expected = {key: row["expected_amount"] for key, row in answer.claims.items()}
        assert {key: sums.get(key) for key in expected} == expected, f"seed {batch.seed}"


def test_charges_are_conserved(batches: Callable[[int], Iterator[Any]], prices: Any) -> None:
    """Priced, included, excluded, capitated and unpriced lines are all lines there are, each once."""
    for batch in batches(620_000):
        answer = prices(batch.contracts, batch.claims)
        for claim in batch.claims:
            rows = {line.line_key: answer.lines[line.line_key]["outcome"] for line in claim.lines}
            assert set(rows.values()) <= {*PRICED, *UNPRICED}, f"seed {batch.seed}"
            _no_charge_is_counted_twice(claim, answer, f"seed {batch.seed}, claim {claim.claim_key}")


def _no_charge_is_counted_twice(claim: Any, answer: Any, where: str) -> None:
    """A share of the claim's charges is of those of the lines it includes, and of no carve-out's."""
    rows = [(line, answer.lines[line.line_key]) for line in claim.lines]
    whole = [row for _, row in rows if row["per"] == "case" and row["method"] == "percent_of_charges"]
    head = next((row for row in whole if row["outcome"] == "priced"), None)
    if head is None:
        return
    inside = [line.charge_amount for line, row in rows if row["per"] == "case" and row["term"] == head["term"]]
    apart = [line.charge_amount or ZERO for line, row in rows if row["term"] != head["term"]]
    billed = sum((line.charge_amount or ZERO for line, _ in rows), ZERO)
    assert head["basis_amount"] == sum(inside, ZERO), where
    assert head["basis_amount"] + sum(apart, ZERO) == billed, where


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_claims_and_lines_does_not_matter(prices: Any, seed: int) -> None:
    drawn = World(seed)
    contracts, claims = drawn.contracts(), drawn.claims(250)
    shuffled = [replace(claim, lines=claim.lines[::-1]) for claim in drawn.random.sample(claims, len(claims))]
    assert prices(contracts, claims) == prices(contracts, shuffled)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_contracts_does_not_change_a_price(prices: Any, seed: int) -> None:
    drawn = World(seed)
    contracts, claims = [drawn.contract(number) for number in (1, 2, 3)], drawn.claims(250)
    first, second = prices(contracts, claims), prices(contracts[::-1], claims)
    assert first.lines == second.lines


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_claim_twice_is_the_same_cents(one_contract: Any, prices: Any, seed: int) -> None:
    """Asked again, and billed again under other keys beside the first."""
    batch = one_contract(seed)
    again = [_copy(claim) for claim in batch.claims]
    once, both = prices(batch.contracts, batch.claims), prices(batch.contracts, [*batch.claims, *again])
    assert once == prices(batch.contracts, batch.claims)
    amounts = {key: row["expected_amount"] for key, row in both.claims.items()}
    assert {key: amounts[key] for key in once.claims} == {k: r["expected_amount"] for k, r in once.claims.items()}
    assert all(
        amounts[copy.claim_key] == amounts[claim.claim_key] for claim, copy in zip(batch.claims, again, strict=True)
    )


def _copy(claim: Any) -> Any:
    lines = tuple(replace(line, line_key=line.line_key + 10**10) for line in claim.lines)
    return replace(claim, claim_key=claim.claim_key + 10**10, lines=lines)
