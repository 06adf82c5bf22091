"""How sure the walk-away is: many draws of all assumptions, and each assumption by itself from low to high."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.walking.formulas import Values, values
from evenhand.results import Result

DRAWS, SEED = 200_000, 20_260_101
#: What a figure is called, and what it counts.
FIGURES = {
    "ours_min": ("Provider's walk-away price", "dollars a claim"),
    "theirs_max": ("Payer's walk-away price", "dollars a claim"),
    "zone": ("Zone of agreement", "dollars a claim"),
    "leverage": ("Leverage: share of the zone above today's price", "share"),
    "without": ("Provider's margin a year without a contract", "dollars"),
    "margin": ("Provider's margin a year today", "dollars"),
    "burn": ("Burn a month", "dollars"),
    "gain": ("Gain fought for, whole term", "dollars"),
    "break_even_months": ("Months to break even", "months"),
    "break_even_retention": ("Retention that breaks even", "share"),
    "runway_months": ("Months of cash", "months"),
}
_SPREAD = pa.schema(
    [
        ("figure", pa.string()),
        ("what", pa.string()),
        ("unit", pa.string()),
        ("likely", pa.float64()),
        ("p10", pa.float64()),
        ("p50", pa.float64()),
        ("p90", pa.float64()),
        ("without_figure", pa.float64()),
    ]
)
_TORNADO = pa.schema(
    [
        ("name", pa.string()),
        ("meaning", pa.string()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("at_low", pa.float64()),
        ("at_high", pa.float64()),
        ("swing", pa.float64()),
        ("sure", pa.string()),
    ]
)


def drawn_values(these: Assumptions, *, draws: int = DRAWS, seed: int = SEED) -> Values:
    """Every figure for each of so many draws; the same seed gives the same draws."""
    return values(these.drawn(np.random.default_rng(seed), draws))


def zone_exists(draws: Values) -> float:
    """The share of draws in which there is a price both sides gain from."""
    return float(np.mean(np.asarray(draws.zone) > 0))


def spread(likely: Values, draws: Values) -> Result:
    """Each figure at the likely values and at the tenth, fiftieth and ninetieth of a hundred draws.

    ``without_figure`` is the share of draws in which there is none: no zone, no burn. The percentiles are those of the
    others.
    """
    rows = []
    for name in (one.name for one in fields(Values)):
        all_ = np.broadcast_to(np.asarray(getattr(draws, name), dtype=np.float64), np.shape(draws.zone))
        kept = _meant(name, all_, np.asarray(draws.zone))
        points = np.percentile(kept, [10, 50, 90]) if kept.size else [None] * 3
        what, unit = FIGURES[name]
        share = 1 - kept.size / all_.size
        at = float(getattr(likely, name))
        rows.append(
            {"figure": name, "what": what, "unit": unit, "likely": at if np.isfinite(at) else None}
            | {
                key: None if point is None else float(point)
                for key, point in zip(("p10", "p50", "p90"), points, strict=True)
            }
            | {"without_figure": share}
        )
    order = list(FIGURES)
    return Result.of(sorted(rows, key=lambda row: order.index(str(row["figure"]))), _SPREAD)


def _meant(name: str, all_: npt.NDArray[np.float64], zone: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The draws in which a figure means something: leverage needs a zone, months need a burn."""
    meant = np.isfinite(all_)
    if name == "leverage":
        meant &= zone > 0
    return all_[meant]


def tornado(these: Assumptions, figure: str = "zone") -> Result:
    """One figure with each uncertain assumption at its low and its high, all others likely; the widest first."""
    rows: list[dict[str, Any]] = []
    at = {name: one.value for name, one in these.items()}
    for name, one in these.items():
        if one.certain:
            continue
        low, high = (float(getattr(values({**at, name: end}), figure)) for end in (one.low, one.high))
        if np.isfinite(low) and np.isfinite(high) and low != high:
            rows.append(
                {"name": name, "meaning": one.meaning, "low": one.low, "high": one.high, "sure": one.sure}
                | {"at_low": low, "at_high": high, "swing": abs(high - low)}
            )
    return Result.of(sorted(rows, key=lambda row: (-row["swing"], row["name"])), _TORNADO)
