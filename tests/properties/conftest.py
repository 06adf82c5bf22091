"""The generators of the pricing tests, and as many claims as the environment asks for.

``EVENHAND_CLAIMS=100000`` makes the long run; without it a short one is made.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Contract
from evenhand.pricing.oracle import OracleClaim, OracleLine

GENERATORS = Path(__file__).resolve().parents[1] / "pricing" / "conftest.py"
#: Claims of one batch: one run of the engine, under contracts of its own.
BATCH = 500
SHORT_RUN = 1_000


def _load() -> Any:
    name = "evenhand_pricing_generators"
    if name not in sys.modules:
        spec = spec_from_file_location(name, GENERATORS)
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@dataclass(frozen=True)
class Batch:
    """One seed's contracts and claims."""

    seed: int
    contracts: list[Contract]
    claims: list[OracleClaim]


@pytest.fixture
def generators() -> Any:
    """The module of the generators: ``World``, ``engine_answer`` and ``differences``."""
    return _load()


@pytest.fixture
def prices(generators: Any) -> Callable[..., Any]:
    """Price on the engine: rows by key."""
    found: Callable[..., Any] = generators.engine_answer
    return found


@pytest.fixture
def batches(generators: Any) -> Callable[[int], Iterator[Batch]]:
    """Batches of claims, each under other contracts, until the claims of a run are used up."""

    def made(first_seed: int) -> Iterator[Batch]:
        total = int(os.environ.get("EVENHAND_CLAIMS", SHORT_RUN))
        for number in range(-(-total // BATCH)):
            drawn = generators.World(first_seed + number)
            yield Batch(first_seed + number, drawn.contracts(), drawn.claims(BATCH))

    return made


@pytest.fixture
def one_contract(generators: Any) -> Callable[[int], Batch]:
    """One contract of one version that fits every claim; claims with ordinary charges and units."""

    def made(seed: int) -> Batch:
        drawn = generators.World(seed)
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
