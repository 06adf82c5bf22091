"""A plan written out in the words of an engine: what a person reviews, and what runs where Evenhand does not."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.engines.protocol import Step, is_mark
from evenhand.engines.translate import in_dialect

#: What a view or table of one session is called where it is not simply ``temporary``.
_KINDS = {
    "bigquery": {True: "create or replace table", False: "create or replace view"},
    "databricks": {True: "create or replace table", False: "create or replace temporary view"},
    "snowflake": {True: "create or replace temporary table", False: "create or replace temporary view"},
    "spark": {True: "create or replace temporary view", False: "create or replace temporary view"},
    "trino": {True: "create or replace table", False: "create or replace view"},
}
_PLAIN = {True: "create temporary table", False: "create temporary view"}


def script(steps: Iterable[Step], dialect: str) -> str:
    """The steps as statements to run in this order, each after the comments of its step.

    Raises:
        EngineError: SQLGlot is not installed, or the dialect has no words for something a step says.
    """
    return "\n\n".join(_statement(step, dialect) for step in steps) + "\n"


def _statement(step: Step, dialect: str) -> str:
    comments = [line for line in step.sql.split("\n") if line.startswith("-- ") and not is_mark(line)]
    statement = in_dialect(_bare(step.sql), dialect)
    kind = _KINDS.get(dialect, _PLAIN)[step.kept]
    return "\n".join([*comments, f"{kind} {step.name} as", f"{statement};"])


def _bare(sql: str) -> str:
    """A step without its comments: they stand before the statement."""
    return "\n".join(line for line in sql.split("\n") if not line.lstrip().startswith("--"))
