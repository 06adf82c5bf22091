"""PostgreSQL gives the answers DuckDB gives, to the cent and in every column."""

from __future__ import annotations

import pyarrow as pa
import pytest

from evenhand.contracts import Contract
from evenhand.engines import Step
from evenhand.engines.postgres import Postgres
from evenhand.errors import EngineError
from evenhand.pricing.conformance import conformance, example_contracts


def test_examples_and_generated_contracts_price_alike(postgres: Postgres, generated: list[Contract]) -> None:
    found = conformance(postgres, [*example_contracts(), *generated], claims=120, seed=1)

    assert len(found) > 5
    assert all(each.lines for each in found)
    assert [each.differences for each in found if not each.equal] == []


def test_text_compares_by_bytes_whatever_the_database_says(postgres: Postgres) -> None:
    postgres.put("codes", pa.table({"code": ["a4550", "A4550", "B"]}))

    assert postgres.arrow("select max(code) as last from codes").to_pylist() == [{"last": "a4550"}]


def test_a_step_that_is_refused_is_named(postgres: Postgres) -> None:
    with pytest.raises(EngineError, match=r"PostgreSQL cannot run step 'wrong': column \"nothing\" does not exist"):
        postgres.run([Step("wrong", "select nothing")])


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(EngineError, match="PostgreSQL cannot be reached: "):
        Postgres("host=127.0.0.1 port=1 user=evenhand connect_timeout=2")
