"""The tail: what is cut, and what is put back."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.negotiation.worth import excess_draws, excess_of, tail_of


def test_cap_and_excess_by_hand() -> None:
    """99 patients of $100 and one of $10,100 in the base; the cap is p99 by linear interpolation, $200."""
    base = np.array([100.0] * 99 + [10_100.0])
    own = np.array([100.0] * 9 + [10_100.0])

    tail = tail_of(own, base)

    assert tail.cap == pytest.approx(200.0)
    assert tail.kept.tolist() == pytest.approx([1.0] * 9 + [200 / 10_100])
    assert tail.own_excess == pytest.approx(990.0)
    assert (tail.capped, tail.base) == (1, 100)
    assert tail.pooled_excess == pytest.approx(tail.credibility * 990 + (1 - tail.credibility) * 99)


def test_excess_is_paid_at_the_share_of_charges_of_each_column() -> None:
    charges = np.array([100.0] * 9 + [10_100.0])
    tail = tail_of(charges, charges)
    amounts = np.stack([0.5 * charges, 0.6 * charges], axis=1)

    put_back = excess_of(tail, charges, amounts)

    assert put_back.tolist() == pytest.approx([0.5 * tail.pooled_excess, 0.6 * tail.pooled_excess])


def test_where_one_s_own_is_the_whole_book_nothing_is_lost() -> None:
    charges = np.random.default_rng(4).lognormal(5.0, 2.0, 3_000)
    tail = tail_of(charges, charges)
    amounts = 0.4 * charges[:, None]

    total = (amounts[:, 0] * tail.kept).sum() + excess_of(tail, charges, amounts)[0] * len(charges)

    assert total == pytest.approx(amounts.sum())


def test_nothing_above_the_cap_is_certain() -> None:
    tail = tail_of(np.full(50, 100.0), np.full(500, 100.0))
    assert (excess_draws(tail, np.random.default_rng(1), 5) == 1.0).all()
    assert excess_of(tail, np.full(50, 100.0), np.full((50, 1), 60.0)).tolist() == [0.0]


def test_a_base_without_charges_cuts_nothing() -> None:
    tail = tail_of(np.full(20, 100.0), np.zeros(20))
    assert (tail.kept.min(), tail.capped, tail.pooled_excess) == (1.0, 0, 0.0)
