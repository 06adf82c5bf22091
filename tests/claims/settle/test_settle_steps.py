"""The steps stay in SQL that means the same on every engine, and the reasons table stays what it says it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from evenhand.claims.reasons import KINDS, read_reasons
from evenhand.claims.settle import steps
from evenhand.engines import Step
from evenhand.errors import ReadError

STEPS = {step.name: step for step in steps()}
FORBIDDEN = (exp.Div, exp.IntDiv, exp.Avg, exp.Least, exp.Greatest, exp.Qualify)
FLOATS = {exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT}


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_steps_keep_to_the_portable_profile(step: Step) -> None:
    tree = sqlglot.parse_one(step.sql, read="duckdb")
    assert list(tree.find_all(*FORBIDDEN)) == []
    assert [kind for kind in tree.find_all(exp.DataType) if kind.this in FLOATS] == []
    assert step.sql.count("\n") < 45
    for window in tree.find_all(exp.Window):
        order = window.args.get("order")
        if order is not None:
            last = order.expressions[-1].this
            assert last.name.endswith(("_key", "row_no")), f"{step.name}: ranking ends on {last.sql()}"


@pytest.mark.parametrize("dialect", ["spark", "snowflake", "trino", "bigquery", "postgres"])
def test_steps_translate(dialect: str) -> None:
    for step in STEPS.values():
        (text,) = sqlglot.transpile(step.sql, read="duckdb", write=dialect)
        sqlglot.parse_one(text, read=dialect)


def test_each_reason_has_one_meaning_for_each_group() -> None:
    rows = read_reasons().to_pylist()
    keys = [(row["reason_code"], row["group_code"]) for row in rows]
    assert len(keys) == len(set(keys)) > 250
    assert {row["kind"] for row in rows} == set(KINDS)
    assert {row["evidence"] for row in rows} == {"seen", "text"}


def test_corrections_come_first_and_keep_the_rest(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("payer,code,kind\nLakeside,104,price\n", encoding="utf-8")
    rows = read_reasons(mine).to_pylist()
    assert (rows[0]["payer"], rows[0]["kind"], rows[0]["standing_no"]) == ("Lakeside", "price", 0)
    assert len(rows) == len(read_reasons()) + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,knd\n1,price\n", "unknown columns: knd"),
        ("code\n1\n", "missing columns: kind"),
        ("code,kind\n,price\n", "no code"),
        ("code,kind\n45,discount\n", "'discount' is not a kind of adjustment; the kinds are price, payment"),
    ],
)
def test_a_bad_corrections_file_says_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(text, encoding="utf-8")
    with pytest.raises(ReadError, match=r"mine\.csv") as refusal:
        read_reasons(mine)
    assert message in str(refusal.value)


def test_a_missing_corrections_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.csv: cannot be read"):
        read_reasons(tmp_path / "none.csv")
