"""PostgreSQL gives the answers DuckDB gives, to the cent and in every column."""

from __future__ import annotations

from types import ModuleType

import pyarrow as pa
import pytest

from evenhand.engines import DuckDB, Step
from evenhand.engines.postgres import Postgres
from evenhand.errors import EngineError
from evenhand.pricing import price


@pytest.mark.parametrize("seed", range(6))
def test_generated_contracts_price_alike(postgres: Postgres, generation: ModuleType, seed: int) -> None:
    world = generation.World(seed)
    contracts, tables = world.contracts(), generation.service_tables(world.claims(150))
    answers = []
    for engine in (DuckDB(), postgres):
        for name, table in tables.items():
            engine.put(name, table)
        price(engine, contracts)
        answers.append(
            {view: _rows(engine.arrow(f"select * from {view}")) for view in ("priced_lines", "priced_claims")}
        )

    assert answers[0]["priced_lines"]
    assert answers[1] == answers[0]


def _rows(table: pa.Table) -> list[list[tuple[str, object]]]:
    return sorted((list(row.items()) for row in table.to_pylist()), key=lambda row: row[0])


def test_text_compares_by_bytes_whatever_the_database_says(postgres: Postgres) -> None:
    postgres.put("codes", pa.table({"code": ["a4550", "A4550", "B"]}))

    assert postgres.arrow("select max(code) as last from codes").to_pylist() == [{"last": "a4550"}]


def test_a_step_that_is_refused_is_named(postgres: Postgres) -> None:
    with pytest.raises(EngineError, match=r"PostgreSQL cannot run step 'wrong': column \"nothing\" does not exist"):
        postgres.run([Step("wrong", "select nothing")])


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(EngineError, match="PostgreSQL cannot be reached: "):
        Postgres("host=127.0.0.1 port=1 user=evenhand connect_timeout=2")
