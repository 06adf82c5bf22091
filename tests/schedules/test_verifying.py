"""What is computed, held against what publishers print; and that a row that differs is told."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from evenhand.cli.main import cli
from evenhand.errors import ReadError
from evenhand.schedules import Library, Match, inpatient_claims, verify

FACTS = Path(__file__).parent / "ipps" / "facts"
FY2021 = Path(__file__).resolve().parents[2] / "../shared/data/medicare/ipps_fy2021"
HandLibrary = Callable[..., Library]


def _numbers(**values: str) -> dict[str, object]:
    return {name: Decimal(value) for name, value in values.items()}


def _surgery_centre(hand_library: HandLibrary, year: int, rates: list[tuple[str, str]]) -> list[Match]:
    rows = [{"code": f"1000{at}", "indicator": "G2", **_numbers(weight=w, rate=r)} for at, (w, r) in enumerate(rates)]
    library = hand_library("asc-procedures", date(year, 1, 1), date(year, 3, 31), rows)
    return list(verify(library))


#: Products with 56.322, to cents: the least is 0.9405774.
RATES_2026 = [
    ("0.0167", "0.94"),
    ("10", "563.22"),
    ("20", "1126.44"),
    ("30", "1689.66"),
    ("50", "2816.10"),
    ("100", "5632.20"),
]


def test_the_facts_that_come_with_the_package(facts: Library) -> None:
    """All 109 localities of July 2025, both settings; of the other schedules every row there is."""
    matches = {(one.release.split("-20")[0], one.truth): one for one in verify(facts)}
    assert matches["pfs-amounts", "published amounts, both settings"].matched == 109
    assert {kind for kind, _ in matches} >= {"pfs-rvu", "opps-rates", "asc-procedures", "asc-ancillaries", "clfs-rates"}
    assert all(one.rows == one.matched > 0 for one in matches.values())


def test_small_weights_do_not_tell_a_factor(hand_library: HandLibrary) -> None:
    """Rates of weights below 10 are held against the factor of the year, and no factor is read off them."""
    (weights,) = _surgery_centre(hand_library, 2026, [(f"0.0{at}67", f"{at}.{at}4") for at in range(1, 7)])
    assert weights.truth == "weights × 56.322"


@pytest.fixture(scope="module")
def matches(published: Library) -> list[Match]:
    """All that the whole releases allow."""
    return list(verify(published))


def test_every_published_amount(matches: list[Match]) -> None:
    """Every row of every release at hand, by kind: rows, equal, not computable."""
    found: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for one in matches:
        kind = one.release.split("-20")[0]
        found.setdefault((kind, one.truth), []).append((one.rows, one.matched, one.left_out))
    assert found["pfs-amounts", "published amounts, both settings"] == [(109, 109, 0)]
    assert found["pfs-oppscap", "published caps"] == [(6670, 6670, 9430)]
    assert found["opps-rates", "weights × 89.169"] == [(5975, 5975, 0)]
    assert found["opps-apc", "weights × 89.169"] == [(258, 258, 0)]
    assert found["opps-rates", "least copayments, 20 % of the rate"] == [(6581, 6580, 55)]
    assert found["opps-apc", "least copayments, 20 % of the rate"] == [(956, 956, 16)]
    assert found["asc-procedures", "weights × 53.514"] == [(3294, 3294, 0)]
    assert found["asc-procedures", "weights × 54.895"] == [(3334, 3334, 0), (3347, 3347, 0)]
    assert found["clfs-rates", "printed rates"] == [(2039, 2039, 66)]
    factors = [each for (_, truth), rows in found.items() if "factor" in truth or "the one" in truth for each in rows]
    assert factors
    assert set(factors) == {(1, 1, 0)}


def test_the_one_row_that_differs_is_told(matches: list[Match]) -> None:
    """20 % of 10,411.22 is 2,082.244: all other copayments are rounded up, that of an inpatient code is not."""
    assert [miss for one in matches for miss in one.misses] == ["50600, status C: 2082.25 computed, 2082.24 published"]


def test_a_cent_is_a_miss(hand_library: HandLibrary) -> None:
    """A publisher's own cent is not hidden: one of six rates is 1,689.65 where the product is 1,689.66."""
    rates = [(w, "1689.65" if w == "30" else r) for w, r in RATES_2026]
    weights, factor = _surgery_centre(hand_library, 2026, rates)
    assert (weights.truth, weights.rows, weights.matched) == ("weights × 56.322", 6, 5)
    assert weights.misses == ("10003: 1689.66 computed, 1689.65 published",)
    assert (factor.rows, factor.matched) == (1, 1)


