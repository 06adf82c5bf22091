"""The steps as other engines are given them, kept beside the tests: a change of meaning shows in review."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot

from evenhand.engines.profile import departures
from evenhand.pricing.written import stage_scripts

GOLDEN = Path(__file__).resolve().parent / "golden"
DIALECTS = ("spark", "postgres", "snowflake", "trino", "bigquery")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_translation_is_the_one_kept(dialect: str) -> None:
    kept = {file.stem: file.read_text(encoding="utf-8") for file in sorted((GOLDEN / dialect).glob("*.sql"))}
    stale = sorted(stage for stage, text in stage_scripts(dialect).items() if kept.pop(stage, None) != text)

    told = "pricing steps have changed; read what changed for other engines after: make golden"
    assert (stale, sorted(kept)) == ([], []), told


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_is_kept_can_be_read_and_is_exact(dialect: str) -> None:
    files = sorted((GOLDEN / dialect).glob("*.sql"))
    for file in files:
        statements = sqlglot.parse(file.read_text(encoding="utf-8"), read=dialect)
        for statement in statements:
            assert statement is not None
            assert isinstance(statement, sqlglot.exp.Create), f"{file.name}: {statement.sql()[:80]}"
            inexact = [
                each for each in departures(statement.sql(dialect), dialect) if "float" in each or "divides" in each
            ]
            assert inexact == [], file.name
    assert files
