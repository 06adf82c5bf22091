"""What Medicare pays for anaesthesia, as a rate table and terms of the ready contract (42 CFR 414.46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files

from evenhand.schedules import Library
from evenhand.schedules.factors import factor

#: The file of base units beside the contract.
UNITS = "anesthesia-units.csv"


@dataclass(frozen=True, slots=True)
class Anesthesia:
    """The terms, and the tables beside them; both empty where the library lacks what they take."""

    terms: str = ""
    tables: Mapping[str, str] | None = None


def anesthesia_part(library: Library, locality: str, day: date | None) -> Anesthesia:
    """Base units of the release nearest to a day, and the conversion factor of a locality.

    Args:
        library: The library.
        locality: Contractor and locality, or ``national``.
        day: The day that is pinned; without it, that of the last factors at hand.
    """
    factors = library.of_kind("anesthesia-factors")
    on = day or (factors[-1].first_day if factors else None)
    units = library.nearest("anesthesia-units", on) if on else None
    dollars = _dollars(library, locality, on) if on else None
    if units is None or dollars is None:
        return Anesthesia()
    template = (files("evenhand.contracts.readymade") / "terms-anesthesia.yaml").read_text(encoding="utf-8")
    rows = library.table(units).to_pylist()
    lines = ["Code,Base units", *(f"{row['code']},{row['base_units'].normalize():f}" for row in rows)]
    return Anesthesia(template.format(factor=f"{dollars.normalize():f}"), {UNITS: "\n".join(lines) + "\n"})


def _dollars(library: Library, locality: str, day: date) -> Decimal | None:
    if locality == "national":
        known = factor("anesthesia", day)
        return known.value if known else None
    release = library.in_force("anesthesia-factors", day)
    rows = library.table(release).to_pylist() if release else []
    found = [row["conversion_factor"] for row in rows if f"{row['carrier']}-{row['locality']}" == locality]
    return found[0] if found else None
