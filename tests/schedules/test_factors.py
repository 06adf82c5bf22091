"""Conversion factors: which holds when, and that published tables are made with them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from evenhand.errors import Log
from evenhand.schedules.factors import factor, factors
from evenhand.schedules.tables.agreement import factor_of
from evenhand.schedules.tables.reading import read_published

MEDICARE = Path(__file__).resolve().parents[2] / "../shared/data/medicare"


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("pfs", date(2024, 3, 8), "32.7442"),
        ("pfs", date(2024, 3, 9), "33.2875"),
        ("pfs", date(2026, 7, 1), "33.4009"),
        ("pfs-qp", date(2026, 7, 1), "33.5675"),
        ("anesthesia", date(2025, 12, 31), "20.3178"),
        ("opps", date(2025, 1, 1), "89.169"),
        ("asc", date(2024, 12, 31), "53.514"),
    ],
)
def test_factor_by_day(name: str, day: date, value: str) -> None:
    found = factor(name, day)
    assert found is not None
    assert found.value == Decimal(value)


def test_where_none_is_known_there_is_none() -> None:
    assert factor("pfs", date(2018, 12, 31)) is None
    assert factor("pfs-qp", date(2025, 12, 31)) is None
    assert factor("gold", date(2025, 1, 1)) is None


def test_what_nobody_has_confirmed_says_so() -> None:
    found = factor("opps", date(2026, 1, 1))
    assert found is not None
    assert found.sure == "unconfirmed"


def test_no_two_factors_of_a_name_hold_on_one_day() -> None:
    by_name = defaultdict(list)
    for one in factors():
        by_name[one.name].append(one.period)
    for periods in by_name.values():
        ordered = sorted(periods, key=lambda period: period.start)
        assert all(a.last is not None and a.last < b.start for a, b in pairwise(ordered))


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("asc/2024/20241001/AA.csv", "asc"),
        ("asc/2025/20250101/AA.csv", "asc"),
        ("opps2025/2025_NFRM_Addendum_B.11122024.txt", "opps"),
    ],
)
def test_published_rates_are_made_with_them(file: str, name: str) -> None:
    path = MEDICARE / file
    if not path.is_file():
        pytest.skip("no files of CMS beside the repository (shared/data/medicare)")
    (table,) = read_published(file, path.read_bytes(), Log(file))
    rows = table.table.select(["weight", "rate"]).to_pylist()
    found = factor(name, table.period.start)
    assert found is not None
    assert factor_of([(row["weight"], row["rate"]) for row in rows if row["weight"] and row["rate"]]) == found.value
