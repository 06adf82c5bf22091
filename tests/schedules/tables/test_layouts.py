"""Every kind of table, in the layouts and formats it is published in, is read to the same rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from evenhand.errors import Log
from evenhand.schedules.tables.catalogue import KINDS
from evenhand.schedules.tables.reading import PublishedTable

Reader = Callable[..., tuple[list[PublishedTable], Log]]


@pytest.mark.parametrize("form", ["csv", "tab", "utf16", "xlsx"])
def test_every_format_gives_the_same_rows(sample: Any, form: str, read: Reader) -> None:
    (plain,), _ = read(*sample.csv())
    found, log = read(*getattr(sample, form)())
    assert [str(problem) for problem in log.problems] == []
    assert [table.kind.name for table in found] == [sample.kind]
    assert found[0].period == plain.period
    assert found[0].table.to_pylist() == plain.table.to_pylist()


def test_every_kind_with_headings_has_a_sample(samples: ModuleType) -> None:
    elsewhere = {"opps-status", "opps-ranks", "opps-complexity", "opps-composites", "opps-offsets"}  # real files only
    assert {kind.name for kind in KINDS} - {one.kind for one in samples.ALL.values()} == elsewhere


def test_a_whole_release_has_more_rows_than_a_sample(sample: Any, read: Reader) -> None:
    (table,), _ = read(*sample.csv())
    found, log = read(*sample.csv(), part=False)
    assert (found == []) == (table.table.num_rows < table.kind.fewest)
    assert all("a whole release has at least" in str(problem) for problem in log.problems)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("RVU", date(2025, 10, 1), date(2025, 12, 31)),
        ("ADDENDUM_B", date(2025, 1, 1), date(2025, 12, 31)),
        ("ADDENDUM_B_WEB", date(2025, 4, 1), date(2025, 6, 30)),
        ("ADDENDUM_AA", date(2025, 10, 1), date(2025, 12, 31)),
        ("ADDENDUM_AA_RULE", date(2025, 1, 1), date(2025, 12, 31)),
        ("ADDENDUM_EE", date(2025, 10, 1), date(2025, 12, 31)),
        ("WAGES_24", date(2024, 1, 1), date(2024, 12, 31)),
        ("CLFS", date(2025, 4, 1), date(2025, 6, 30)),
        ("ASP", date(2025, 1, 1), date(2025, 3, 31)),
        ("DMEPOS", date(2025, 1, 1), date(2025, 3, 31)),
        ("TABLE_5", date(2025, 10, 1), date(2026, 9, 30)),
        ("IPPS_RATES", date(2025, 10, 1), date(2026, 9, 30)),
        ("OWN", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_days(name: str, first: date, last: date, samples: ModuleType, read: Reader) -> None:
    (table,), _ = read(*samples.ALL[name].csv())
    assert (table.period.start, table.period.last) == (first, last)


def test_the_column_put_in_for_2026_moves_nothing(samples: ModuleType, read: Reader) -> None:
    (before,), _ = read(*samples.RVU.csv())
    (after,), _ = read(*samples.RVU_2026.csv())
    assert before.table.to_pylist() == after.table.to_pylist()


def test_columns_of_states_become_rows(samples: ModuleType, read: Reader) -> None:
    (table,), _ = read(*samples.DMEPOS.csv())
    rows = [row for row in table.table.to_pylist() if row["code"] == "E0101"]
    told = [(row["state"], row["area"], str(row["rate"].normalize())) for row in rows]
    assert told[:3] == [("AL", "NR", "101.5"), ("AL", "R", "111.25"), ("AR", "NR", "101.5")]
    zeros = [row for row in table.table.to_pylist() if row["code"] == "E0100" and row["area"] == "R"]
    assert zeros == [], "nought is no amount"


def test_a_column_that_is_missing_is_unknown_and_not_no(samples: ModuleType, read: Reader) -> None:
    (table,), _ = read(*samples.IPPS_RATES.csv())
    assert set(table.table["quality"].to_pylist()) == {None}


def test_the_capped_weight_is_the_weight(samples: ModuleType, read: Reader) -> None:
    (table,), _ = read(*samples.TABLE_5.csv())
    assert str(table.table["weight"][0].as_py().normalize()) == "1.1"


def test_own_headings_beside_others_are_no_schedule_of_ones_own(samples: ModuleType, read: Reader) -> None:
    found, log = read(*samples.OWN.with_column(3, ["Region"], "1").csv())
    assert (found, log.problems) == ([], [])


def test_a_fixed_fee_of_ones_own_needs_no_decimals(samples: ModuleType, read: Reader) -> None:
    (table,), _ = read(*samples.OWN.csv())
    assert str(table.table["rate"][0].as_py().normalize()) == "1E+3"


def test_a_missing_title_leaves_addenda_unknown(samples: ModuleType, read: Reader) -> None:
    untitled = replace(samples.ADDENDUM_B, head=samples.ADDENDUM_B.head[1:], file="b2025")
    assert read(*untitled.csv())[0] == []
