"""The steps in the words of other engines. SQLGlot knows the syntax; what differs in meaning is put right here.

==============  ====================================================================================================
engine          what is put right
==============  ====================================================================================================
BigQuery        nulls sort first and, inside an aggregate, cannot be told otherwise: whether a key is null becomes a
                key of its own
==============  ====================================================================================================

SQLGlot comes with the extras of the engines that need it (``evenhand[spark]``, ``evenhand[postgres]``), and alone with
``evenhand[sql]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from evenhand.engines.protocol import Step
from evenhand.errors import EngineError

if TYPE_CHECKING:
    from sqlglot import exp

#: Dialects the steps are translated to; the first three are also run in the tests.
DIALECTS = ("spark", "postgres", "duckdb", "snowflake", "trino", "bigquery", "databricks")


def translated(steps: Iterable[Step], dialect: str) -> list[Step]:
    """Steps in the words of a dialect of :data:`DIALECTS`.

    Raises:
        EngineError: SQLGlot is not installed, or the dialect has no words for something a step says.
    """
    return [replace(step, sql=in_dialect(step.sql, dialect)) for step in steps]


@cache
def in_dialect(sql: str, dialect: str) -> str:
    """One statement, written for DuckDB, in the words of a dialect, laid out to be read.

    Raises:
        EngineError: as for :func:`translated`.
    """
    try:
        import sqlglot
    except ImportError:
        raise EngineError(
            "SQLGlot, which translates the pricing steps, is not installed; install it with: "
            "pip install 'evenhand[spark]' (or 'evenhand[sql]' for the translation alone)"
        ) from None
    if dialect not in DIALECTS:
        raise EngineError(f"the steps are not translated to {dialect!r}; choose one of {', '.join(DIALECTS)}")
    tree = sqlglot.parse_one(sql, read="duckdb")
    if dialect == "bigquery":
        tree = _null_keys(tree)
    try:
        return tree.sql(dialect=dialect, pretty=True, unsupported_level=sqlglot.ErrorLevel.RAISE)
    except sqlglot.errors.UnsupportedError as problem:
        raise EngineError(f"{dialect} has no words for a step: {problem}") from problem


def _null_keys(tree: exp.Expr) -> exp.Expr:
    """Orders inside aggregates and windows with nulls last, said by a key of their own."""
    from sqlglot import exp

    for order in list(tree.find_all(exp.Order)):
        if isinstance(order.parent, exp.Window | exp.GroupConcat):
            keys = [key for ordered in order.expressions for key in _null_key(ordered)]
            order.set("expressions", keys)
    return tree


def _null_key(ordered: exp.Expr) -> list[exp.Expr]:
    from sqlglot import exp

    down, nulls_first = bool(ordered.args.get("desc")), bool(ordered.args.get("nulls_first"))
    if nulls_first != down:  # BigQuery's own order
        return [ordered]
    missing = ordered.this.copy().is_(exp.Null())
    return [
        exp.Ordered(this=missing, desc=nulls_first, nulls_first=not nulls_first),
        exp.Ordered(this=ordered.this.copy(), desc=down, nulls_first=not down),
    ]
