"""Where DuckDB fails on its own plan of a step, the question is asked again with joins as they are written."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from tests.pricing.test_ranked_units import STEPS, TABLES

from evenhand.book import Book
from evenhand.engines import DuckDB, Step, read_steps
from evenhand.engines.duckdb import CAREFUL
from evenhand.errors import PlanError

#: Joins of what is itself joined: DuckDB 2.0.0 turns them around and fails (its issue 24807).
TURNED = """-- kept
select
    e.line_key,
    sum(e.entries) over (
        partition by e.claim_key, e.ranking_key, e.apart, e.ranked_day order by p.procedure_rank
        rows between unbounded preceding and current row
    ) as last_rank
from ranking_entries as e
inner join contract_unit_rankings as r on r.ranking_key = e.ranking_key
inner join ranked_entries as p on p.line_key = e.line_key
"""
#: A command whose first plan fails; asked again, it is as it was.
PROGRAM = """
import os, sys
import evenhand.engines.duckdb as engine
from evenhand.errors import PlanError
run = engine.DuckDB.run
def failing(self, steps):
    if not os.environ.get(engine.CAREFUL):
        raise PlanError("a step", engine.CAREFUL)
    run(self, steps)
engine.DuckDB.run = failing
from evenhand.cli import main
sys.argv = ["evenhand", *sys.argv[1:]]
main()
"""


def _ranked(engine: DuckDB) -> int:
    for name, rows in TABLES.items():
        engine.connection.execute(f"create table {name} as {rows}")
    steps = {step.name: step for step in read_steps(STEPS)}
    engine.run([steps["ranking_entries"], steps["ranked_entries"], Step("turned", TURNED, kept=True)])
    return int(engine.arrow("select * from turned").num_rows)


def test_joins_as_they_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB either answers, or fails in a way that is told; with joins as they are written it answers."""
    with suppress(PlanError):
        assert _ranked(DuckDB()) > 1
    monkeypatch.setenv(CAREFUL, "1")
    assert _ranked(DuckDB()) > 1


def test_the_command_asks_again(tmp_path: Path) -> None:
    """A person sees one sentence more, and the answer."""
    Book.create(tmp_path / "book")
    command = [sys.executable, "-c", PROGRAM, "payers", "--book", str(tmp_path / "book")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "DuckDB failed on a plan of its own; asking again, more slowly.\n")
