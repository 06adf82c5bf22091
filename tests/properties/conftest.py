"""The generators of the pricing tests, and as many claims as the environment asks for.

``EVENHAND_CLAIMS=100000`` makes the long run; without it a short one is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from tests.pricing.world.answers import Answer, engine_answer
from tests.pricing.world.worlds import World

from evenhand.contracts import Contract
from evenhand.pricing.oracle import OracleClaim, OracleLine

#: Claims of one batch: one run of the engine, under contracts of its own.
BATCH = 500
SHORT_RUN = 1_000


@dataclass(frozen=True)
class Batch:
    """One seed's contracts and claims."""

    seed: int
    contracts: list[Contract]
    claims: list[OracleClaim]


@pytest.fixture
def prices() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], Answer]:
    """Price on the engine: rows by key."""
    return engine_answer


@pytest.fixture
def batches() -> Callable[[int], Iterator[Batch]]:
    """Batches of claims, each under other contracts, until the claims of a run are used up."""

    def made(first_seed: int) -> Iterator[Batch]:
        total = int(os.environ.get("EVENHAND_CLAIMS", SHORT_RUN))
        for number in range(-(-total // BATCH)):
            drawn = World(first_seed + number)
            yield Batch(first_seed + number, drawn.contracts(), drawn.claims(BATCH))

    return made


@pytest.fixture
def one_contract() -> Callable[[int], Batch]:
    """One contract of one version that fits every claim; claims with ordinary charges and units."""

    def made(seed: int) -> Batch:
        drawn = World(seed)
        contract = drawn.contract(1)
        parties = replace(contract.parties, provider_tins=(), provider_npis=())
        version = replace(contract.versions[0], period=contract.period, products=())
        claims = [replace(claim, payer="Summit Health") for claim in drawn.claims(200)]
        ordinary = [replace(claim, lines=tuple(map(_ordinary, claim.lines))) for claim in claims]
        return Batch(seed, [replace(contract, parties=parties, versions=(version,))], ordinary)

    return made


def _ordinary(line: OracleLine) -> OracleLine:
    """A line without the odd charges and units of broken files."""
    charge, units = line.charge_amount, line.units
    return replace(
        line,
        charge_amount=Decimal(1000) if charge is None or not 0 <= charge < 10**6 else charge,
        units=Decimal(1) if not 0 < units < 1000 else units,
    )
