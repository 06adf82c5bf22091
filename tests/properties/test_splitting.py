"""A claim split at a day boundary is allowed the same, unless a term counts days, cases or ranks, or looks at
other lines or the claim as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

SEEDS = range(810_000, 810_006)
KEYS = 10**10


def _by_day(claim: Any) -> Iterator[Any]:
    """A claim for each day of service, which says of the whole what the whole said."""
    days: dict[Any, list[Any]] = defaultdict(list)
    for line in claim.lines:
        days[line.service_date or claim.day].append(line)
    for number, lines in enumerate(days.values(), start=1):
        yield replace(
            claim,
            claim_key=claim.claim_key + number * KEYS,
            lines=tuple(lines),
            charge_amount=claim.total_charge,
        )


def _counts(claim: Any, answers: tuple[Any, Any]) -> bool:
    """Whether the answers show a rule that looks at more than one line of the claim."""
    keys = [line.line_key for line in claim.lines]
    rows = [answer.lines[key] for answer in answers for key in keys]
    adjusted = any(row["adjustment_amount"] is not None for row in rows) or any(
        key % KEYS == claim.claim_key for answer in answers for key in answer.adjustments
    )
    by_claim = any(row["per"] in ("case", "day") or row["lesser_of"] == "claim" for row in rows)
    return (
        adjusted or by_claim or any(row["procedure_rank"] is not None or row["reduction"] is not None for row in rows)
    )


def _alone(contract: Any) -> Any:
    """The contract without conditions on other lines of the claim: those see what a split takes away."""
    versions = []
    for version in contract.versions:
        rules = version.rules
        ranked, tiers = map(_by_themselves, (rules.multiple_procedures, rules.tiers))
        rules = replace(rules, multiple_procedures=ranked, tiers=tiers)
        versions.append(replace(version, terms=_by_themselves(version.terms), rules=rules))
    return replace(contract, versions=tuple(versions))


def _by_themselves(records: Any) -> Any:
    return tuple(replace(one, covers=replace(one.covers, with_line=None, without_line=None)) for one in records)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_split_claim(one_contract: Any, prices: Any, seed: int) -> None:
    batch = one_contract(seed)
    batch = replace(batch, contracts=list(map(_alone, batch.contracts)))
    parts = {claim.claim_key: list(_by_day(claim)) for claim in batch.claims}
    whole = prices(batch.contracts, batch.claims)
    split = prices(batch.contracts, [part for each in parts.values() for part in each])
    for claim in batch.claims:
        one = [whole.lines[line.line_key]["expected_amount"] for line in claim.lines]
        other = [split.lines[line.line_key]["expected_amount"] for line in claim.lines]
        if not _counts(claim, (whole, split)):
            assert one == other, f"seed {seed}, claim {claim.claim_key}"
            assert sum(filter(None, one), Decimal(0)) == sum(filter(None, other), Decimal(0))
