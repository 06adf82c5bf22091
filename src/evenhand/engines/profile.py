"""The portable profile: what a SQL step must not say, because engines mean different things by it.

============================  ==================================================================================
what is found                 why it is not portable
============================  ==================================================================================
float types                   sums of money drift by cents
``/`` and ``//``              decimals become doubles on one engine, keep their scale on another
``avg``                       a double on one engine
nullable ``least/greatest``   null is passed over on one engine, swallows the result on another
casts to whole numbers        halves round up on one engine, towards zero on another
rankings without a key last   ties fall differently on every engine, and on every run
``any_value``, ``first``…     the value depends on the order rows happen to come in
lists and structs             each engine has its own
============================  ==================================================================================

Needs SQLGlot (``evenhand[sql]``): nothing that prices reads this module.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp

#: Dialects every step must be translatable to as it is. BigQuery is not among them: it sorts nulls first and, inside
#: an aggregate, cannot be told otherwise (:mod:`evenhand.engines.translate` gets round that).
DIALECTS = ("spark", "databricks", "snowflake", "trino", "postgres")

_FLOATS = {exp.DataType.Type.FLOAT, exp.DataType.Type.DOUBLE}
_WHOLE = exp.DataType.INTEGER_TYPES
_RANKINGS = (exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.FirstValue, exp.LastValue)
_BY_CHANCE = (exp.AnyValue, exp.First, exp.Last, exp.ArgMax, exp.ArgMin)
_NESTED = (exp.ArrayAgg, exp.Array, exp.List, exp.Struct, exp.Unnest, exp.Explode)
#: Expressions whose value is a whole number already.
_COUNTED = (exp.Count, exp.Length, exp.DateDiff, exp.TsOrDsDiff, exp.Literal, exp.Null, exp.RowNumber, exp.Extract)
#: Columns that hold money or quantities are named after it; other columns that are cast hold counts.
_MEASURED = ("amount", "units", "quantity", "rate", "factor", "percent", "fee", "charge", "allowed", "paid", "weight")
#: What names one row: a key, or the number of a row in a table the plan itself puts in.
_KEYS = ("_key", "row_no")


def departures(sql: str, dialect: str = "duckdb") -> list[str]:
    """Where a statement leaves the portable profile, each in words; empty when it does not.

    >>> departures("select sum(amount) / 2 from lines")
    ["'/' divides: SUM(amount) / 2"]
    """
    tree = sqlglot.parse_one(sql, read=dialect)
    return sorted({told for node in tree.walk() for told in _told(node)})


def translations(sql: str) -> dict[str, str]:
    """The step in every dialect of :data:`DIALECTS`.

    Raises:
        sqlglot.errors.UnsupportedError: A dialect has no words for something the step says.
    """
    level = sqlglot.ErrorLevel.RAISE
    return {d: sqlglot.transpile(sql, read="duckdb", write=d, unsupported_level=level)[0] for d in DIALECTS}


def _told(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.DataType) and node.this in _FLOATS:
        yield f"float type: {_shown(node.parent or node)}"
    elif isinstance(node, exp.Div | exp.IntDiv):
        yield f"'{'/' if isinstance(node, exp.Div) else '//'}' divides: {_shown(node)}"
    elif isinstance(node, exp.Avg):
        yield f"avg: {_shown(node)}"
    elif isinstance(node, exp.Least | exp.Greatest) and not all(map(_never_null, _operands(node))):
        yield f"operand may be null, use coalesce: {_shown(node)}"
    elif isinstance(node, exp.Cast) and node.to.this in _WHOLE and not _is_whole(node.this):
        yield f"cast to a whole number: {_shown(node)}"
    elif isinstance(node, exp.Window) and isinstance(node.this, _RANKINGS) and not _ends_on_key(node):
        yield f"ranking does not end on a key: {_shown(node)}"
    elif isinstance(node, _BY_CHANCE):
        yield f"value by chance of order: {_shown(node)}"
    elif isinstance(node, _NESTED):
        yield f"list or struct: {_shown(node)}"


def _operands(node: exp.Least | exp.Greatest) -> list[exp.Expr]:
    return [node.this, *node.expressions]


def _never_null(node: exp.Expr) -> bool:
    if isinstance(node, exp.Paren | exp.Cast | exp.Neg):
        return _never_null(node.this)
    if isinstance(node, exp.Coalesce):
        return _never_null([node.this, *node.expressions][-1])
    return isinstance(node, exp.Literal)


def _is_whole(node: exp.Expr) -> bool:
    if isinstance(node, exp.Paren | exp.Neg):
        return _is_whole(node.this)
    if isinstance(node, exp.Column):
        return not any(word in node.name.lower() for word in _MEASURED)
    if isinstance(node, exp.Sum | exp.Window):
        return _is_whole(node.this)
    if isinstance(node, exp.Add | exp.Sub | exp.Coalesce):
        return all(map(_is_whole, [node.this, *node.expressions, *([node.expression] if node.expression else [])]))
    if isinstance(node, exp.Case):
        return all(
            _is_whole(each) for each in [*(i.args["true"] for i in node.args["ifs"]), node.args.get("default")] if each
        )
    return isinstance(node, _COUNTED)


def _ends_on_key(node: exp.Window) -> bool:
    order = node.args.get("order")
    if order is None or not order.expressions:
        return False
    last = order.expressions[-1].this
    return isinstance(last, exp.Column) and last.name.endswith(_KEYS)


def _shown(node: exp.Expr) -> str:
    text = node.sql(dialect="duckdb")
    return text if len(text) <= 100 else text[:99] + "…"
