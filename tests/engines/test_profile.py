"""The portable profile: every step of the package keeps to it, and the lint sees each way of leaving it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from evenhand.engines.profile import departures, translations

PACKAGE = Path(str(files("evenhand")))
STEPS = sorted(file for file in PACKAGE.rglob("*.sql") if "steps" in file.relative_to(PACKAGE).parts)


def test_there_are_steps_to_look_at() -> None:
    assert {"pricing", "claims"} <= {step.relative_to(PACKAGE).parts[0] for step in STEPS}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.relative_to(PACKAGE).as_posix())
def test_step_is_portable(step: Path) -> None:
    sql = step.read_text(encoding="utf-8")
    assert departures(sql) == []
    assert all(translations(sql).values())


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("select cast(amount as double) from t", "float type: CAST(amount AS DOUBLE)"),
        ("select cast(amount as real) from t", "float type: CAST(amount AS REAL)"),
        ("select amount / 2 from t", "'/' divides: amount / 2"),
        ("select cents // 100 from t", "'//' divides: cents // 100"),
        ("select avg(amount) from t", "avg: AVG(amount)"),
        ("select least(fee, charge) from t", "operand may be null, use coalesce: LEAST(fee, charge)"),
        ("select greatest(0, charge) from t", "operand may be null, use coalesce: GREATEST(0, charge)"),
        (
            "select least(coalesce(fee, charge), 0) from t",
            "operand may be null, use coalesce: LEAST(COALESCE(fee, charge), 0)",
        ),
        ("select cast(fee_amount as integer) from t", "cast to a whole number: CAST(fee_amount AS INT)"),
        ("select cast(a * 0.5 as bigint) from t", "cast to a whole number: CAST(a * 0.5 AS BIGINT)"),
        (
            "select row_number() over (partition by claim_key order by fee desc) from t",
            "ranking does not end on a key: ROW_NUMBER() OVER (PARTITION BY claim_key ORDER BY fee DESC)",
        ),
        ("select row_number() over () from t", "ranking does not end on a key: ROW_NUMBER() OVER ()"),
        ("select any_value(code) from t", "value by chance of order: ANY_VALUE(code)"),
        ("select first(code) from t", "value by chance of order: FIRST(code)"),
        ("select array_agg(code) from t", "list or struct: ARRAY_AGG(code)"),
        ("select [1, 2] from t", "list or struct: [1, 2]"),
        ("select unnest(codes) from t", "list or struct: UNNEST(codes)"),
    ],
)
def test_departure_is_told(sql: str, told: str) -> None:
    assert told in departures(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "select least(coalesce(fee, 0), coalesce(charge, 0)) from t",
        "select row_number() over (partition by claim_key order by fee desc, line_key) from t",
        "select cast(round(rate * units, 2) as decimal(18, 2)) from t",
        "select cast(count(*) as integer), cast(null as bigint) from t",
        "select cast(sum(case when a then 1 else 0 end) as integer) from t",
        "select cast(extract(year from day) - 1 as integer) from t",
    ],
)
def test_portable_sql_passes(sql: str) -> None:
    assert departures(sql) == []


def test_translation_reaches_every_dialect() -> None:
    spoken = translations("select string_agg(code, ',' order by code) as codes from t where a is not distinct from b")
    assert spoken["spark"].startswith("SELECT LISTAGG(code, ',') WITHIN GROUP (ORDER BY code")
    assert set(spoken) == {"spark", "databricks", "snowflake", "trino", "postgres"}
