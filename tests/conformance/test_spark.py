"""Spark gives the answers DuckDB gives, to the cent and in every column."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from evenhand.contracts import Contract
from evenhand.engines import Step
from evenhand.engines.spark import Spark, require_java
from evenhand.errors import EngineError
from evenhand.pricing.conformance import conformance, example_contracts


def test_examples_and_generated_contracts_price_alike(spark: Spark, generated: list[Contract]) -> None:
    found = conformance(spark, [*example_contracts(), *generated[::3]], claims=50, seed=1)

    assert len(found) > 5
    assert all(each.lines for each in found)
    assert [each.differences for each in found if not each.equal] == []


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
