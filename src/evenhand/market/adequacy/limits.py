"""The limits of Medicare Advantage networks: time, distance, how many, for what share (42 CFR 422.116).

The base table that comes along was not checked against the regulation. CMS states the figures of each county in its
yearly HSD reference file, which relaxes them here and there and is what counts: :func:`read_reference` lays it over.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from evenhand.claims.tabular.grid import plain_heading
from evenhand.contracts.shapes import suggest
from evenhand.errors import UsageError

#: The county types, from the densest, and the share of beneficiaries who must have a provider within limits there.
COUNTY_TYPES = {"Large Metro": 0.90, "Metro": 0.90, "Micro": 0.85, "Rural": 0.85, "CEAC": 0.85}
BASE_SOURCE = "base values of 42 CFR 422.116, unverified"


@dataclass(frozen=True, slots=True)
class Limit:
    """What holds for one specialty in one county.

    Attributes:
        specialty: as the table calls it.
        minutes, miles: how far a provider may be; both must hold.
        per_1000: how many are needed for each 1,000 beneficiaries to be covered; ``None`` where it is one, or unknown.
        unit: ``providers``, ``beds``, or ``one`` where a single one is enough.
        minimum: how many are needed, where it is stated outright.
        source: where the figures come from.
    """

    specialty: str
    minutes: float
    miles: float
    per_1000: float | None
    unit: str
    minimum: int | None = None
    source: str = BASE_SOURCE


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits by county type, with those of single counties over them.

    ``of_type`` and ``of_county`` are keyed by (county type or county, specialty), written plainly.
    """

    of_type: Mapping[tuple[str, str], Limit]
    of_county: Mapping[tuple[str, str], Limit]

    def find(self, county: str, kind: str, specialty: str) -> Limit | None:
        """The limit of a specialty in a county: the county's own, else its type's; ``None`` when there is none."""
        key = plain_heading(specialty)
        own = self.of_county.get((plain_heading(county), key))
        return own or self.of_type.get((plain_heading(kind), key))

    def specialty(self, name: str) -> str | None:
        """The specialty as the tables call it, from any way of writing it; ``None`` when it is not known."""
        wanted = plain_heading(name)
        for limit in (*self.of_type.values(), *self.of_county.values()):
            if plain_heading(limit.specialty) == wanted:
                return limit.specialty
        return None

    def nearest(self, name: str) -> str:
        """Words that point at the specialty probably meant."""
        return suggest(name, sorted({limit.specialty for limit in self.of_type.values()}))

    def over(self, counties: Mapping[tuple[str, str], Limit]) -> Limits:
        """The same with the limits of single counties laid over."""
        return replace(self, of_county={**self.of_county, **counties})


def base_limits() -> Limits:
    """The base table: every specialty in every county type."""
    text = files("evenhand.market.adequacy").joinpath("limits.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        for kind in COUNTY_TYPES:
            at = kind.lower()
            limit = Limit(
                row["specialty"],
                float(row[f"{at} minutes"]),
                float(row[f"{at} miles"]),
                None if row["unit"] == "one" else float(row[f"{at} per 1000"]),
                row["unit"],
                1 if row["unit"] == "one" else None,
            )
            found[plain_heading(kind), plain_heading(limit.specialty)] = limit
    return Limits(found, {})


def county_type(population: float, density: float) -> str:
    """The type of a county from its people and how many there are to a square mile.

    >>> county_type(1_200_000, 1_500), county_type(30_000, 20), county_type(5_000, 3)
    ('Large Metro', 'Rural', 'CEAC')

    Raises:
        UsageError: a figure is below zero.
    """
    if population < 0 or density < 0:
        raise UsageError("people and density are at least 0")
    text = files("evenhand.market.adequacy").joinpath("county_types.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        if _within(population, row, "population") and _within(density, row, "density"):
            return row["county_type"]
    raise AssertionError(f"no county type of {population:g} people, {density:g} a square mile")  # pragma: no cover


def _within(value: float, row: dict[str, str], what: str) -> bool:
    below = row[f"{what}_below"]
    return float(row[f"{what}_from"]) <= value and (not below or value < float(below))
