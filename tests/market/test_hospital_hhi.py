"""Concentration where a hospital's patients live: the published example, to the last digit it gives."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from evenhand.market import Discharges, flags, hospital_hhi
from evenhand.market.guidelines import guideline


def test_published_example(truth: Path) -> None:
    folder = truth / "hhi_km_jc"
    with (folder / "bipartite_example.csv").open(encoding="utf-8") as file:
        counts = [
            (row["zip"], name, float(row[name]))
            for row in csv.DictReader(file)
            for name in row
            if name != "zip" and float(row[name])
        ]
    places, hospitals, cases = zip(*counts, strict=True)
    found = {row["provider"]: row for row in hospital_hhi(Discharges.of(hospitals, {"zip5": places}, cases=cases))}
    with (folder / "expected_computed.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            mine = found[row["hospital"]]
            assert (mine["km"], mine["jc"]) == pytest.approx((float(row["KM"]), float(row["JC"])), abs=1e-9)
    with (folder / "expected_published.csv").open(encoding="utf-8") as file:
        published = {row["hospital"]: (row["KM"], row["JC"]) for row in csv.DictReader(file)}
    assert {name: (f"{row['km']:.0f}", f"{row['jc']:.0f}") for name, row in found.items()} == published


def test_thresholds_are_those_of_their_edition(truth: Path) -> None:
    before, now = guideline("2010"), guideline("2023")
    assert (before.unconcentrated_under, before.concentrated_over, before.change_over) == (1500, 2500, 200)
    assert (now.concentrated_over, now.change_over) == (1800, 100)
    assert (now.merged_share_over, now.share_change_over) == (30, 100)
    assert before.last_day == now.first_day
    assert all(one.source for one in (before, now))


@pytest.mark.parametrize(
    ("index", "change", "share", "presumed"),
    [
        (1860, 734, 0.39, [False, True]),
        (1800, 101, 0.30, [False, False]),
        (1801, 101, 0.10, [False, True]),
        (1200, 101, 0.31, [False, True]),
        (2501, 201, 0.10, [True, True]),
        (2501, 100, 0.50, [False, False]),
    ],
)
def test_flags(index: float, change: float, share: float, presumed: list[bool]) -> None:
    assert [flag.presumed for flag in flags(index, change, share)] == presumed


def test_a_market_without_a_merger_is_only_described() -> None:
    assert [flag.says for flag in flags(1600)] == ["moderately concentrated", "not highly concentrated"]
    assert [flag.presumed for flag in flags(1600)] == [None, None]
