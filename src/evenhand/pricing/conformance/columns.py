"""The columns of steps that may be idle, worked out by running every step over nothing at all.

``python -m evenhand.pricing.conformance.columns FILE`` writes them down.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from evenhand.claims.grouping import GROUPS
from evenhand.engines import DuckDB
from evenhand.pricing.conformance.suite import service_tables
from evenhand.pricing.plan import NO_DAYS, days_table, pricing_steps
from evenhand.pricing.tables import term_tables


def columns_of_steps() -> dict[str, dict[str, str]]:
    """Each step that needs something → its columns and their types."""
    engine = DuckDB()
    tables = [*service_tables(()).items(), *term_tables((), NO_DAYS[1])]
    for name, table in [*tables, ("claim_drgs", GROUPS.empty_table()), ("days_to_price", days_table(*NO_DAYS))]:
        engine.put(name, table)
    engine.run(pricing_steps())
    return {step.name: _columns(engine, step.name) for step in pricing_steps() if step.needs}


def _columns(engine: DuckDB, name: str) -> dict[str, str]:
    found = engine.connection.execute(f'describe "{name}"').fetchall()
    return {column: kind.lower() for column, kind, *_ in found}


def written(columns: dict[str, dict[str, str]]) -> str:
    """The columns as JSON, a line for each step."""
    return "{\n" + ",\n".join(f'  "{name}": {json.dumps(each)}' for name, each in columns.items()) + "\n}\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(written(columns_of_steps()), encoding="utf-8")
