"""A pricing in a few rows: what each contract prices, and what stays without a price and why."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pyarrow as pa

from evenhand.engines import DuckDB, Engine, Step
from evenhand.errors import SelectionError
from evenhand.pricing.explain import UNPRICED
from evenhand.results import Result

#: The lines of one question: those of a payer, or all.
ASKED = "priced_lines_asked"


def ask_for(engine: DuckDB, payer: str | None) -> None:
    """Narrow :data:`ASKED` to the lines of payers whose name holds ``payer`` (in any case), or to all.

    Raises:
        SelectionError: No payer answers to the name.
    """
    text = (files("evenhand.pricing") / "queries" / "asked.sql").read_text(encoding="utf-8")
    wanted = (payer or "").strip().lower().replace("'", "''")
    text = text.replace("$payer", f"'{wanted}'")
    engine.connection.execute(f"create or replace temp view {ASKED} as {text}")
    if payer is not None and engine.arrow(f"select 1 from {ASKED} limit 1").num_rows == 0:
        rows = engine.arrow("select distinct payer from service_claims where payer is not null order by payer")
        known = ", ".join(row["payer"] for row in rows.to_pylist()) or "none"
        raise SelectionError(f"no claim goes to a payer named '{payer}'; payers in the book: {known}")


def ask_for_all(engine: Engine) -> None:
    """Let :data:`ASKED` be all priced lines, on any engine."""
    engine.run([Step(ASKED, _query("asked").replace("$payer", "''"))])


def by_contract(engine: Engine) -> Result:
    """Claims, lines, charges and expected dollars for each contract and outcome."""
    return Result(engine.arrow(_query("by_contract")))


def without_price(engine: Engine) -> Result:
    """Claims, lines and charges that have no price, by reason."""
    table = engine.arrow(_query("without_price"))
    reasons = [UNPRICED.get(outcome, outcome) for outcome in table["outcome"].to_pylist()]
    return Result(table.append_column("reason", [reasons]))


def _query(name: str) -> str:
    return (files("evenhand.pricing") / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def write_lines(engine: DuckDB, out: Path) -> None:
    """Write the lines asked about to a Parquet or CSV file.

    In CSV, text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    target = str(out).replace("'", "''")
    if out.suffix == ".parquet":
        engine.connection.execute(
            f"copy (select * from {ASKED} order by claim_key, line_key) to '{target}' (format parquet)"
        )
        return
    schema = engine.arrow(f"select * from {ASKED} limit 0").schema
    columns = ", ".join(_guarded(field.name) if pa.types.is_string(field.type) else field.name for field in schema)
    engine.connection.execute(
        f"copy (select {columns} from {ASKED} order by claim_key, line_key) to '{target}' (format csv, header)"
    )


def _guarded(name: str) -> str:
    return f"case when left({name}, 1) in ('=', '+', '-', '@') then '''' || {name} else {name} end as {name}"