def test_a_factor_other_than_ours_is_a_miss(hand_library: HandLibrary) -> None:
    """Rates of 2025 made with the factor of 2026: no row is equal, nor is the factor."""
    weights, factor = _surgery_centre(hand_library, 2025, RATES_2026)
    assert (weights.rows, weights.matched) == (6, 0)
    assert factor.misses == ("factor of 2025 (verified): 54.895 computed, 56.322 published",)


def test_a_year_without_a_factor_says_so(hand_library: HandLibrary) -> None:
    """Where none is known the rates are held against each other."""
    (weights,) = _surgery_centre(hand_library, 2031, RATES_2026)
    assert weights.truth == "weights × 56.322, the factor most of them imply"
    assert weights.matched == weights.rows == 6


def test_copayments_are_rounded_up(hand_library: HandLibrary) -> None:
    """A fifth of 161.01 is 32.202, and 32.21 is asked; a preventive service has none, and is not counted."""
    rows = [
        {"code": "10000", "status": "T", **_numbers(rate="161.01", least_copay="32.21")},
        {"code": "10001", "status": "T", **_numbers(rate="161.01", least_copay="32.20")},
        {"code": "10002", "status": "S", **_numbers(rate="161.01", least_copay="0")},
    ]
    library = hand_library("opps-rates", date(2025, 1, 1), date(2025, 12, 31), rows)
    (copayments,) = verify(library)
    assert (copayments.rows, copayments.matched, copayments.left_out) == (2, 1, 1)
    assert copayments.misses == ("10001, status T: 32.21 computed, 32.20 published",)


@pytest.fixture
def stays(tmp_path: Path) -> Path:
    """The stays of our facts with what each is paid, each with its hospital's own columns."""
    hospitals = {row["provider"]: row for row in _rows(FACTS / "hospitals.csv")}
    rows = [hospitals[row["provider"]] | row for row in _rows(FACTS / "claims.csv")]
    return _written(tmp_path / "stays.csv", rows)


def test_stays_of_our_facts(stays: Path) -> None:
    """Without the pricer's names, ours are the truth: 60 stays, components and totals."""
    matches = list(inpatient_claims(stays, FACTS / "drgs.csv", 2021))
    assert {one.truth for one in matches} >= {"CMS's pricer, totals", "CMS's pricer, capital outlier"}
    assert {(one.rows, one.matched) for one in matches} == {(60, 60)}


def test_a_stay_paid_otherwise_is_told(stays: Path) -> None:
    """A cent more on one total is one miss of that row, and of no other."""
    rows = _rows(stays)
    rows[7]["total_amount"] = f"{Decimal(rows[7]['total_amount']) + Decimal('0.01'):f}"
    matches = {one.truth: one for one in inpatient_claims(_written(stays, rows), FACTS / "drgs.csv", 2021)}
    assert matches["CMS's pricer, totals"].matched == 59
    (miss,) = matches["CMS's pricer, totals"].misses
    assert f"{rows[7]['total_amount']} published" in miss
    assert all(one.matched == 60 for truth, one in matches.items() if "totals" not in truth)


def test_stays_without_amounts(stays: Path) -> None:
    """A table without what the pricer paid is refused."""
    bare = [{name: text for name, text in row.items() if not name.endswith("_amount")} for row in _rows(stays)]
    with pytest.raises(ReadError, match="no column of amounts CMS's pricer paid"):
        list(inpatient_claims(_written(stays, bare), FACTS / "drgs.csv", 2021))


@pytest.mark.skipif(not FY2021.is_dir(), reason="the shared Medicare files are not beside the project")
def test_the_claims_cms_priced() -> None:
    """3,000 totals and all eight components of each."""
    matches = list(inpatient_claims(FY2021 / "truth_3000.csv", FY2021 / "ms_drg_weights.csv", 2021))
    assert len(matches) == 9
    assert {(one.rows, one.matched, one.left_out) for one in matches} == {(3000, 3000, 0)}


def test_the_command_shows_stays_beside_schedules(facts: Library, stays: Path) -> None:
    """One table of both; a share of the options is refused."""
    args = ["schedules", "verify", "--claims", str(stays), "--library", str(facts.path)]
    whole = CliRunner().invoke(cli, [*args, "--drgs", str(FACTS / "drgs.csv"), "--year", "2021"])
    assert whole.exit_code == 0, whole.output
    assert "published amounts, both settings" in whole.output
    assert "Inpatient stays" in whole.output
    part = CliRunner().invoke(cli, args)
    assert part.exit_code != 0
    assert "--claims, --drgs and --year go together" in str(part.output) + str(part.exception)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _written(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path
