"""The sheet of alternatives: what the contract brings, what is left without it, by line of business and year.

Contracted margin − [volume kept out of network × its price × what is collected + refill − lost spill-over −
transition], each in its own column so that every figure can be followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from evenhand.negotiation.assumptions import GIVEN, Assumptions
from evenhand.negotiation.walking.stated import LineOfBusiness, retained_at
from evenhand.results import Result

#: From this year on less stays than at first.
LATER = 3
_MONEY_COLUMNS = ("contracted", "kept", "refilled", "spill_over", "transition", "alternative", "difference")
_TABLE = pa.schema(
    [
        ("line", pa.string()),
        ("year", pa.int64()),
        ("claims", pa.float64()),
        ("retained", pa.float64()),
        *((name, pa.float64()) for name in _MONEY_COLUMNS),
    ]
)


def batna_sheet(these: Assumptions, lines: Sequence[LineOfBusiness] = ()) -> Result:
    """Margins in dollars, a row for each line of business and year, then all lines together.

    Args:
        these: the assumptions; prices and cost of a line follow its own price, fixed costs its share of all dollars.
        lines: the lines of business; without any, the whole is one line.

    ``difference`` is the contracted margin less the alternative: what a year without the contract costs.
    """
    likely = {name: one.value for name, one in these.items()}
    whole = LineOfBusiness("All", likely["units"], likely["price"], 0.0)
    given = these["retained"].sure == GIVEN or not lines
    rows: list[dict[str, Any]] = []
    for year in range(1, int(likely["years"]) + 1):
        own = [_row(likely, line, year, fixed=given) for line in lines or (whole,)]
        rows += own if len(own) == 1 else [*own, _together(own, year)]
    return Result.of(sorted(rows, key=lambda row: (row["line"] == "All", row["line"], row["year"])), _TABLE)


def _row(likely: dict[str, float], line: LineOfBusiness, year: int, *, fixed: bool) -> dict[str, Any]:
    scale = line.price / likely["price"]
    weight = line.units * line.price / (likely["units"] * likely["price"])
    stays = likely["retained"] if fixed else retained_at(line.emergency)[1]
    stays *= likely["retained_later"] if year >= LATER else 1
    cost = likely["cost"] * scale
    kept = line.units * stays * (likely["oon_price"] * likely["oon_collected"] * scale - cost)
    gone = line.units * (1 - stays)
    refilled = gone * likely["refilled"] * (likely["refill_price"] * scale - cost)
    spill, moving = likely["spill_over"] * weight, likely["transition"] * weight * (year == 1)
    contracted, alternative = line.units * (line.price - cost), kept + refilled - spill - moving
    money = (contracted, kept, refilled, -spill, -moving, alternative, contracted - alternative)
    said = dict(zip(_MONEY_COLUMNS, money, strict=True))
    return {"line": line.name, "year": year, "claims": line.units, "retained": stays, **said}


def _together(rows: Sequence[dict[str, Any]], year: int) -> dict[str, Any]:
    claims = sum(row["claims"] for row in rows)
    stays = sum(row["claims"] * row["retained"] for row in rows) / claims
    sums = {name: sum(row[name] for row in rows) for name in _MONEY_COLUMNS}
    return {"line": "All", "year": year, "claims": claims, "retained": stays, **sums}
