"""The same years from both chairs: the provider's revenue and margin, the plan's cost, premium and loss ratio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.worth.assumptions import is_given
from evenhand.negotiation.worth.costs import Costs
from evenhand.negotiation.worth.credibility import Numbers
from evenhand.negotiation.worth.dollars import Futures
from evenhand.negotiation.worth.years import OfferYear

_DOLLARS = pa.float64()
SIDES = pa.schema(
    [
        ("side", pa.string()),
        ("year", pa.string()),
        ("revenue", _DOLLARS),
        ("revenue_change", _DOLLARS),
        ("cost", _DOLLARS),
        ("margin", _DOLLARS),
        ("margin_share", _DOLLARS),
        ("margin_change", _DOLLARS),
        ("plan_cost", _DOLLARS),
        ("plan_change", _DOLLARS),
        ("plan_change_pmpm", _DOLLARS),
        ("premium_change", _DOLLARS),
        ("loss_ratio_points", _DOLLARS),
    ]
)
IN_ALL = "in all"


def both_sides(
    names: Sequence[str], years: Sequence[OfferYear], found: Futures, assumed: Assumptions, costs: Costs | None
) -> list[dict[str, Any]]:
    """A row for each side and year, and for all years together, undiscounted.

    Revenue is what the provider collects, as it is collected; the plan's cost is its part of what it allows. The
    provider's cost covers denied services too. What rests on something nobody gave is empty.
    """
    plan = found.central * assumed.value("paid_as_agreed") * (1 - assumed.value("patient_share"))
    cost = None if costs is None else _costs(years, found, assumed, costs)
    rows = []
    for side, name in enumerate(names):
        for at, year in _years(len(years)):
            mine = _summed(found.net, side, at)
            told = {"side": name, "year": year, "revenue": mine, "plan_cost": _summed(plan, side, at)}
            base = {"revenue": _summed(found.net, 0, at), "plan": _summed(plan, 0, at)}
            told |= _provider(told, base, None if cost is None else float(cost[at].sum()))
            rows.append(told | _plan(told, base, assumed, at.stop - at.start))
    return rows


def _years(count: int) -> Iterator[tuple[slice, str]]:
    yield from ((slice(at, at + 1), str(at + 1)) for at in range(count))
    yield slice(0, count), IN_ALL


def _summed(table: Numbers, side: int, at: slice) -> float:
    return float(table[side, at].sum())


def _costs(years: Sequence[OfferYear], found: Futures, assumed: Assumptions, costs: Costs) -> Numbers:
    """The cost of all services of each year, the denied ones too."""
    grown = np.array([(1 + assumed.value("cost_growth")) ** year.apart for year in years])
    volume = np.array([(1 + assumed.value("volume_growth")) ** year.apart for year in years])
    served = (found.weight * costs.by_line).sum(axis=1)
    total: Numbers = served * grown * volume / max(1 - found.denied_seen, 1e-9)
    return total


def _provider(told: dict[str, Any], base: dict[str, float], cost: float | None) -> dict[str, Any]:
    change = told["revenue"] - base["revenue"]
    if cost is None:
        return {"revenue_change": change}
    margin = told["revenue"] - cost
    share = margin / told["revenue"] if told["revenue"] else None
    return {"revenue_change": change, "cost": cost, "margin": margin, "margin_share": share, "margin_change": change}


def _plan(told: dict[str, Any], base: dict[str, float], assumed: Assumptions, years: int) -> dict[str, Any]:
    """The plan's change, a member month, and what premium or loss ratio feels of it."""
    change = told["plan_cost"] - base["plan"]
    found: dict[str, Any] = {"plan_change": change}
    if is_given(assumed, "members") and assumed.value("members") > 0:
        found["plan_change_pmpm"] = change / (assumed.value("members") * 12 * years)
        if is_given(assumed, "premium_pmpm") and assumed.value("premium_pmpm") > 0:
            found["loss_ratio_points"] = found["plan_change_pmpm"] / assumed.value("premium_pmpm")
        found["premium_change"] = found["plan_change_pmpm"] / assumed.value("loss_ratio_floor")
    return found
