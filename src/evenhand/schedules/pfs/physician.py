"""The physician fee schedule of a library: its releases in time, each with its factors, and the fees they give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from evenhand.errors import SelectionError
from evenhand.periods import FOREVER, Period
from evenhand.schedules.library import Library, Release
from evenhand.schedules.pfs.formula import Formula, RvuRow
from evenhand.schedules.pfs.locality import NATIONAL, Locality, gpci_of

_INDICATORS = ("multiple", "bilateral", "assistant", "co_surgeon", "team", "pctc", "status", "endo_base")
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

    def on(self, day: date) -> tuple[Release, Formula]:
        """The release in force on a day, and what makes fees of it.

        Raises:
            SelectionError: No release of values, or of geographic factors, holds on the day.
        """
        release = self._in_force("pfs-rvu", day)
        if release is None:
            raise SelectionError(self._missing(day))
        return release, self._formula(release, day)

    def pieces(self, *, filled: bool = False) -> Iterator[tuple[Period, Release, Formula]]:
        """The stretches of time the library has values and geographic factors for, in each of which nothing changes.

        Args:
            filled: Let days without a release have the one before it of the same year, else the first of the year.
        """
        releases = {one.first_day: one for one in self.library.of_kind("pfs-rvu") if self._is_ours(one)}
        days = sorted(releases)
        for day, after in zip(days, [*days[1:], FOREVER], strict=True):
            release = releases[day]
            if self.locality != NATIONAL and self.library.in_force("pfs-gpci", day) is None:
                continue
            end = date(day.year + 1, 1, 1) if filled else release.period.end
            first = date(day.year, 1, 1) if filled and _year_before(days, day) < day.year else day
            yield Period(first, min(after, end)), release, self._formula(release, day)

    def rows(self, release: Release) -> list[RvuRow]:
        """The rows of a release of relative values."""
        return rows_of(self.library.table(release))

    def _formula(self, release: Release, day: date) -> Formula:
        gpci = gpci_of(self.library, self.library.in_force("pfs-gpci", day), self.locality)
        return Formula(gpci, self.factor or _factor(self.library.table(release), release), self.capped, self.cents)

    def _in_force(self, kind: str, day: date) -> Release | None:
        held = [one for one in self.library.of_kind(kind) if day in one.period and self._is_ours(one)]
        return held[-1] if held else None

    def _is_ours(self, release: Release) -> bool:
        """In 2026 each quarter has two files: one for qualifying participants, one for all others."""
        name = release.file.lower().replace("-", "").replace("_", "")
        return release.first_day.year < 2026 or self.qualifying == ("qp" in name and "nonqp" not in name)

    def _missing(self, day: date) -> str:
        had = ", ".join(str(one.first_day) for one in self.library.of_kind("pfs-rvu"))
        words = f"its releases begin {had}" if had else "it has none"
        return f"the library has no relative values for {day} ({words}); load that quarter's RVU file"


def _year_before(days: Sequence[date], day: date) -> int:
    """The year of the release before a day's; 0 where it is the first."""
    return max((one.year for one in days if one < day), default=0)


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


def _factor(table: pa.Table, release: Release) -> Decimal:
    """The conversion factor a release states, which all its priced rows share."""
    stated = {value for value in table["conversion_factor"].unique().to_pylist() if value}
    if len(stated) != 1:
        raise SelectionError(f"{release.id} states {len(stated)} conversion factors; say which with conversion_factor")
    return Decimal(stated.pop())
