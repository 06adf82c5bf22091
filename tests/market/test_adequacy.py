"""Adequacy: the county grid, the limits and what lies over them, and the screen against the plainest way."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.errors import ReadError, SelectionError, UsageError
from evenhand.market.adequacy import (
    COUNTY_TYPES,
    Beneficiaries,
    Limit,
    Providers,
    adequacy,
    base_limits,
    county_type,
    miles_between,
    read_beneficiaries,
    read_centroids,
    read_providers,
    read_reference,
)
from evenhand.market.adequacy.screen import required_count


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_base_table_is_the_one_at_hand(truth: Path) -> None:
    limits, folder = base_limits(), truth / "network_adequacy"
    for row in rows(folder / "ma_time_distance_base.csv"):
        limit = limits.find("anywhere", row["county_type"], row["specialty"])
        assert limit is not None
        assert (limit.minutes, limit.miles) == (float(row["max_minutes"]), float(row["max_miles"]))
        assert "unverified" in limit.source
    for row in rows(folder / "ma_min_ratio_per_1000.csv"):
        limit = limits.find("", row["county_type"], row["specialty"])
        assert limit is not None
        ratio = float(row["min_per_1000_beneficiaries_required_to_cover"])
        assert (limit.per_1000 or limit.minimum) == ratio
    shares = {
        r["county_type"]: float(r["min_pct_beneficiaries_within_time_and_distance"]) / 100
        for r in rows(folder / "ma_coverage_rules.csv")
    }
    assert shares == COUNTY_TYPES


@settings(max_examples=200)
@given(st.floats(0, 5e6), st.floats(0, 2e4))
def test_every_county_has_one_type(truth: Path, population: float, density: float) -> None:
    """The published grid states upper bounds to one decimal: half a step further is the next class."""
    found = county_type(population, density)
    matches = set()
    for row in rows(truth / "network_adequacy" / "ma_county_type_rules.csv"):
        most = row["population_max"]
        below = row["density_max_per_sq_mi"]
        holds = float(row["population_min"]) <= population < (float(most) + 1 if most else math.inf)
        if holds and float(row["density_min_per_sq_mi"]) <= density < (
            round(float(below) + 0.1, 1) if below else math.inf
        ):
            matches.add(row["county_type"])
    assert matches == {found}


def test_county_types_by_hand() -> None:
    assert [county_type(1_000_000, 999.9), county_type(60_000, 99), county_type(9_999, 4_999)] == [
        "Metro",
        "Micro",
        "Rural",
    ]
    with pytest.raises(UsageError, match="at least 0"):
        county_type(-1, 5)


def plain_miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    x1, y1, x2, y2 = map(math.radians, (*one, *other))
    return (
        3958.7613
        * 2
        * math.asin(
            min(
                1.0,
                math.sqrt(math.sin((x2 - x1) / 2) ** 2 + math.cos(x1) * math.cos(x2) * math.sin((y2 - y1) / 2) ** 2),
            )
        )
    )


PLACE = st.tuples(st.floats(39.0, 40.0), st.floats(-106.0, -105.0))


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.tuples(PLACE, st.booleans()), min_size=1, max_size=6),
    st.lists(st.tuples(PLACE, st.integers(0, 500)), min_size=1, max_size=8),
)
def test_screen_against_the_plain_way(
    offices: list[tuple[tuple[float, float], bool]], homes: list[tuple[tuple[float, float], int]]
) -> None:
    names = tuple("Ours" if mine else "Other" for _, mine in offices)
    count = len(offices)
    providers = Providers(
        "table",
        tuple(map(str, range(count))),
        names,
        ("Cardiology",) * count,
        np.full(count, np.nan),
        np.array([o for o, _ in offices]),
    )
    people = np.array([float(number) for _, number in homes])
    where = ("Ridge",) * len(homes)
    living = Beneficiaries(
        "table", where, ("Metro",) * len(homes), people, np.full(len(homes), 0.1), np.array([h for h, _ in homes])
    )
    if "Ours" not in names:
        with pytest.raises(SelectionError, match="no provider is named Ours"):
            adequacy(providers, living, ["Ours"])
        return
    found = adequacy(providers, living, ["Ours"]).counties.rows()
    if not people.sum():
        assert found == []
        return
    near = [[plain_miles(home, office) <= 20 for office, _ in offices] for home, _ in homes]
    before = sum(n for n, reach in zip(people, near, strict=True) if any(reach))
    others = [[reach and name == "Other" for reach, name in zip(line, names, strict=True)] for line in near]
    after = sum(n for n, reach in zip(people, others, strict=True) if any(reach))
    (row,) = found
    assert row["lost"] == pytest.approx(before - after)
    assert row["within_before"] == pytest.approx(before / people.sum())
    reaching = [any(line[k] for line, n in zip(near, people, strict=True) if n) for k in range(count)]
    assert row["count_after"] == sum(r for r, name in zip(reaching, names, strict=True) if name == "Other")
    assert row["required_count"] == max(1, math.ceil(round(0.27 * 0.1 * people.sum() / 1000, 9)))


def test_miles() -> None:
    assert miles_between(np.array([[0.0, 0.0]]), np.array([[0.0, 180.0], [0.0, 0.0]])) == pytest.approx(
        np.array([[math.pi * 3958.7613, 0.0]])
    )


def test_required_counts() -> None:
    each = Limit("Cardiology", 30, 20, 0.27, "providers")
    assert required_count(each, 100_000, 0.1) == 3
    assert required_count(each, 10, 0.1) == 1
    assert required_count(each, 100_000, math.nan) is None
    assert required_count(Limit("Mammography", 30, 20, None, "one", 1), 9e9, math.nan) == 1


HOMES = (
    "county,state,population,density,zip,beneficiaries\nRidge,CO,60000,120,80401,500\nRidge,CO,60000,120,80402,100\n"
)


def test_places_by_zip_code(tmp_path: Path) -> None:
    (tmp_path / "zips.csv").write_text("zip,lat,lon\n80401,39.73,-105.2\n80402,39.0,-105.9\n", encoding="utf-8")
    (tmp_path / "homes.csv").write_text(HOMES + "Ridge,CO,,,80401,5\nRidge,CO,60000,120,99999,5\n", encoding="utf-8")
    text = (
        "provider,specialty,zip\nOurs,cardiology,80402\nOther,Cardiology,80401\nOther,Cardiology,\n,Cardiology,80401\n"
    )
    (tmp_path / "providers.csv").write_text(text + "Ours,Palm Reading,80401\n", encoding="utf-8")
    centroids = read_centroids(tmp_path / "zips.csv")
    living = read_beneficiaries(tmp_path / "homes.csv", centroids)
    assert living.kind == ("Metro", "Metro")
    found = adequacy(read_providers(tmp_path / "providers.csv", centroids), living, ["Ours"])
    (row,) = found.counties.rows()
    assert (row["county"], row["lost"], row["finding"]) == (
        "Ridge, CO",
        100,
        "below the required share without us",
    )
    kinds = "Large Metro, Metro, Micro, Rural, CEAC, or population and density"
    assert {str(problem) for problem in found.problems} == {
        f"homes.csv:4: county type '' is not known; give one of {kinds}",
        "homes.csv:5: it is not known where ZIP code 99999 is; add it to the centroids",
        "providers.csv:4: no place stands in the row; give latitude and longitude, or a ZIP",
        "providers.csv:5: no provider or no specialty stands in the row; name both",
        "providers.csv: no limit is known for the specialty 'Palm Reading'; " + base_limits().nearest("Palm Reading"),
    }


def test_a_long_reference_file_lies_over_the_base_table(tmp_path: Path) -> None:
    path = tmp_path / "hsd.csv"
    path.write_text(
        "County,State,County Designation,Specialty,Minimum Number,Maximum Time,Maximum Distance\n"
        "Ridge,CO,Metro,Cardiology,4,40,28\nRidge,CO,Metro,Gynecology OB/GYN,2,,\n",
        encoding="utf-8",
    )
    limits = read_reference(path, base_limits())
    over = limits.find("Ridge, CO", "Metro", "Cardiology")
    assert over == Limit("Cardiology", 40, 28, 0.27, "providers", 4, "hsd.csv")
    partly = limits.find("ridge co", "Metro", "Gynecology, OB/GYN")
    assert partly is not None
    assert partly.minimum == 2
    assert "miles and minutes from the base values" in partly.source
    assert limits.find("Elsewhere, CO", "Metro", "Cardiology") == base_limits().find("", "Metro", "Cardiology")


def test_a_wide_reference_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Minimum Provider #s"
    for line in (
        ["Counties of a year"],
        ["County", "ST", "County Designation", "001 - Primary Care", "Cardiology"],
        ["Ridge", "CO", "Rural", 7, 2],
    ):
        first.append(line)
    second = book.create_sheet("Provider Time & Distance")
    for line in (
        ["", "", "", "008 - Cardiology", ""],
        ["County", "ST", "County Designation", "Time", "Distance"],
        ["Ridge", "CO", "Rural", 95, 80],
    ):
        second.append(line)
    book.save(tmp_path / "hsd.xlsx")
    limits = read_reference(tmp_path / "hsd.xlsx", base_limits())
    heart = limits.find("Ridge, CO", "Rural", "Cardiology")
    assert heart == Limit("Cardiology", 95, 80, 0.23, "providers", 2, "hsd.xlsx")
    doctor = limits.find("Ridge, CO", "Rural", "Primary Care")
    assert doctor is not None
    assert (doctor.minimum, doctor.minutes, doctor.miles) == (7, 40, 30)


def test_files_that_are_no_reference_file(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("County,ST\nRidge,CO\n", encoding="utf-8")
    with pytest.raises(ReadError, match="no sheet states minimum, time or distance by county and specialty"):
        read_reference(path, base_limits())
    with pytest.raises(ReadError, match="cannot be read"):
        read_reference(tmp_path / "absent.xlsx", base_limits())


def test_beds_count_only_where_they_are_given(tmp_path: Path) -> None:
    homes = tmp_path / "homes.csv"
    homes.write_text(
        "county,county type,lat,lon,people,base ratio\nRidge,Metro,39.7,-105.2,50000,0.1\n", encoding="utf-8"
    )
    head = "name,specialty,lat,lon,beds,in network\n"
    (tmp_path / "with.csv").write_text(
        head + "Ours,Acute Inpatient Hospitals,39.7,-105.2,40,yes\nOther,Acute Inpatient Hospitals,39.7,-105.2,30,yes\n"
        "Outside,Acute Inpatient Hospitals,39.7,-105.2,900,no\n",
        encoding="utf-8",
    )
    (tmp_path / "without.csv").write_text(
        head + "Ours,Acute Inpatient Hospitals,39.7,-105.2,,\nOther,Acute Inpatient Hospitals,39.7,-105.2,,\n",
        encoding="utf-8",
    )
    (told,) = adequacy(read_providers(tmp_path / "with.csv"), read_beneficiaries(homes), ["Ours"]).counties
    assert (told["required_count"], told["count_before"], told["count_after"], told["shortfall"]) == (61, 70, 30, 31)
    assert told["finding"] == "the required share holds without us; too few without us"
    (unknown,) = adequacy(read_providers(tmp_path / "without.csv"), read_beneficiaries(homes), ["Ours"]).counties
    assert unknown["count_after"] is unknown["shortfall"] is None


def test_a_provider_of_several_places_and_spellings_counts_once(tmp_path: Path) -> None:
    homes, offices = tmp_path / "homes.csv", tmp_path / "offices.csv"
    homes.write_text(
        "county,county type,lat,lon,people,base ratio\nRidge,Metro,39.7,-105.2,500,0.1\n", encoding="utf-8"
    )
    offices.write_text(
        "npi,name,specialty,lat,lon\n1,Ours,Cardiology,39.7,-105.2\n1,Ours,CARDIOLOGY,39.8,-105.2\n2,Other,Cardiology,39.7,-105.2\n",
        encoding="utf-8",
    )
    (row,) = adequacy(read_providers(offices), read_beneficiaries(homes), ["Ours"]).counties
    assert (row["count_before"], row["count_after"]) == (2, 1)
