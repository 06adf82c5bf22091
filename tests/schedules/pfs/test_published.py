"""The physician fee schedule against the dollars CMS publishes for it."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest
from tests.schedules.conftest import TRUTH

from evenhand.schedules import Library, verify
from evenhand.schedules.pfs.formula import Formula, Gpci, RvuRow
from evenhand.schedules.pfs.locality import NATIONAL, Locality
from evenhand.schedules.pfs.physician import Physician

OCTOBER = date(2025, 10, 1)
ALABAMA = Locality("10112", "00")
#: Values of these two codes changed between the January file and the October one they are computed from.
CHANGED = {"0446T", "0448T"}


@pytest.fixture(params=["facts", "published"])
def library(request: pytest.FixtureRequest) -> Library:
    """The fact table, then whole releases."""
    found: Library = request.getfixturevalue(request.param)
    return found


def test_alabama(library: Library) -> None:
    """127 published rows of Alabama in January 2025, both settings: all but the two whose values changed since."""
    release, formula = Physician(library, ALABAMA).formula_on(OCTOBER)
    rows = {(row.code, row.modifier): row for row in Physician(library, ALABAMA).rows(release)}
    with (TRUTH / "PFAL25A.csv").open(encoding="utf-8") as file:
        said = list(csv.DictReader(file))
    missed = {
        row["hcpcs"]
        for row in said
        if formula.amounts(rows[row["hcpcs"], row["mod"]]) != (Decimal(row["fac"]), Decimal(row["nonfac"]))
    }
    assert len(said) == 127
    assert missed == CHANGED


def test_therapy_of_alabama(library: Library) -> None:
    """The published amounts of therapy with half of the practice expense: five of five."""
    release, formula = Physician(library, ALABAMA).formula_on(OCTOBER)
    rows = {(row.code, row.modifier): row for row in Physician(library, ALABAMA).rows(release)}
    with (TRUTH / "PFAL25A.csv").open(encoding="utf-8") as file:
        therapy = [row for row in csv.DictReader(file) if Decimal(row["therapy50"])]
    computed = [formula.reduced(rows[row["hcpcs"], row["mod"]])["reduced_office"] for row in therapy]
    assert [Decimal(amount) for amount in computed] == [Decimal(row["therapy50"]) for row in therapy]
    assert len(therapy) == 5


def test_published_amounts_of_every_locality(library: Library) -> None:
    """The revision file: 109 localities, both settings."""
    (match,) = [one for one in verify(library) if one.release.startswith("pfs-amounts")]
    assert (match.rows, match.matched, match.misses) == (109, 109, ())


def test_caps_on_imaging(published: Library) -> None:
    """Every cap of an active code in every locality; those of contractor-priced codes cannot be computed."""
    (match,) = [one for one in verify(published) if one.release.startswith("pfs-oppscap")]
    assert (match.rows, match.matched, match.left_out) == (6670, 6670, 9430)


@pytest.mark.parametrize(
    ("code", "modifier", "office", "facility"),
    [
        ("99213", "", "88.95", "63.72"),
        ("99214", "", "125.18", "93.80"),
        ("99203", "", "109.01", "79.25"),
        ("27447", "", "1257.63", "1257.63"),
        ("45378", "", "327.67", "177.26"),
        ("70553", "", "314.08", "314.08"),
        ("70553", "26", "104.80", "104.80"),
        ("70553", "TC", "209.28", "209.28"),
        ("43239", "", "357.11", "132.62"),
    ],
)
def test_national_amounts(published: Library, code: str, modifier: str, office: str, facility: str) -> None:
    """The nation's amounts of 2025, where all geographic factors are one."""
    release, formula = Physician(published, NATIONAL).formula_on(OCTOBER)
    rows = {(one.code, one.modifier): one for one in Physician(published, NATIONAL).rows(release)}
    assert formula.amounts(rows[code, modifier]) == (Decimal(facility), Decimal(office))


def test_one_rounding() -> None:
    """The sum is rounded once, halves up, and not each of its parts."""
    one = Gpci(Decimal(1), Decimal(1), Decimal(1))
    names = ("work", "pe_office", "pe_facility", "mp", "opps_pe_office", "opps_pe_facility", "opps_mp")
    row = RvuRow(
        "99999", "", {**dict.fromkeys(names, Decimal(0)), "work": Decimal("0.01"), "mp": Decimal("0.04")}, {}, 1
    )
    assert Formula(one, Decimal("0.1"), capped=False).amounts(row)[0] == Decimal("0.01")
