"""Providers and beneficiaries, each at a place: coordinates, or a ZIP code and a table of where these are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evenhand.errors import ContractError, Log, Problem
from evenhand.market.adequacy.limits import COUNTY_TYPES, county_type
from evenhand.market.keys import Floats
from evenhand.market.tables import Heading, Table, read_table

_PLACE = (
    Heading("latitude", ("lat",)),
    Heading("longitude", ("lon", "lng", "long")),
    Heading("zip", ("zip code", "zip5", "zcta")),
)
_PROVIDERS = (
    Heading("npi", ("provider id", "id")),
    Heading("provider", ("organisation", "organization", "group", "practice", "name", "system"), needed=True),
    Heading("specialty", ("provider type", "facility type"), needed=True),
    Heading("beds", ("licensed beds", "staffed beds")),
    Heading("network", ("in network", "participating")),
    *_PLACE,
)
_BENEFICIARIES = (
    Heading("county", ("county name",), needed=True),
    Heading("state", ("st",)),
    Heading("county type", ("county designation", "designation")),
    Heading(
        "population",
    ),
    Heading("density", ("people per square mile",)),
    Heading("beneficiaries", ("members", "people", "eligibles"), needed=True),
    Heading("base ratio", ("95th percentile", "95th percentile base population ratio")),
    *_PLACE,
)
#: How a table says that a provider is not in the network.
_OUTSIDE = {"no", "n", "false", "0", "out"}
Centroids = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Providers:
    """Who practises where.

    Attributes:
        source: where it comes from.
        npi, provider, specialty: of each row; the provider is the organisation that contracts.
        beds: beds of a hospital; NaN where not given.
        at: latitude and longitude of each.
        problems: rows left out, with line and reason.
    """

    source: str
    npi: tuple[str, ...]
    provider: tuple[str, ...]
    specialty: tuple[str, ...]
    beds: Floats
    at: Floats
    problems: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.provider)


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """Where a plan's members, or Medicare's beneficiaries, live.

    Attributes:
        source: where it comes from.
        county, kind: the county of each row, and its type.
        people: how many each row stands for.
        base_ratio: the 95th percentile base population ratio of each row's county; NaN where not given.
        at: latitude and longitude of each.
        problems: rows left out, with line and reason.
    """

    source: str
    county: tuple[str, ...]
    kind: tuple[str, ...]
    people: Floats
    base_ratio: Floats
    at: Floats
    problems: tuple[Problem, ...] = ()


def read_centroids(path: Path | str) -> Centroids:
    """Where ZIP codes are, from a table: ZIP code, latitude, longitude.

    Raises:
        ReadError: the file is no table, or lacks a column.
        ContractError: a row cannot be used; all of them at once.
    """
    table = read_table(path, [Heading(h.name, h.also, needed=True) for h in _PLACE], "a table of ZIP codes")
    log = Log(table.path.name)
    at = np.column_stack([table.numbers("latitude", log, least=-90), table.numbers("longitude", log, least=-180)])
    if log.failed:
        raise ContractError(log.problems)
    pairs = zip(table.texts("zip"), at, strict=True)
    return {code.zfill(5): (float(x), float(y)) for code, (x, y) in pairs if np.isfinite(x + y)}


def read_providers(path: Path | str, centroids: Centroids | None = None) -> Providers:
    """Providers from a table; rows without a place are left out and listed.

    Where a column says who is in the network, those who are not are left out too.

    Raises:
        ReadError: the file is no table, or lacks a column.
    """
    table = read_table(path, _PROVIDERS, "a table of providers")
    log = Log(table.path.name)
    at, beds = _places(table, centroids or {}, log), table.numbers("beds", log)
    named, practised = np.array(table.texts("provider")), np.array(table.texts("specialty"))
    for place in np.flatnonzero((named == "") | (practised == "")):
        log.error(int(table.lines[place]), "no provider or no specialty stands in the row", "name both")
    inside = np.array([one.casefold() not in _OUTSIDE for one in table.texts("network")], dtype=bool)
    good = np.isfinite(at).all(axis=1) & (named != "") & (practised != "") & inside
    kept = np.flatnonzero(good)
    npi = table.texts("npi")
    return Providers(
        f"{table.path.name}, {len(kept):,} of {len(table):,} rows",
        tuple(npi[n] or f"row {table.lines[n]}" for n in kept),
        tuple(str(named[n]) for n in kept),
        tuple(str(practised[n]) for n in kept),
        beds[kept],
        at[kept],
        (*table.problems, *log.problems),
    )


def read_beneficiaries(path: Path | str, centroids: Centroids | None = None) -> Beneficiaries:
    """Beneficiaries from a table; a county's type is stated, or follows from its population and density.

    Raises:
        ReadError: the file is no table, or lacks a column.
    """
    table = read_table(path, _BENEFICIARIES, "a table of beneficiaries")
    log = Log(table.path.name)
    at, people = _places(table, centroids or {}, log), table.numbers("beneficiaries", log)
    kinds = _kinds(table, log)
    counties = [", ".join(filter(None, both)) for both in zip(table.texts("county"), table.texts("state"), strict=True)]
    kept = [
        n for n in range(len(table)) if counties[n] and kinds[n] and np.isfinite(at[n]).all() and np.isfinite(people[n])
    ]
    return Beneficiaries(
        f"{table.path.name}, {len(kept):,} of {len(table):,} rows",
        tuple(counties[n] for n in kept),
        tuple(kinds[n] for n in kept),
        people[kept],
        table.numbers("base ratio", log)[kept],
        at[kept],
        (*table.problems, *log.problems),
    )


def _places(table: Table, centroids: Centroids, log: Log) -> Floats:
    """Each row's coordinates; NaN, and the reason logged, where there are none."""
    at = np.column_stack([table.numbers("latitude", log, least=-90), table.numbers("longitude", log, least=-180)])
    codes = table.texts("zip")
    for place in np.flatnonzero(np.isnan(at).any(axis=1)):
        code = codes[place][:5].zfill(5) if codes[place] else ""
        if code in centroids:
            at[place] = centroids[code]
        elif code:
            log.error(int(table.lines[place]), f"it is not known where ZIP code {code} is", "add it to the centroids")
        else:
            log.error(int(table.lines[place]), "no place stands in the row", "give latitude and longitude, or a ZIP")
    return at


def _kinds(table: Table, log: Log) -> list[str]:
    """Each row's county type; empty, and the reason logged, where there is none."""
    stated = table.texts("county type")
    people, density = table.numbers("population", log), table.numbers("density", log)
    known = {kind.casefold(): kind for kind in COUNTY_TYPES}
    found = []
    for place, said in enumerate(stated):
        kind = known.get(said.casefold(), "")
        if not said and np.isfinite(people[place] + density[place]):
            kind = county_type(people[place], density[place])
        if not kind:
            right = f"give one of {', '.join(COUNTY_TYPES)}, or population and density"
            log.error(int(table.lines[place]), f"county type '{said[:30]}' is not known", right)
        found.append(kind)
    return found
