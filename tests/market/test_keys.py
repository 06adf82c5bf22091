"""Numbers for text, whatever the span: small ones counted by place, large ones sorted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.market.keys import Codes, combined, dense, encoded, pair_sums, sums_at

SPANS = [100, 10**12]
KEYS = st.lists(st.integers(0, 99), max_size=40)


@pytest.mark.parametrize("span", SPANS)
@given(keys=KEYS)
def test_numbers_without_gaps_in_order(span: int, keys: list[int]) -> None:
    numbers, count = dense(np.array(keys, dtype=np.int64), span)
    ordered = sorted(set(keys))
    assert numbers.tolist() == [ordered.index(key) for key in keys]
    assert count == len(ordered)


@pytest.mark.parametrize("width", [100, 10**9])
@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 99)), max_size=30))
def test_sums_over_pairs(width: int, pairs: list[tuple[int, int]]) -> None:
    first, second = (np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1))
    found = pair_sums(first, second, width, np.ones(len(pairs)))
    listed = list(zip(found.first.tolist(), found.second.tolist(), found.sums.tolist(), strict=True))
    assert listed == [(*pair, pairs.count(pair)) for pair in sorted(set(pairs))]


@pytest.mark.parametrize("span", SPANS)
@given(keys=KEYS)
def test_sums_back_at_each_row(span: int, keys: list[int]) -> None:
    found = sums_at(np.array(keys, dtype=np.int64), span, np.ones(len(keys)))
    assert found.tolist() == [keys.count(key) for key in keys]


def test_many_levels_in_several_columns() -> None:
    """Three columns of 3,000 levels span far more than there are places to count in."""
    codes = np.arange(3000, dtype=np.int64)
    column = Codes(codes, tuple(map(str, codes)))
    keys, count = combined([column, column, column], codes)
    assert (keys.tolist(), count) == (codes.tolist(), 3000)


def test_blanks_hold_nothing() -> None:
    found = encoded([" A", "A", "", None, "B "])
    assert (found.codes.tolist(), found.levels) == ([0, 0, -1, -1, 1], ("A", "B"))
