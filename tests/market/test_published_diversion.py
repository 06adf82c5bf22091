"""Cells, willingness to pay, diversion, shares: equal to the figures of healthcare.antitrust, all its definitions."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from evenhand.market import (
    Cells,
    Definition,
    Discharges,
    assign,
    concentration,
    diversion,
    implied_shares,
    read_discharges,
    willingness_to_pay,
)
from evenhand.market.willingness import merger

DEFINITIONS = {
    "th15_1layer": Definition.read("drg+age+zip5", 15),
    "th25_1layer": Definition.read("drg+age+zip5", 25),
    "th25_3layer": Definition.read("drg+age+zip5, drg+age+zip3, zip3", 25),
}
CELLS = {"th15_1layer": (40, 1116), "th25_1layer": (28, 886), "th25_3layer": (33, 1200)}


@pytest.fixture(scope="module")
def discharges(truth: Path) -> Discharges:
    return read_discharges(truth / "healthcare_antitrust" / "discharge_data_cran014.csv")


@pytest.fixture(scope="module", params=sorted(DEFINITIONS))
def defined(request: pytest.FixtureRequest, discharges: Discharges) -> tuple[str, Discharges, Cells]:
    return request.param, discharges, assign(discharges, DEFINITIONS[request.param])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def value(text: str) -> float:
    return math.nan if text.strip() == "NA" else float(text)


def test_cells(defined: tuple[str, Discharges, Cells], truth: Path) -> None:
    name, found, cells = defined
    assert (len(cells), cells.patients) == CELLS[name]
    assert cells.patients + cells.outside == found.patients == 1200
    listed = rows(truth / "healthcare_antitrust" / f"assigned_{name}.csv")
    published = sorted(np.unique([int(row["cell"]) for row in listed], return_counts=True)[1])
    assert sorted(cells.size) == published


def test_willingness_to_pay(defined: tuple[str, Discharges, Cells], truth: Path) -> None:
    name, found, cells = defined
    worth = willingness_to_pay(found, cells)
    by_name = dict(zip(worth.systems, zip(worth.value, worth.patients, strict=True), strict=True))
    for kind in ("wtp", "wtp_keepdegen"):
        for row in rows(truth / "healthcare_antitrust" / f"{kind}_{name}_cran014.csv"):
            mine = by_name[f"System {row['sys_id']}"]
            assert mine[0] == pytest.approx(float(row["WTP_s"]), abs=1e-9)
            assert mine[1] == float(row["N_s"])
    assert not worth.captive.any()


@pytest.mark.parametrize(
    ("name", "others", "percent"),
    [
        ("th15_1layer", "5", 6.252032641071),
        ("th15_1layer", "8", 29.084066783905),
        ("th25_1layer", "5", 7.043813934312),
        ("th25_1layer", "8", 30.797375288561),
        ("th25_3layer", "5", 6.857682437832),
        ("th25_3layer", "8", 29.617247984975),
    ],
)
def test_joint_leverage(discharges: Discharges, name: str, others: str, percent: float) -> None:
    worth = willingness_to_pay(discharges, assign(discharges, DEFINITIONS[name]))
    change = merger(discharges, worth, ["System 1", f"System {others}"]).change
    assert change is not None
    assert change * 100 == pytest.approx(percent, abs=1e-9)


def test_provider_diversion(defined: tuple[str, Discharges, Cells], truth: Path) -> None:
    name, found, cells = defined
    moved = diversion(found, cells)
    number = {provider: place for place, provider in enumerate(moved.providers)}
    for row in rows(truth / "healthcare_antitrust" / f"div_provider_{name}_focalall_unrounded.csv"):
        to = number[row["hospital"]]
        assert moved.patients[to] == float(row["N_h"])
        for focal in range(1, 9):
            published = value(row[f"div_from_{focal}"])
            assert moved.share[number[f"Hospital {focal}"], to] == pytest.approx(published, abs=1e-9, nan_ok=True)


def test_system_diversion(defined: tuple[str, Discharges, Cells], truth: Path) -> None:
    name, found, cells = defined
    moved = diversion(found, cells)
    number = {provider: place for place, provider in enumerate(moved.providers)}
    for row in rows(truth / "healthcare_antitrust" / f"div_system_{name}_focalall_unrounded.csv"):
        for focal in (1, 3, 5, 6, 7, 8):
            shares = moved.of_system(found.system(f"System {focal}"))
            published = value(row[f"div_from_sys_{focal}"])
            assert shares[number[row["hospital"]]] == pytest.approx(published, abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("level", ["provider", "system"])
def test_the_rounded_tables_are_ours_rounded(defined: tuple[str, Discharges, Cells], truth: Path, level: str) -> None:
    """The package rounds to three digits and then adds up rounded figures; ours agree to what is left of them."""
    name, found, cells = defined
    moved = diversion(found, cells)
    number = {provider: place for place, provider in enumerate(moved.providers)}
    checked = 0
    for file in sorted((truth / "healthcare_antitrust").glob(f"div_{level}_{name}_focal*_cran014.csv")):
        for row in rows(file):
            for column, text in row.items():
                if column.startswith("div_from"):
                    focal = column.rsplit("_", 1)[1]
                    shares = (
                        moved.share[number[f"Hospital {focal}"]]
                        if level == "provider"
                        else moved.of_system(found.system(f"System {focal}"))
                    )
                    assert shares[number[row["hospital"]]] == pytest.approx(value(text), abs=1.01e-3, nan_ok=True)
                    checked += 1
    assert checked > 50


def test_shares_and_index(discharges: Discharges) -> None:
    market = concentration(discharges)
    shares = dict(zip(market.systems, market.share * 100, strict=True))
    expected = {"1": 188, "3": 135, "5": 281, "6": 198, "7": 107, "8": 291}
    assert shares == pytest.approx({f"System {name}": number / 12 for name, number in expected.items()}, abs=1e-9)
    assert market.index == pytest.approx(1860.1666667, abs=1e-6)
    for other, change in (("5", 733.722), ("8", 759.833)):
        merged = concentration(discharges, ["System 1", f"System {other}"])
        assert merged.change == pytest.approx(change, abs=1e-3)


def test_implied_shares(discharges: Discharges, truth: Path) -> None:
    """The published shares start from the package's diversion, which is rounded; so does this."""
    folder = truth / "healthcare_antitrust"
    rounded = {row["hosp_id"]: row for row in rows(folder / "div_provider_th25_3layer_focal1_8_cran014.csv")}
    published = rows(folder / "implied_shares_th25_3layer_focal1_8.csv")
    away = [value(rounded[row["hosp_id"]]["div_from_1"]) for row in published]
    back = [value(rounded["1"]["div_from_8"]) if row["hosp_id"] == "8" else math.nan for row in published]
    found = implied_shares([float(row["N_h"]) for row in published], away, 0, back, [2])
    assert found.size == pytest.approx(1307.28696067596, abs=1e-5)  # the package's search stops there
    assert found.share == pytest.approx([float(row["s_implied"]) for row in published], abs=1e-9)
    assert found.weight == pytest.approx([float(row["weight"]) for row in published], abs=1e-7)
    assert found.outside == (2, 4)
