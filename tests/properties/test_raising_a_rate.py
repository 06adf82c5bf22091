"""A rate that rises never lowers what a claim is allowed, except where a rule of the contract says so.

The reason stands in the columns that explain the answer: another order of procedures, or an adjustment of
the claim as a whole (stop-loss, outlier, floor, cap) that is another than before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts import Contract, Term, Version
from evenhand.contracts.methods import Amount, Anesthesia, PercentOf, PercentOfCharges

ZERO, RISE = Decimal(0), Decimal("1.10")
SEEDS = range(710_000, 710_006)


def _raised(contract: Contract) -> Contract:
    """Every rate of the contract a tenth higher."""
    return replace(contract, versions=tuple(map(_version, contract.versions)))


def _version(version: Version) -> Version:
    schedules = {
        name: replace(table, rates=tuple(replace(rate, amount=rate.amount * RISE) for rate in table.rates))
        for name, table in version.schedules.items()
    }
    return replace(version, terms=tuple(map(_term, version.terms)), schedules=schedules)


def _term(term: Term) -> Term:
    match term.pay:
        case Amount(amount, extra_day=extra) if amount < 10**6:
            more = None if extra is None else extra * RISE
            return replace(term, pay=replace(term.pay, amount=amount * RISE, extra_day=more))
        case Anesthesia(conversion_factor=factor) if factor < 900:
            return replace(term, pay=replace(term.pay, conversion_factor=factor * RISE))
        case PercentOf(factor=share) | PercentOfCharges(factor=share):
            return replace(term, pay=replace(term.pay, factor=share * RISE))
    return term


def _reason(claim: Any, before: Any, after: Any) -> str:
    """Why a claim is allowed less; empty when nothing in the answer tells."""
    keys = [line.line_key for line in claim.lines]
    if before.adjustments.get(claim.claim_key, []) != after.adjustments.get(claim.claim_key, []):
        return "adjustment"
    if any(before.lines[key]["procedure_rank"] != after.lines[key]["procedure_rank"] for key in keys):
        return "rank"
    if any(before.lines[key]["outcome"] != after.lines[key]["outcome"] for key in keys):
        return "outcome"
    return ""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_drop_has_its_reason(one_contract: Any, prices: Any, seed: int) -> None:
    batch = one_contract(seed)
    before, after = prices(batch.contracts, batch.claims), prices(list(map(_raised, batch.contracts)), batch.claims)
    reasons: Counter[str] = Counter()
    unexplained = []
    for claim in batch.claims:
        was, now = (answer.claims[claim.claim_key]["expected_amount"] for answer in (before, after))
        if was is not None and now is not None and now < was:
            reason = _reason(claim, before, after)
            reasons[reason] += 1
            if not reason:
                unexplained.append(f"seed {seed}, claim {claim.claim_key}: {was} became {now}")
    assert unexplained == []
    assert set(reasons) <= {"adjustment", "rank", "outcome"}


@pytest.mark.parametrize("seed", SEEDS)
def test_without_such_rules_nothing_drops(one_contract: Any, prices: Any, seed: int) -> None:
    batch = one_contract(seed)
    plain = [_plain(contract) for contract in batch.contracts]
    before, after = prices(plain, batch.claims), prices(list(map(_raised, plain)), batch.claims)
    for claim in batch.claims:
        was, now = (answer.claims[claim.claim_key]["expected_amount"] for answer in (before, after))
        if _reason(claim, before, after) != "outcome":
            assert (now or 0) >= (was or 0), f"seed {seed}, claim {claim.claim_key}"


def _plain(contract: Contract) -> Contract:
    """Nothing that ranks, caps or replaces: rates, factors, escalators and the lesser of rate and charge."""
    versions = tuple(
        replace(each, rules=type(each.rules)(each.rules.lesser_of, (), each.rules.modifiers, each.rules.escalator))
        for each in contract.versions
    )
    return replace(contract, versions=versions)


@pytest.mark.parametrize("seed", SEEDS)
def test_line_by_line_is_the_least(one_contract: Any, prices: Any, seed: int) -> None:
    """Lesser-of by line ≤ lesser-of by claim ≤ no lesser-of, of what all lines are paid before adjustments."""
    batch = one_contract(seed)

    def totals(level: Any) -> dict[int, Decimal]:
        (contract,) = batch.contracts
        versions = tuple(
            replace(
                v,
                rules=replace(v.rules, lesser_of=level, stop_loss=(), limits=()),
                terms=tuple(replace(term, outlier=None) for term in v.terms),
            )
            for v in contract.versions
        )
        answer = prices([replace(contract, versions=versions)], batch.claims)
        return {
            claim.claim_key: sum((answer.lines[line.line_key]["expected_amount"] or ZERO for line in claim.lines), ZERO)
            for claim in batch.claims
        }

    by_line, by_claim, without = totals("line"), totals("claim"), totals(None)
    assert [key for key in by_line if not by_line[key] <= by_claim[key] <= without[key]] == []
