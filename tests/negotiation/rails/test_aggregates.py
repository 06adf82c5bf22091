"""What may leave: the house rule cell by cell, and nothing that totals give away."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.errors import UsageError
from evenhand.negotiation.rails import Cell, refused, released

TODAY = date(2026, 7, 1)
FIVE = dict.fromkeys("abcde", 20.0)


def cell(
    key: tuple[str, ...],
    people: int = 50,
    contributors: dict[str, float] | None = None,
    newest: date = date(2026, 3, 31),
) -> Cell:
    return Cell(key, 100.0, FIVE if contributors is None else contributors, people, newest)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (cell(("x",)), ""),
        (cell(("x",), people=10), "fewer than 11 people"),
        (cell(("x",), contributors=dict.fromkeys("abcd", 25.0)), "fewer than 5 contributors"),
        (cell(("x",), contributors={**FIVE, "e": 0.0}), "fewer than 5 contributors"),
        (cell(("x",), contributors={**FIVE, "a": 27.0}), "one contributor has more than 25%"),
        (cell(("x",), contributors={**FIVE, "f": 20.0, "a": 100 / 3}), ""),
        (cell(("x",), newest=date(2026, 4, 2)), "younger than 3 months"),
        (cell(("x",), newest=date(2026, 4, 1)), ""),
    ],
)
def test_a_cell_by_itself(made: Cell, why: str) -> None:
    assert refused(made, TODAY) == why


def test_a_cell_alone_in_its_line_takes_the_smallest_other_with_it() -> None:
    table = released([cell(("x",), people=4), cell(("y",), people=90), cell(("z",), people=30)], TODAY)
    assert [(one.key, one.value, one.why) for one in table.cells] == [
        (("x",), None, "fewer than 11 people"),
        (("y",), 100.0, ""),
        (("z",), None, "could give another cell away"),
    ]
    assert table.hidden_totals == ()
    assert "no safety zone" in table.note


def test_a_line_of_one_loses_its_total() -> None:
    table = released([cell(("x",), people=4)], TODAY)
    assert (table.cells[0].value, table.hidden_totals) == (None, (("all",),))


def test_hidden_cells_that_are_few_even_together_lose_their_total() -> None:
    table = released([cell(("x",), people=3), cell(("y",), people=4), cell(("z",))], TODAY)
    assert table.hidden_totals == (("all",),)


def test_places_stand_once() -> None:
    with pytest.raises(UsageError, match="stands in it once"):
        released([cell(("x",)), cell(("x",))], TODAY)


def test_no_cells_no_table() -> None:
    assert released([], TODAY).cells == ()


def determined(hidden: list[tuple[str, ...]], lines: list[list[tuple[str, ...]]]) -> set[tuple[str, ...]]:
    """The slow way: Gauss-Jordan in fractions; a row with one entry left gives its cell away."""
    rows = [[Fraction(key in line) for key in hidden] for line in lines]
    at = 0
    for column in range(len(hidden)):
        pivot = next((r for r in range(at, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][column] for value in rows[at]]
        for r in range(len(rows)):
            if r != at and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[at], strict=True)]
        at += 1
    return {hidden[row.index(Fraction(1))] for row in rows if sum(value != 0 for value in row) == 1}


@given(
    st.integers(1, 5).flatmap(
        lambda wide: st.lists(st.lists(st.integers(0, 40), min_size=wide, max_size=wide), min_size=1, max_size=5)
    )
)
@settings(max_examples=200, deadline=None)
def test_nothing_hidden_can_be_had_from_the_totals(people: list[list[int]]) -> None:
    cells = [cell((f"r{i}", f"c{j}"), people=n) for i, row in enumerate(people) for j, n in enumerate(row)]
    table = released(cells, TODAY)
    hidden = [one.key for one in table.cells if one.value is None]
    lines = {("all", f"c{j}"): [k for k in hidden if k[1] == f"c{j}"] for j in range(len(people[0]))}
    lines |= {(f"r{i}", "all"): [k for k in hidden if k[0] == f"r{i}"] for i in range(len(people))}
    shown = [keys for place, keys in lines.items() if place not in table.hidden_totals]
    assert determined(hidden, shown) == set()
    small = {one.key for one in cells if one.people < 11}
    assert small <= set(hidden)
    if not small:
        assert hidden == []
