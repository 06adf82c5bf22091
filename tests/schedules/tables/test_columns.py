"""Columns exchanged under their headings, lost, doubled or misspelt; rows that do not fit; days that contradict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

from evenhand.errors import Log
from evenhand.schedules.tables.catalogue import BY_NAME
from evenhand.schedules.tables.headings import find_heading
from evenhand.schedules.tables.reading import PublishedTable
from evenhand.sheets import Row

Reader = Callable[..., tuple[list[PublishedTable], Log]]

#: Columns whose cells are alike, so that nothing tells when they were exchanged.
ALIKE: dict[str, set[frozenset[str]]] = {
    "pfs-rvu": {
        frozenset(pair)
        for pair in (
            ("assistant", "co_surgeon"), ("assistant", "team"), ("co_surgeon", "team"), ("na_office", "na_facility"),
            ("pctc", "multiple"),
        )
    },
    "pfs-counties": {frozenset(pair) for pair in combinations(("state", "name", "counties"), 2)},
    "opps-outmigration": {frozenset(("cbsa", "county"))},
    "own-settings": {frozenset(("office", "facility"))},
}  # fmt: skip


def _places(sample: Any) -> dict[str, int]:
    rows = [Row(at, cells) for at, cells in enumerate(sample.all)]
    return dict(find_heading(rows, [BY_NAME[sample.kind]])[0].columns)


def _exchanged(sample: Any, one: int, other: int) -> Any:
    def turned(row: list[str]) -> list[str]:
        full = row + [""] * (max(one, other) + 1 - len(row))
        full[one], full[other] = full[other], full[one]
        return full

    return replace(sample, rows=[turned(row) for row in sample.rows])


def test_columns_exchanged_under_their_headings(sample: Any, read: Reader) -> None:
    (plain,), _ = read(*sample.csv())
    unnoticed = set()
    for (first, one), (second, other) in combinations(_places(sample).items(), 2):
        found, _ = read(*_exchanged(sample, one, other).csv())
        if found and found[0].table.to_pylist() != plain.table.to_pylist():
            unnoticed.add(frozenset((first, second)))
    assert unnoticed == ALIKE.get(sample.kind, set())


def test_a_column_that_is_needed_is_lost(sample: Any, read: Reader) -> None:
    kind = BY_NAME[sample.kind]
    for name, at in _places(sample).items():
        without = [[*row[:at], *row[at + 1 :]] for row in sample.all]
        lost = replace(sample, head=without[: len(sample.head)], rows=without[len(sample.head) :])
        found, _ = read(*lost.csv())
        if name in kind.needed:
            assert found == [], name
        elif found:
            assert set(found[0].table[name].to_pylist()) == {None}


def test_the_cells_of_a_column_are_lost(sample: Any, read: Reader) -> None:
    (plain,), _ = read(*sample.csv())
    width = len(sample.all[0])
    for at in _places(sample).values():
        full = [row + [""] * (width - len(row)) for row in sample.rows]
        lines = [",".join(f'"{cell}"' for cell in [*row[:at], *row[at + 1 :]]) for row in full]
        head = replace(sample, rows=[]).text()
        found, _ = read(f"{sample.file}.csv", head + "\r\n".join(lines) + "\r\n")
        assert found == [] or found[0].table.to_pylist() == plain.table.to_pylist()


def test_a_heading_twice(sample: Any, read: Reader) -> None:
    for name, at in _places(sample).items():
        twice = sample.with_column(at, [(row + [""] * (at + 1))[at] for row in sample.all[: len(sample.head)]], "")
        found, log = read(*twice.csv())
        assert found == [], name
        assert log.failed or sample.kind.startswith("own"), name
