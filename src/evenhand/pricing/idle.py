"""Steps that have nothing to do for the contracts at hand: not run, what is read of them is empty."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from evenhand.engines import Step, sources

#: Each step that may be idle → its columns and their types, as DuckDB gives them.
COLUMNS = "columns.json"


def without_idle(steps: Iterable[Step], empty: Iterable[str], wanted: Iterable[str]) -> Iterator[Step]:
    """The steps without those that can give no row: an empty table of the same columns where one is still read.

    Args:
        steps: Steps in order.
        empty: The tables that have no rows.
        wanted: Steps whose results are read afterwards.
    """
    each, idle = list(steps), set(empty)
    for step in each:
        if any(idle.issuperset(need.split(" or ")) for need in step.needs):
            idle.add(step.name)
    read = frozenset(wanted).union(*(sources(step.sql) for step in each if step.name not in idle))
    for step in each:
        if step.name not in idle:
            yield step
        elif step.name in read:
            yield replace(step, sql=_nothing(columns()[step.name]))


@cache
def columns() -> Mapping[str, Mapping[str, str]]:
    """The columns of every step that may be idle."""
    text = (files("evenhand.pricing") / "steps" / COLUMNS).read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


def _nothing(kinds: Mapping[str, str]) -> str:
    listed = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in kinds.items())
    return f"select {listed} where false"
