"""DuckDB as an engine: tables in, steps, Arrow out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from evenhand.engines import DuckDB, Step, read_steps


def test_steps_run_in_order_and_see_each_other() -> None:
    engine = DuckDB()
    engine.put("lines", pa.table({"line_key": [1, 2, 3], "charge": [10, 20, 30]}))
    engine.run(
        [Step("dear", "select * from lines where charge > 10"), Step("n", "select count(*) as n from dear", True)]
    )
    assert engine.arrow("select n from n").to_pylist() == [{"n": 2}]


def test_a_kept_step_stands_when_its_source_changes_and_a_view_does_not() -> None:
    engine = DuckDB()
    engine.put("lines", pa.table({"charge": [1]}))
    engine.run(
        [Step("kept", "select sum(charge) as s from lines", True), Step("seen", "select sum(charge) as s from lines")]
    )
    engine.put("lines", pa.table({"charge": [1, 1]}))
    assert engine.arrow("select k.s as kept, v.s as seen from kept as k cross join seen as v").to_pylist() == [
        {"kept": 1, "seen": 2}
    ]


def test_steps_run_again_replace_themselves() -> None:
    engine = DuckDB()
    for value in (1, 2):
        engine.run([Step("a", f"select {value} as v", True), Step("b", "select v from a")])
    assert engine.arrow("select v from b").to_pylist() == [{"v": 2}]


def test_a_given_connection_is_used() -> None:
    connection = duckdb.connect()
    DuckDB(connection).put("t", pa.table({"a": ["x"]}))
    assert connection.execute("select a from t").fetchall() == [("x",)]


def test_steps_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "02_second_step.sql").write_text("select 2;\n")
    (tmp_path / "01_first.sql").write_text("-- kept\n-- why\nselect 1\n")
    (tmp_path / "notes.txt").write_text("not a step")
    assert read_steps(tmp_path) == [
        Step("first", "-- kept\n-- why\nselect 1", kept=True),
        Step("second_step", "select 2", kept=False),
    ]
