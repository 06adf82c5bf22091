"""Who loses the last provider within limits when ours leave: a screen by straight lines, not by roads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenhand.errors import Problem, SelectionError
from evenhand.market.adequacy.limits import COUNTY_TYPES, Limit, Limits, base_limits
from evenhand.market.adequacy.people import Beneficiaries, Providers
from evenhand.market.keys import Floats, Ints
from evenhand.results import Result

_EARTH_MILES = 3958.7613
#: Distances held at a time.
_BLOCK = 2_000_000
Truths = npt.NDArray[np.bool_]

_TABLE = pa.schema(
    [
        ("county", pa.string()),
        ("county_type", pa.string()),
        ("specialty", pa.string()),
        ("miles", pa.float64()),
        ("minutes", pa.float64()),
        ("beneficiaries", pa.float64()),
        ("within_before", pa.float64()),
        ("within_after", pa.float64()),
        ("lost_share", pa.float64()),
        ("lost", pa.float64()),
        ("required_share", pa.float64()),
        ("required_count", pa.int64()),
        ("count_before", pa.float64()),
        ("count_after", pa.float64()),
        ("shortfall", pa.float64()),
        ("finding", pa.string()),
        ("source", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Screen:
    """What each county would be without us, specialty by specialty.

    ``counties`` has a row for each county and specialty we practise: the share of its beneficiaries with a provider
    within the distance before and after, the share who lose their last one (``lost_share``), how many providers within
    reach there are against how many are required (null where that is not known), and what follows (``finding``).
    """

    counties: Result
    ours: int
    providers: Providers
    beneficiaries: Beneficiaries
    problems: tuple[Problem, ...]


def miles_between(first: Floats, second: Floats) -> Floats:
    """Great-circle miles from each of the first places to each of the second (latitude, longitude in degrees).

    >>> round(float(miles_between(np.array([[39.74, -104.99]]), np.array([[40.71, -74.01]]))[0, 0]))
    1627
    """
    one, other = np.radians(first)[:, None, :], np.radians(second)[None, :, :]
    half = np.sin((other - one) / 2) ** 2
    inside = half[..., 0] + np.cos(one[..., 0]) * np.cos(other[..., 0]) * half[..., 1]
    return np.asarray(2 * _EARTH_MILES * np.arcsin(np.sqrt(np.minimum(inside, 1.0))), dtype=np.float64)


def adequacy(
    providers: Providers, beneficiaries: Beneficiaries, ours: Sequence[str], limits: Limits | None = None
) -> Screen:
    """Screen a network with and without our providers.

    Args:
        providers: everyone in the plan's network, ours too.
        beneficiaries: where the people live.
        ours: names, or parts of names, of our organisations, or NPIs.
        limits: the base table when absent.

    Raises:
        SelectionError: no provider is ours.
    """
    limits = limits or base_limits()
    mine = _mine(providers, ours)
    if not mine.any():
        raise SelectionError(f"no provider is named {', '.join(ours)}; name the organisation or NPIs of the table")
    known = {said: limits.specialty(said) for said in set(providers.specialty)}
    specialty = np.array([known[said] or "" for said in providers.specialty])
    counties, number = np.unique(np.array(beneficiaries.county), return_inverse=True)
    places = [np.flatnonzero(number == place) for place in range(len(counties))]
    rows = [
        _row(providers, beneficiaries, (specialty == name, mine), (here, name, limits))
        for name in dict.fromkeys(specialty[mine].tolist())
        if name
        for here in places
    ]
    problems = [
        Problem(
            providers.source.split(",")[0], None, f"no limit is known for the specialty '{said}'", limits.nearest(said)
        )
        for said in dict.fromkeys(np.array(providers.specialty)[mine].tolist())
        if known[said] is None
    ]
    found = [row for row in rows if row is not None]
    found.sort(key=lambda row: (-row["lost_share"], -(row["shortfall"] or 0), row["county"], row["specialty"]))
    every = (*providers.problems, *beneficiaries.problems, *problems)
    return Screen(Result.of(found, _TABLE), int(mine.sum()), providers, beneficiaries, every)


def _mine(providers: Providers, ours: Sequence[str]) -> Truths:
    wanted = [one.casefold() for one in ours if one]
    pairs = zip(providers.provider, providers.npi, strict=True)
    return np.array([any(w in name.casefold() or w == npi.casefold() for w in wanted) for name, npi in pairs])


def _row(
    providers: Providers,
    people: Beneficiaries,
    who: tuple[Truths, Truths],
    what: tuple[Ints, str, Limits],
) -> dict[str, Any] | None:
    (chosen, mine), (here, specialty, limits) = who, what
    county, kind = people.county[here[0]], people.kind[here[0]]
    limit = limits.find(county, kind, specialty)
    count = people.people[here]
    if limit is None or not count.sum():
        return None
    chosen = chosen & _around(people.at[here], providers.at, limit.miles)
    served, reaching = _reach(people.at[here], count, providers.at[chosen], limit.miles, mine[chosen])
    before, after = (float(count[one].sum()) for one in served)
    there = np.flatnonzero(chosen)[reaching]
    row: dict[str, Any] = {
        "county": county,
        "county_type": kind,
        "specialty": specialty,
        "miles": limit.miles,
        "minutes": limit.minutes,
        "beneficiaries": float(count.sum()),
        "within_before": before / count.sum(),
        "within_after": after / count.sum(),
        "lost_share": (before - after) / count.sum(),
        "lost": before - after,
        "required_share": COUNTY_TYPES[kind],
        "required_count": required_count(limit, float(count.sum()), float(people.base_ratio[here][0])),
        "count_before": _count(providers, there, limit),
        "count_after": _count(providers, there[~mine[there]], limit),
        "source": limit.source,
    }
    short = None
    if row["required_count"] is not None and row["count_after"] is not None and row["count_before"] is not None:
        short = max(0.0, row["required_count"] - row["count_after"])
    return row | {"shortfall": short, "finding": _finding(row, short)}


def _around(homes: Floats, offices: Floats, miles: float) -> Truths:
    """Offices in a box around the homes that holds every one within reach, and few others."""
    (south, west), (north, east) = homes.min(axis=0), homes.max(axis=0)
    reach = miles / 68.0  # a degree of latitude is never less
    inside = (offices[:, 0] >= south - reach) & (offices[:, 0] <= north + reach)
    furthest = max(abs(south), abs(north)) + reach
    if furthest >= 80 or max(abs(west), abs(east)) > 170:
        return np.asarray(inside)  # near a pole or the date line longitudes tell little
    wide = reach / math.cos(math.radians(furthest))
    return np.asarray(inside & (offices[:, 1] >= west - wide) & (offices[:, 1] <= east + wide))


def _count(providers: Providers, there: Ints, limit: Limit) -> float | None:
    """How many providers, each once whatever its places, or beds; ``None`` where a hospital's beds are not given."""
    if limit.unit != "beds":
        return float(len({providers.npi[n] for n in there}))
    beds = providers.beds[there]
    return None if np.isnan(beds).any() else float(beds.sum())


