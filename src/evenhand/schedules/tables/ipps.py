"""Tables of the hospital inpatient prospective payment system (42 CFR 412), as published for a fiscal year."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from evenhand.schedules.tables.forms import AMOUNT, DAY, DRG, FLAG, whole
from evenhand.schedules.tables.kind import Column, Disagreement, Kind

#: DRGs that stand for claims that cannot be grouped, and weigh nothing.
_UNGROUPED = frozenset(("998", "999"))
_NAME = whole("a table's name", "tab1", r"(?:table |tab|tb|)([1-9][0-9]?)")


def _weigh(table: pa.Table) -> Iterator[Disagreement]:
    """Every DRG weighs something, its geometric mean stay is not above the arithmetic, special pay is post-acute."""
    for place, row in enumerate(table.to_pylist()):
        if row["drg"] not in _UNGROUPED and not row["weight"]:
            yield place, f"DRG {row['drg']} has no weight"
        if row["special_pay"] and not row["post_acute"]:
            yield place, f"DRG {row['drg']} has the special payment of transfers without being a transfer DRG"
        short, long = row["gmlos"], row["amlos"]
        if short is not None and long is not None and short > long:
            means = f"{short.normalize():f} is above the arithmetic one, {long.normalize():f}"
            yield place, f"DRG {row['drg']}: the geometric mean of its stays, {means}"


def _labor_leads(table: pa.Table) -> Iterator[Disagreement]:
    """Labour is the larger part of every amount."""
    for place, row in enumerate(table.to_pylist()):
        if None in (row["labor"], row["nonlabor"]):
            yield place, f"table {row['table']} lacks a part of its amount"
        elif row["labor"] <= row["nonlabor"]:
            yield place, f"table {row['table']}: labour {row['labor'].normalize():f} is not the larger part"


WEIGHTS = Kind(
    "ipps-drg",
    "weights and lengths of stay of MS-DRGs (Table 5)",
    (
        Column("drg", "(ms )?drg", DRG),
        Column("first_day", "effective date", DAY, needed=False),
        Column("weight", "weights?|relative weights?|weights 10 cap applied", AMOUNT),
        Column("gmlos", "gmlos|geometric mean los", AMOUNT),
        Column("amlos", "amlos|arithmetic mean los", AMOUNT),
        Column("post_acute", "post acute (transfer|drg)", FLAG),
        Column("special_pay", "special pay (transfer|drg)", FLAG),
    ),
    key=("drg",),
    fewest=500,
    lasts="fiscal year",
    check=_weigh,
    passed=("mdc", "type", "ms drg title", "weights before cap"),
)
RATES = Kind(
    "ipps-rates",
    "national standardised amounts by table",
    (
        Column("table", "table", _NAME),
        Column("quality", "quality reporting", FLAG, needed=False),
        Column("ehr_reduced", "ehr reduction", FLAG, needed=False),
        Column("wage_above_1", "wage index above 1", FLAG, needed=False),
        Column("labor", "labor", AMOUNT),
        Column("nonlabor", "nonlabor", AMOUNT),
    ),
    key=("table",),
    fewest=8,
    lasts="fiscal year",
    check=_labor_leads,
)
KINDS = (WEIGHTS, RATES)
