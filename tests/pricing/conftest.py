"""Worlds at random, and the engine's answer beside the oracle's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from tests.pricing.world.answers import Answer, differences, engine_answer, known
from tests.pricing.world.tables import service_tables
from tests.pricing.world.worlds import World

from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB
from evenhand.pricing import price
from evenhand.pricing.oracle import OracleClaim, price_claim


@pytest.fixture(autouse=True)
def all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is tested with all the threads it has for users."""
    monkeypatch.delenv("EVENHAND_THREADS", raising=False)


@pytest.fixture
def world() -> Callable[[int], World]:
    return World


@pytest.fixture
def engine_prices() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], Answer]:
    return engine_answer


@pytest.fixture
def disagreements() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], list[str]]:
    """Every difference between engine and oracle over some claims."""

    def find(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> list[str]:
        answer = engine_answer(contracts, claims)
        return [each for claim in known(claims) for each in differences(answer, price_claim(contracts, claim))]

    return find


@pytest.fixture
def priced_engine() -> Callable[[Sequence[Contract], Sequence[OracleClaim]], DuckDB]:
    """An engine that holds claims, priced under contracts."""

    def priced(contracts: Sequence[Contract], claims: Sequence[OracleClaim]) -> DuckDB:
        engine = DuckDB()
        for name, table in service_tables(claims).items():
            engine.put(name, table)
        price(engine, contracts)
        return engine

    return priced
