"""Pricing again what was priced before gives what pricing anew gives, and runs only the steps a change touches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from evenhand.contracts.stoploss import StopLoss, StopLossPay, Trigger
from evenhand.engines import DuckDB
from evenhand.pricing import Repricing, price
from evenhand.pricing.plan import PRICED

Priced = Callable[..., DuckDB]
World = Callable[[int], Any]
TABLES = ("service_claims", "service_lines", "diagnoses")


def _answers(engine: Any) -> list[Any]:
    return [engine.connection.execute(f"select * from {name} order by all").fetchall() for name in PRICED]


def _held(engine: DuckDB) -> DuckDB:
    """The same claims in another engine, not priced."""
    other = DuckDB()
    for name in TABLES:
        other.put(name, engine.arrow(f"select * from {name}"))
    return other


@pytest.mark.parametrize("number", range(2))
def test_contracts_one_after_another(world: World, priced_engine: Priced, number: int) -> None:
    drawn = world(40 + number)
    contracts = [[drawn.contract(1)], drawn.contracts(), [drawn.contract(1), drawn.contract(2)]]
    fresh = priced_engine(contracts[0], drawn.claims(300))
    again = Repricing(_held(fresh))
    for each in (*contracts, contracts[0]):
        price(fresh, each)
        again.under(each)
        assert _answers(again.engine) == _answers(fresh)


def test_a_threshold_that_moves_runs_a_few_steps(world: World, priced_engine: Priced) -> None:
    """Which claims a stop-loss reaches is looked at again; contracts, services, terms and fees are not."""
    drawn = world(60)
    contract = drawn.contract(1)

    def at(threshold: int) -> Any:
        charges = Trigger(charges_over=Decimal(threshold))
        rule = StopLoss("Stop-loss", (charges,), StopLossPay(Decimal("0.6")), "instead")
        versions = (replace(each, rules=replace(each.rules, stop_loss=(rule,))) for each in contract.versions)
        return [replace(contract, versions=tuple(versions))]

    fresh = priced_engine(at(1000), [replace(claim, payer="Summit Health") for claim in drawn.claims(300)])
    again = Repricing(_held(fresh))
    again.under(at(1000))
    before, every = _answers(fresh), again.steps_run
    price(fresh, at(4000))
    again.under(at(4000))
    assert _answers(again.engine) == _answers(fresh) != before
    assert 0 < again.steps_run < every // 2


def test_the_same_contract_again_runs_nothing(world: World, priced_engine: Priced) -> None:
    drawn = world(50)
    contracts = drawn.contracts()
    engine = priced_engine(contracts, drawn.claims(50))
    again = Repricing(engine)
    again.under(contracts)
    assert again.steps_run > 30
    before = _answers(engine)
    again.under(contracts)
    assert again.steps_run == 0
    assert _answers(engine) == before


def test_after_a_failure_pricing_begins_anew(world: World, priced_engine: Priced) -> None:
    drawn = world(51)
    contract, other = drawn.contract(1), drawn.contract(1)
    fresh = priced_engine([contract], drawn.claims(100))
    again = Repricing(_held(fresh))
    again.under([contract])
    again.engine.connection.execute("alter table service_lines rename to hidden")  # type: ignore[attr-defined]
    with pytest.raises(duckdb.Error):
        again.under([other])
    again.engine.connection.execute("alter table hidden rename to service_lines")  # type: ignore[attr-defined]
    again.under([contract])
    assert _answers(again.engine) == _answers(fresh)
