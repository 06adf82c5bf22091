"""Spark gives the answers DuckDB gives, to the cent and in every column."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from evenhand.engines import DuckDB, Step
from evenhand.engines.spark import Spark, require_java
from evenhand.errors import EngineError
from evenhand.pricing import price


@pytest.mark.parametrize("seed", [1])
def test_generated_contracts_price_alike(spark: Spark, generation: ModuleType, seed: int) -> None:
    world = generation.World(seed)
    contracts, tables = world.contracts(), generation.service_tables(world.claims(200))
    answers = []
    for engine in (DuckDB(), spark):
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


def test_parquet_in_and_out(spark: Spark, tmp_path: Path) -> None:
    spark.put("charges", pa.table({"line_key": [1, 2], "code": ["99213", "0275"]}))

    spark.write("select code from charges where line_key > 1", str(tmp_path / "out"))
    spark.read("read_back", str(tmp_path / "out"))

    assert spark.arrow("select * from read_back").to_pylist() == [{"code": "0275"}]


def test_what_is_not_there_cannot_be_read(spark: Spark, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"Spark cannot read service_lines from .*/nowhere: \[PATH_NOT_FOUND\]"):
        spark.read("service_lines", str(tmp_path / "nowhere"))


def test_a_step_that_is_refused_is_named(spark: Spark) -> None:
    with pytest.raises(EngineError, match=r"Spark cannot run step 'wrong': \[UNRESOLVED_COLUMN"):
        spark.run([Step("wrong", "select nothing")])


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(EngineError, match="Spark needs Java 17 or newer, and there is none; install it"):
        require_java()


def test_an_old_java_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"1.8.0_392\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(EngineError, match=r"needs Java 17 or newer, and .*java is version 8;"):
        require_java()
