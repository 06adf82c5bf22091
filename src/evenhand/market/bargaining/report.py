"""Who bargains how well today, and what each change of the walk-away is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.errors import UsageError
from evenhand.market.bargaining.nash import Contracts, replacement_cap
from evenhand.market.bargaining.rates import Rates, contracts_of, in_network, with_outside
from evenhand.market.diversion import Diversion
from evenhand.market.keys import Floats
from evenhand.results import Result

#: The change of a walk-away that is valued, in dollars a patient; and of members leaving, as a share.
STEP, LEAVING_STEP = 100.0, 0.01

_TABLE = pa.schema(
    [
        ("system", pa.string()),
        ("plan", pa.string()),
        *(
            (name, pa.float64())
            for name in (
                "cases",
                "price",
                "low",
                "high",
                "weight",
                "weight_least",
                "weight_most",
                "hospital_step",
                "plan_step",
                "leaving_step",
                "cap",
                "forward",
            )
        ),
    ]
)


@dataclass(frozen=True, slots=True)
class Leaving:
    """The share of a system's patients who change plan rather than hospital when the two part.

    It cannot be read off discharges, and the answer leans on it: so it has a range, and the range is shown.
    """

    value: float = 0.10
    low: float = 0.02
    high: float = 0.25
    source: str = "no general figure: it hangs on employers and on when members may change plan"
    sure: str = "our judgement"

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.value <= self.high < 1:
            raise UsageError("the share who change plan needs 0 ≤ low ≤ value ≤ high < 1")

    @classmethod
    def given(cls, value: float) -> Leaving:
        """One value, given by the person who asks."""
        return cls(value, value, value, "given", "yours")


@dataclass(frozen=True, slots=True)
class Bargains:
    """Every contract as a bargain.

    ``contracts`` has a row each, prices in dollars a patient:

    - ``low``, ``high``: the least the system would take and the most the plan would pay, the other contracts as they
      are; ``price`` today.
    - ``weight``: the plan's bargaining weight that explains the price (the system has the rest), with
      ``weight_least`` and ``weight_most`` over the range of members leaving; null where no weight explains it.
    - ``hospital_step``, ``plan_step``: what the price moves when the system's, or the plan's, walk-away gets $100 a
      patient better; ``leaving_step``: when one more patient in a hundred would change plan.
    - ``cap``: the price at which the plan would rather take in the best system outside its network.
    - ``forward``: the price a stated weight gives, all contracts settling together.
    """

    contracts: Result
    rates: Rates
    leaving: Leaving
    weight: float | None = None


def bargains(
    rates: Rates, found: Diversion, *, leaving: Leaving | None = None, weight: float | None = None
) -> Bargains:
    """Read today's rates as bargains (Nash-in-Nash with the observed diversion).

    Args:
        rates: what plans pay systems.
        found: diversion with each whole system out.
        leaving: the share who change plan rather than hospital.
        weight: also the prices that this weight of the plans would give.

    Raises:
        UsageError: diversion is of single hospitals, or the weight is not from 0 to 1.
    """
    if found.out != "system":
        raise UsageError("bargains are of whole systems; ask for the diversion with out='system'")
    leaving = leaving or Leaving()
    inside, outside = in_network(rates)
    now = contracts_of(inside, found, leaving.value)
    low, high = now.limits(inside.price)
    implied = now.implied_weight(inside.price)
    ends = np.array(
        [contracts_of(inside, found, end).implied_weight(inside.price) for end in (leaving.low, leaving.high)]
    )
    columns = {
        "cases": inside.cases,
        "price": inside.price,
        "low": low,
        "high": high,
        "weight": implied,
        "weight_least": ends.min(axis=0),
        "weight_most": ends.max(axis=0),
        "hospital_step": _moved(with_outside(now, hospital=STEP), now, inside.price, implied),
        "plan_step": _moved(with_outside(now, plan=STEP), now, inside.price, implied),
        "leaving_step": _moved(
            contracts_of(inside, found, min(leaving.value + LEAVING_STEP, 1.0)), now, inside.price, implied
        ),
        "cap": _caps(inside, outside),
        "forward": np.full(len(inside), np.nan) if weight is None else now.negotiated(weight),
    }
    return Bargains(Result.of(_rows(inside, columns), _TABLE), rates, leaving, weight)


def _moved(then: Contracts, now: Contracts, prices: Floats, weight: Floats) -> Floats:
    """How far each price moves at its weight, the other contracts as they are."""
    before, after = now.limits(prices), then.limits(prices)
    return np.asarray(weight * (after[0] - before[0]) + (1 - weight) * (after[1] - before[1]))


def _caps(inside: Rates, outside: Rates) -> Floats:
    found = []
    for place, plan in enumerate(inside.plans):
        others = [
            (float(outside.revenue[n]), float(outside.cost[n])) for n, one in enumerate(outside.plans) if one == plan
        ]
        cap = replacement_cap(float(inside.revenue[place]), others)
        found.append(np.nan if cap is None else cap)
    return np.array(found)


def _rows(rates: Rates, columns: dict[str, Floats]) -> list[dict[str, Any]]:
    return [
        {"system": rates.systems[n], "plan": rates.plans[n]}
        | {name: float(column[n]) if np.isfinite(column[n]) else None for name, column in columns.items()}
        for n in range(len(rates))
    ]