def _reach(
    homes: Floats, count: Floats, offices: Floats, miles: float, mine: Truths
) -> tuple[tuple[Truths, Truths], Truths]:
    """Which homes have a provider within reach, with ours and without; which providers reach anyone."""
    every, others = np.zeros(len(homes), dtype=bool), np.zeros(len(homes), dtype=bool)
    reaching = np.zeros(len(offices), dtype=bool)
    step = max(1, _BLOCK // max(len(offices), 1))
    for start in range(0, len(homes), step):
        near = miles_between(homes[start : start + step], offices) <= miles
        every[start : start + step] = near.any(axis=1)
        others[start : start + step] = near[:, ~mine].any(axis=1)
        reaching |= near[count[start : start + step] > 0].any(axis=0)
    return (every, others), reaching


def required_count(limit: Limit, beneficiaries: float, base_ratio: float) -> int | None:
    """How many a county needs: stated outright, else ``⌈per 1,000 × base ratio × beneficiaries ÷ 1,000⌉``, at least 1.

    ``None`` where neither the number nor the county's base population ratio is known.
    """
    if limit.minimum is not None:
        return limit.minimum
    if limit.per_1000 is None or math.isnan(base_ratio):
        return None
    return max(1, math.ceil(round(limit.per_1000 * base_ratio * beneficiaries / 1000, 9)))


def _finding(row: dict[str, Any], short: float | None) -> str:
    required = row["required_share"]
    if row["within_before"] < required:
        said = "below the required share already"
    elif row["within_after"] < required:
        said = "below the required share without us"
    else:
        said = "the required share holds without us"
    if short:
        already = row["count_before"] < row["required_count"]
        said += "; too few already" if already else "; too few without us"
    return said
