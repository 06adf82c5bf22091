"""The physician fee schedule held against the dollars CMS publishes for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from evenhand.errors import SelectionError
from evenhand.schedules.library import Library, Release
from evenhand.schedules.pfs.formula import Formula, RvuRow
from evenhand.schedules.pfs.locality import NATIONAL, Locality
from evenhand.schedules.pfs.physician import Physician
from evenhand.schedules.verifying.match import Match, Pair, match


class _Fees:
    """The physician fee schedule about the day of a release, for any locality."""

    def __init__(self, library: Library, release: Release) -> None:
        rvus = library.nearest_of_year("pfs-rvu", release.first_day)
        if rvus is None:
            raise SelectionError(f"no relative values of {release.first_day.year} to hold {release.id} against")
        self.library, self.day = library, rvus.first_day
        self.rows = {(row.code, row.modifier): row for row in Physician(library, NATIONAL).rows(rvus)}
        self._formulas: dict[Locality, Formula] = {}

    def row(self, said: dict[str, Any]) -> RvuRow | None:
        """The row of relative values a published one was made of."""
        return self.rows.get((said["code"], said["modifier"] or ""))

    def formula(self, said: dict[str, Any]) -> Formula:
        """The formula of the locality of a published row."""
        place = Locality(said["carrier"], said["locality"])
        if place not in self._formulas:
            self._formulas[place] = Physician(self.library, place).formula_on(self.day)[1]
        return self._formulas[place]


def published_amounts(library: Library, release: Release) -> Iterator[Match]:
    """Dollars by locality, and those of therapy with half of the practice expense."""
    try:
        fees = _Fees(library, release)
    except SelectionError:
        return
    said = library.table(release).to_pylist()
    yield from match("Physician fee schedule", "published amounts, both settings", release.id, _fees(fees, said))
    therapy = [row for row in said if row["reduced_office"]]
    yield from match("Physician fee schedule", "published therapy reductions", release.id, _reductions(fees, therapy))


def _fees(fees: _Fees, said: list[dict[str, Any]]) -> Iterator[Pair]:
    for row in said:
        values, published = fees.row(row), (row["facility"], row["office"])
        computed = fees.formula(row).amounts(values) if values and values.payable else None
        yield computed, published, f"{row['carrier']}-{row['locality']} {row['code']} {row['modifier'] or ''}"


def _reductions(fees: _Fees, said: list[dict[str, Any]]) -> Iterator[Pair]:
    for row in said:
        values = fees.row(row)
        reduced = fees.formula(row).reduced(values).get("reduced_office") if values else None
        computed = None if reduced is None else (Decimal(reduced),)
        yield computed, (row["reduced_office"],), f"{row['carrier']}-{row['locality']} {row['code']}"


def published_caps(library: Library, release: Release) -> Iterator[Match]:
    """What the technical part of imaging is held to, by locality."""
    try:
        fees = _Fees(library, release)
    except SelectionError:
        return
    said = library.table(release).to_pylist()
    yield from match("Imaging held to the hospital's amount", "published caps", release.id, _capped(fees, said))


def _capped(fees: _Fees, said: list[dict[str, Any]]) -> Iterator[Pair]:
    """Caps of contractor-priced codes (status C) cannot be computed: their values are not published."""
    for row in said:
        values = fees.row(row) if row["status"] == "A" else None
        formula = fees.formula(row) if values else None
        computed = (
            None
            if values is None or formula is None
            else (formula.cap(values, "facility"), formula.cap(values, "office"))
        )
        yield computed, (row["facility"], row["office"]), f"{row['carrier']}-{row['locality']} {row['code']}"
