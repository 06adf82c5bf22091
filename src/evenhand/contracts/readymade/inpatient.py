"""What Medicare pays a hospital for each DRG, as rate tables of the ready contract.

A table holds the whole payment of a stay of ordinary length and cost: operating and capital rates with the hospital's
own additions for teaching, for poor patients and uncompensated care, and its programme adjustments. A transfer is paid
by the day; outliers are not in it. Stays are priced one by one, with all of that, by :mod:`evenhand.schedules.ipps`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from evenhand.schedules import Library, Release
from evenhand.schedules.ipps import Drg, Hospital, drg_rates, known_years

_KIND = "ipps-drg"


def inpatient_releases(library: Library, day: date | None) -> list[Release]:
    """The DRG tables whose year's constants are known: of the fiscal year of a day, or all."""
    known = [one for one in library.of_kind(_KIND) if one.last_day.year in known_years()]
    return [one for one in known if day is None or day in one.period]


def inpatient_tables(library: Library, day: date | None, hospital: Hospital) -> Iterator[tuple[date, str, str]]:
    """First day, name and text of the rate table of each fiscal year."""
    for release in inpatient_releases(library, day):
        year = release.last_day.year
        days = "," if day else f"{release.first_day},{release.last_day}"
        yield release.first_day, f"inpatient-{year}.csv", _text(library, release, hospital, days)


def _text(library: Library, release: Release, hospital: Hospital, days: str) -> str:
    drgs = [Drg.of(row) for row in library.table(release).to_pylist() if row["weight"]]
    paid = {row["drg"]: row["total_amount"] for row in drg_rates(hospital, drgs, release.last_day.year)}
    lines = ["DRG,Amount,GMLOS,Transfer,Effective,Through"]
    lines += [
        f"{one.drg},{paid[one.drg]},{one.gmlos.normalize():f},{_policy(one)},{days}" for one in drgs if paid[one.drg]
    ]
    return "\n".join(lines) + "\n"


def _policy(drg: Drg) -> str:
    if drg.drg == "789":  # newborns who die or are transferred: the DRG is the transfer
        return "none"
    return "special" if drg.special_pay else "post-acute" if drg.post_acute else ""
