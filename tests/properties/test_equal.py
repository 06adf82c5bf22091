"""The engine is the oracle, to the cent and in every column, over contracts that combine all terms there are.

The ordinary run is short; ``EVENHAND_CLAIMS=100000`` makes it long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.pricing.world.answers import differences, known

from evenhand.pricing.oracle import price_claim


def test_engine_and_oracle(batches: Callable[[int], Iterator[Any]], prices: Any) -> None:
    found: list[str] = []
    for batch in batches(500_000):
        answer = prices(batch.contracts, batch.claims)
        for claim in known(batch.claims):
            told = differences(answer, price_claim(batch.contracts, claim))
            found += [f"seed {batch.seed}: {each}" for each in told]
        assert found[:10] == []
