"""Where a service is paid: the contractor's number and the locality's, from either or from a ZIP code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow.compute as pc

from evenhand.errors import SelectionError
from evenhand.schedules.library import Library, Release
from evenhand.schedules.pfs.formula import Gpci

_WRITTEN = re.compile(r"\s*(\d[0-9A-Z]{4})\s*-?\s*(\d{2})\s*", re.IGNORECASE)
_ZIP = re.compile(r"\s*(\d{5})(?:-?(\d{4}))?\s*")


@dataclass(frozen=True, slots=True, order=True)
class Locality:
    """A payment locality. Numbers of localities repeat from contractor to contractor, so both are needed.

    >>> str(Locality("10112", "00"))
    '10112-00'
    """

    carrier: str
    number: str

    def __str__(self) -> str:
        return "national" if self == NATIONAL else f"{self.carrier}-{self.number}"


#: The nation, where every geographic factor is one.
NATIONAL = Locality("00000", "00")


def read_locality(text: str, library: Library, day: date) -> Locality:
    """The locality people name: ``10112-00``, a ZIP code of five or nine digits, or ``national``.

    Raises:
        SelectionError: It is none of these, the library has no such ZIP code, or the ZIP code lies in several.
    """
    if text.strip().lower() == "national":
        return NATIONAL
    if found := _ZIP.fullmatch(text):
        return locality_of(library, found[1], found[2] or "", day)
    if found := _WRITTEN.fullmatch(text):
        return Locality(found[1].upper(), found[2].upper())
    raise SelectionError(f"'{text}' is no locality; write 10112-00 (contractor and locality), a ZIP code or 'national'")


def locality_of(library: Library, zip_code: str, plus_four: str, day: date) -> Locality:
    """The locality of a ZIP code on a day, by the nine digits where the five are not enough.

    Raises:
        SelectionError: The library has no table of ZIP codes, not this one, or needs all nine digits of it.
    """
    release = library.nearest("pfs-zip", day)
    if release is None:
        raise SelectionError("the library has no ZIP codes; load CMS's ZIP code to carrier locality file (zip5)")
    rows = _where(library, release, zip=zip_code)
    if not rows:
        raise SelectionError(f"ZIP code {zip_code} is not in {release.id}")
    row = rows[0]
    if row["plus_four"]:
        row = _by_nine(library, zip_code, plus_four, day)
    return Locality(row["carrier"], row["locality"])


def _by_nine(library: Library, zip_code: str, plus_four: str, day: date) -> dict[str, Any]:
    if not plus_four:
        raise SelectionError(f"ZIP code {zip_code} lies in several localities; write all nine digits")
    release = library.nearest("pfs-zip9", day)
    if release is None:
        raise SelectionError(f"ZIP code {zip_code} needs its last four digits; load CMS's zip9 file for them")
    rows = _where(library, release, zip=zip_code, plus_four=plus_four)
    if not rows:
        raise SelectionError(f"ZIP code {zip_code}-{plus_four} is not in {release.id}")
    return rows[0]


def gpci_of(library: Library, release: Release | None, locality: Locality) -> Gpci:
    """The geographic factors of a locality.

    Raises:
        SelectionError: There is no table of factors, or the locality is not in it.
    """
    if locality == NATIONAL:
        return Gpci(Decimal(1), Decimal(1), Decimal(1))
    if release is None:
        raise SelectionError("the library has no geographic factors for that day; load CMS's GPCI file")
    rows = _where(library, release, locality=locality.number)
    states = {row["state"] for row in _where(library, release, carrier=locality.carrier)}
    # two contractors serve localities of California: the file names each locality under one of them
    shared = [row for row in rows if row["state"] in states]
    for row in [row for row in rows if row["carrier"] == locality.carrier] or shared[:1]:
        return Gpci(row["work"], row["pe"], row["mp"])
    raise SelectionError(f"locality {locality} is not in {release.id}; 'evenhand schedules localities' lists them")


def state_of(library: Library, locality: Locality, day: date) -> str:
    """The state of a locality, as the file of geographic factors nearest to a day has it; empty for the nation.

    Raises:
        SelectionError: There is no such file, or the locality is not in it.
    """
    if locality == NATIONAL:
        return ""
    release = library.nearest("pfs-gpci", day)
    rows = _where(library, release, carrier=locality.carrier, locality=locality.number) if release else []
    if not rows or not rows[0]["state"]:
        raise SelectionError(f"the state of locality {locality} is not known; load CMS's GPCI file")
    return str(rows[0]["state"])


def _where(library: Library, release: Release, **wanted: str) -> list[dict[str, Any]]:
    table = library.table(release)
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], value))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows
