"""What anaesthesia is paid by: base units and the conversion factor of the place, without the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pyarrow.compute as pc

from evenhand.money import to_cents
from evenhand.schedules.factors import factor
from evenhand.schedules.pfs.locality import NATIONAL, Locality, read_locality
from evenhand.schedules.quoting.quote import Asked, Quote, plain


def anesthesia_quotes(asked: Asked) -> Iterator[Quote]:
    """Base units and the dollars of one; no amount, as the time is not known (42 CFR 414.46)."""
    units = asked.library.nearest("anesthesia-units", asked.day or date.max)
    for row in asked.rows(units) if units else ():
        place, dollars = _factor(asked)
        base = f"{plain(row['base_units'])} base units"
        says = f"{base}; no conversion factor is known for {place}"
        if dollars is not None:
            first = to_cents(row["base_units"] * dollars)
            says = f"{base} × {plain(dollars)} ({place}) = {first}, and {plain(dollars)} for each 15 minutes"
        yield Quote("Anaesthesia", asked.code, "", "", None, says, units.id if units else "")


def _factor(asked: Asked) -> tuple[Locality, Decimal | None]:
    release = asked.release("anesthesia-factors")
    day = asked.day or (release.last_day if release else date.today())
    place = read_locality(asked.locality, asked.library, day)
    if place == NATIONAL:
        known = factor("anesthesia", day)
        return place, known.value if known else None
    table = asked.library.table(release) if release else None
    if table is None:
        return place, None
    ours = pc.and_(pc.equal(table["carrier"], place.carrier), pc.equal(table["locality"], place.number))
    return place, next(iter(table.filter(ours)["conversion_factor"].to_pylist()), None)
