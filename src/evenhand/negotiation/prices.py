"""The same claims priced under several contracts, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB, Engine
from evenhand.pricing import price


@cache
def query(name: str) -> str:
    """The text of one of this room's queries."""
    return (files("evenhand.negotiation") / "queries" / f"{name}.sql").read_text(encoding="utf-8").strip()


def ask(engine: Engine, name: str) -> list[dict[str, Any]]:
    """The rows of one of this room's queries."""
    rows: list[dict[str, Any]] = engine.arrow(query(name)).to_pylist()
    return rows


def price_sides(tables: Mapping[str, pa.Table], sides: Mapping[str, Contract]) -> DuckDB:
    """An engine with `NAME_lines` and `NAME_claims` for each side: the same claims under each contract."""
    local = DuckDB()
    for name, table in tables.items():
        local.put(name, table)
    for side, contract in sides.items():
        price(local, [contract])
        for kind in ("lines", "claims"):
            local.put(f"{side}_{kind}", local.arrow(f"select * from priced_{kind}"))
    return local
