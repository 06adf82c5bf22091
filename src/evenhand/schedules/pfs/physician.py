"""The physician fee schedule of a library: its releases in time, each with its factors, and the fees they give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pyarrow as pa

from evenhand.errors import SelectionError
from evenhand.periods import Period
from evenhand.schedules.factors import factor, factors
from evenhand.schedules.library import Library, Release
from evenhand.schedules.pfs.formula import Formula, RvuRow
from evenhand.schedules.pfs.locality import NATIONAL, Locality, gpci_of
from evenhand.schedules.published import Said, Taken

_INDICATORS = ("multiple", "bilateral", "assistant", "co_surgeon", "team", "pctc", "status", "endo_base")
#: The first year with two conversion factors (42 U.S.C. 1395w-4(d)(1)(A)).
_TWO_FACTORS = 2026
_SHARES = ("pre", "intra", "post")


@dataclass(frozen=True, slots=True)
class Physician:
    """The physician fee schedule as one locality is paid under it.

    Attributes:
        library: Where its releases are.
        locality: The locality.
        qualifying: From 2026 on, whether services are paid by the factor of qualifying participants in advanced
            alternative payment models.
        factor: A conversion factor a contract pins, instead of the published one.
        capped: Whether imaging is held to the hospital's amount.
        cents: Whether amounts are rounded to cents.
    """

    library: Library
    locality: Locality
    qualifying: bool = False
    factor: Decimal | None = None
    capped: bool = True
    cents: bool = True

    def on(self, day: date) -> Taken:
        """What the release in force on a day pays.

        Raises:
            SelectionError: No release of values, or of geographic factors, holds on the day.
        """
        return self._taken(*self.formula_on(day))

    def formula_on(self, day: date) -> tuple[Release, Formula]:
        """The release in force on a day, and what makes fees of it.

        Raises:
            SelectionError: As for :meth:`on`.
        """
        held = [one for one in self.library.of_kind("pfs-rvu") if day in one.period and self._is_ours(one)]
        if not held:
            raise SelectionError(self._missing(day))
        return held[-1], self._formula(held[-1], day)

    def pieces(self, *, filled: bool = False) -> Iterator[tuple[Period, Taken]]:
        """What is paid in each stretch of time that has relative values and geographic factors."""
        for period, release in self.library.pieces("pfs-rvu", filled=filled, ours=self._is_ours):
            if self.locality != NATIONAL and self.library.in_force("pfs-gpci", release.first_day) is None:
                continue
            within = [day for day in self._changes(release) if period.start < day < period.end]
            for day, after in pairwise([period.start, *within, period.end]):
                yield Period(day, after), self._taken(release, self._formula(release, max(day, release.first_day)))

    def _taken(self, release: Release, formula: Formula) -> Taken:
        rows = self.rows(release)
        says = (Said(row.code, row.modifier, {**row.indicators, **formula.reduced(row)}) for row in rows)
        return Taken(release, tuple(formula.fees(rows)), tuple(says))

    def rows(self, release: Release) -> list[RvuRow]:
        """The rows of a release of relative values."""
        return rows_of(self.library.table(release))

    def _formula(self, release: Release, day: date) -> Formula:
        gpci = gpci_of(self.library, self.library.in_force("pfs-gpci", day), self.locality)
        return Formula(gpci, self.factor or self._dollars(release, day), self.capped, self.cents)

    def _dollars(self, release: Release, day: date) -> Decimal:
        """The factor a release states, until the law changes it: in 2024 that was on 9 March, amid a quarter."""
        changed = [one for one in self._changes(release) if one <= day]
        known = factor(self._factor_name, day) if changed else None
        return known.value if known else _stated(self.library.table(release), release)

    def _changes(self, release: Release) -> list[date]:
        """The days within a release's own on which the conversion factor changes."""
        mine = [one.period.start for one in factors() if one.name == self._factor_name]
        return [day for day in mine if release.first_day < day <= release.last_day]

    @property
    def _factor_name(self) -> str:
        return "pfs-qp" if self.qualifying else "pfs"

    def _is_ours(self, release: Release) -> bool:
        """From 2026 on each quarter has two files, told apart by the factor they state: not by their names."""
        if release.first_day.year < _TWO_FACTORS:
            return True
        known = factor(self._factor_name, release.first_day)
        return known is not None and _stated(self.library.table(release), release) == known.value

    def _missing(self, day: date) -> str:
        had = ", ".join(str(one.first_day) for one in self.library.of_kind("pfs-rvu"))
        words = f"its releases begin {had}" if had else "it has none"
        which = " of qualifying participants" if self.qualifying else ""
        return f"the library has no relative values{which} for {day} ({words}); load that quarter's RVU file"


def rows_of(table: pa.Table) -> list[RvuRow]:
    """The rows of a table of relative values."""
    return [_row(values, line) for line, values in enumerate(table.to_pylist(), 1)]


def _row(row: dict[str, Any], line: int) -> RvuRow:
    parts = ("work", "pe_office", "pe_facility", "mp", "opps_pe_office", "opps_pe_facility", "opps_mp")
    said = {name: row[name] for name in _INDICATORS if row[name]}
    said |= {name: f"{row[name].normalize():f}" for name in _SHARES if row[name]}
    said |= {
        f"rvu_{place}": f"{total.normalize():f}" for place in ("facility", "office") if (total := row[f"total_{place}"])
    }
    values = {name: row[name] or Decimal(0) for name in parts}
    return RvuRow(row["code"], row["modifier"] or "", values, said, line)


def _stated(table: pa.Table, release: Release) -> Decimal:
    """The conversion factor a release states, which all its priced rows share."""
    stated = {value for value in table["conversion_factor"].unique().to_pylist() if value}
    if len(stated) != 1:
        raise SelectionError(f"{release.id} states {len(stated)} conversion factors; say which with conversion_factor")
    return Decimal(stated.pop())
