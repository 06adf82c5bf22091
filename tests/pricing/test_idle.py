"""Steps a contract does not ask for are not run, and what is read of them is empty, as it would have been."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from evenhand.contracts import Contract
from evenhand.engines import DuckDB, Step
from evenhand.pricing import plan
from evenhand.pricing.conformance import example_contracts
from evenhand.pricing.conformance.columns import columns_of_steps
from evenhand.pricing.conformance.draw import drawn_claims
from evenhand.pricing.conformance.suite import service_tables
from evenhand.pricing.idle import columns, without_idle


def test_the_columns_written_down_are_those_of_the_steps() -> None:
    assert columns() == columns_of_steps(), "pricing steps have changed: make golden"


@pytest.mark.parametrize("contract", example_contracts(), ids=lambda contract: contract.id)
def test_what_is_left_out_would_have_had_no_rows(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    left_out: list[str] = []

    def all_steps(steps: Iterable[Step], empty: Iterable[str], wanted: Iterable[str]) -> Iterator[Step]:
        each = list(steps)
        run = {step.name for step in without_idle(each, empty, wanted) if not step.sql.endswith("where false")}
        left_out.extend(step.name for step in each if step.name not in run)
        yield from each

    monkeypatch.setattr(plan, "without_idle", all_steps)
    engine = DuckDB()
    for name, table in service_tables(list(drawn_claims(contract, 60, seed=3))).items():
        engine.put(name, table)
    plan.price(engine, [contract])

    rows = {name: engine.connection.execute(f"select count(*) from {name}").fetchall() for name in left_out}
    assert left_out
    assert {name: count for name, count in rows.items() if count != [(0,)]} == {}


def test_a_step_left_out_is_declared_only_where_it_is_read() -> None:
    steps = [
        Step("drg_rates", "select 1 from matches", kept=True, needs=("contract_claim_terms",)),
        Step("claim_terms", "select claim_key from drg_rates", kept=True, needs=("contract_claim_terms or drg_rates",)),
        Step("prices", "select * from line_fees left join claim_terms using (claim_key)"),
    ]
    run = list(without_idle(steps, {"contract_claim_terms"}, ()))
    assert [step.name for step in run] == ["claim_terms", "prices"]
    assert run[0].sql == "select cast(null as bigint) as claim_key, cast(null as bigint) as term_key where false"
    assert list(without_idle(steps, (), ())) == steps
