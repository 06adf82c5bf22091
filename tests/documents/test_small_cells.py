"""Small counts: gathered, and not to be had by subtraction."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from evenhand.documents.small_cells import gathered

D = Decimal


def rows(*counts: int) -> list[dict[str, Any]]:
    return [{"code": f"C{place}", "claims": count, "dollars": D(count)} for place, count in enumerate(counts)]


def gather(*counts: int, fewest: int = 11) -> list[Any]:
    return [
        dict(row) for row in gathered(rows(*counts), "claims", fewest=fewest, name=("code", "code"), sums=("dollars",))
    ]


def test_few_are_added_up_in_one_row() -> None:
    assert gather(50, 6, 7)[1:] == [{"code": "2 codes, some with fewer than 11 claims", "dollars": D(13)}]


def test_a_lone_small_row_takes_one_that_matters_least_with_it() -> None:
    assert gather(50, 20, 3) == [
        {"code": "C0", "claims": 50, "dollars": D(50)},
        {"code": "2 codes, some with fewer than 11 claims", "dollars": D(23)},
    ]


def test_what_is_too_few_even_together_stays_empty() -> None:
    assert gather(3, 2) == [{"code": "2 codes, some with fewer than 11 claims"}]


def test_nothing_small_changes_nothing() -> None:
    assert gather(50, 11) == rows(50, 11)
    assert gather(3, 1, fewest=0) == rows(3, 1)


@given(st.lists(st.integers(1, 40), max_size=12))
def test_dollars_are_kept_or_empty(counts: list[int]) -> None:
    found = gather(*counts)
    shown = sum((row["dollars"] for row in found if "dollars" in row), D(0))
    assert shown == sum(counts) or (sum(counts) < 11 and shown == 0)
    assert all(row["claims"] >= 11 for row in found if "claims" in row)
