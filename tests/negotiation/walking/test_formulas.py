"""The walk-away: the formulas by hand, against a slow oracle, and monotone where they must be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.negotiation.walking import values

#: 10,000 units at 120 that cost 70: a margin of 500,000. Half stays at 90 (100,000), a quarter of the rest is filled
#: at 100 (37,500), the break costs 40,000
#: and a third of 30,000 a year: 87,500 without. Burn: 412,500 a year, 34,375 a month.
TOY: Mapping[str, float] = {
    "units": 10_000,
    "price": 120,
    "cost": 70,
    "retained": 0.5,
    "oon_price": 90,
    "oon_collected": 1,
    "refilled": 0.25,
    "refill_price": 100,
    "spill_over": 40_000,
    "transition": 30_000,
    "elsewhere_price": 130,
    "members_lost": 0.02,
    "members": 20_000,
    "member_margin": 150,
    "adequacy": 40_000,
    "ask": 15,
    "years": 3,
    "gain_kept": 0.9,
    "cash_days": 200,
    "daily_cost": 11_000,
}


def test_the_toy_comes_out_exactly() -> None:
    found = values(TOY)
    assert found.margin == 500_000
    assert found.without == 87_500
    assert found.burn == 34_375
    assert found.gain == pytest.approx(405_000, abs=1e-6)
    assert round(found.break_even_months, 1) == 11.8
    assert found.runway_months == 64  # 2,200,000 / 34,375


def test_both_walk_away_prices_by_hand() -> None:
    found = values(TOY)
    assert found.ours_min == 70 + 8.75
    # 0.5 × 90 + 0.5 × 130 + 0.02 × 20,000 × 150 / 10,000 + 40,000 / 10,000
    assert found.theirs_max == 45 + 65 + 6 + 4
    assert found.zone == 120 - 78.75
    assert found.leverage == 0  # today's price is already all the payer would pay
    assert values({**TOY, "price": 99.375}).leverage == pytest.approx(0.5)


def test_retention_that_breaks_even_breaks_even() -> None:
    needed = values({**TOY, "oon_price": 200}).break_even_retention
    assert 0 < needed < 1
    assert values({**TOY, "oon_price": 200, "retained": needed}).burn == pytest.approx(0, abs=1e-6)


def test_where_nothing_burns_nothing_runs_out() -> None:
    found = values({**TOY, "retained": 1, "oon_price": 300})
    assert found.burn < 0
    assert (found.break_even_months, found.runway_months) == (math.inf, math.inf)


def test_figures_that_do_not_exist_are_no_numbers() -> None:
    even = {**TOY, "oon_price": 95, "refilled": 1, "refill_price": 95}
    assert math.isnan(values(even).break_even_retention)  # what stays and what is refilled bring the same


def oracle(given: Mapping[str, float]) -> dict[str, Fraction]:
    """The same, patient by patient as it were: exact fractions, each stream of money by itself."""
    g = {name: Fraction(value) for name, value in given.items()}
    stay = g["units"] * g["retained"]
    gone = g["units"] - stay
    new = gone * g["refilled"]
    income = stay * g["oon_price"] * g["oon_collected"] + new * g["refill_price"]
    without = income - (stay + new) * g["cost"] - g["spill_over"] - g["transition"] / g["years"]
    paid_without = stay * g["oon_price"] + gone * g["elsewhere_price"]
    harm = g["members_lost"] * g["members"] * g["member_margin"] + g["adequacy"]
    ours = (without + g["units"] * g["cost"]) / g["units"]
    theirs = (paid_without + harm) / g["units"]
    burn = (g["units"] * (g["price"] - g["cost"]) - without) / 12
    return {"without": without, "ours_min": ours, "theirs_max": theirs, "zone": theirs - ours, "burn": burn}


def amounts(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


GIVEN = st.fixed_dictionaries(
    {
        "units": amounts(1, 1e6),
        "price": amounts(1, 1e5),
        "cost": amounts(0, 1e5),
        "retained": amounts(0, 1),
        "oon_price": amounts(0, 1e5),
        "oon_collected": amounts(0, 1),
        "refilled": amounts(0, 1),
        "refill_price": amounts(0, 1e5),
        "spill_over": amounts(0, 1e8),
        "transition": amounts(0, 1e8),
        "elsewhere_price": amounts(0, 1e5),
        "members_lost": amounts(0, 1),
        "members": amounts(0, 1e6),
        "member_margin": amounts(0, 1e4),
        "adequacy": amounts(0, 1e8),
        "ask": amounts(0, 1e3),
        "years": amounts(1, 5),
        "gain_kept": amounts(0, 1),
        "cash_days": amounts(0, 400),
        "daily_cost": amounts(0, 1e6),
    }
)


@given(GIVEN)
@settings(max_examples=300, deadline=None)
def test_equal_to_the_oracle(given_: dict[str, float]) -> None:
    found, slow = values(given_), oracle(given_)
    scale = 1e-9 * (given_["units"] + 1) * 1e5 + 1
    for name, expected in slow.items():
        per_claim = name in ("ours_min", "theirs_max", "zone")
        close = scale / given_["units"] if per_claim else scale
        assert getattr(found, name) == pytest.approx(float(expected), rel=1e-9, abs=close * 1e-2)


#: What grows, what then cannot fall (1) or rise (−1).
MONOTONE = (
    ("oon_price", "without", 1),
    ("oon_price", "ours_min", 1),
    ("oon_price", "theirs_max", 1),
    ("elsewhere_price", "theirs_max", 1),
    ("members_lost", "theirs_max", 1),
    ("adequacy", "zone", 1),
    ("spill_over", "ours_min", -1),
    ("transition", "burn", 1),
    ("oon_collected", "burn", -1),
    ("price", "burn", 1),
    ("refill_price", "ours_min", 1),
)


@pytest.mark.parametrize(("raised", "figure", "sign"), MONOTONE)
@given(given_=GIVEN, by=amounts(0, 1))
@settings(max_examples=60, deadline=None)
def test_monotone(raised: str, figure: str, sign: int, given_: dict[str, float], by: float) -> None:
    more = given_[raised] + by * (1 - given_[raised] if raised in ("oon_collected", "members_lost") else 1000)
    before, after = getattr(values(given_), figure), getattr(values({**given_, raised: more}), figure)
    slack = 1e-7 * max(1.0, abs(before), given_["units"] * 1e5 * (figure in ("without", "burn")), 1e5)
    assert sign * (after - before) >= -slack


@given(st.lists(GIVEN, min_size=2, max_size=5))
@settings(max_examples=50, deadline=None)
def test_many_draws_at_once_are_each_by_itself(several: list[dict[str, float]]) -> None:
    stacked = {name: np.array([one[name] for one in several]) for name in several[0]}
    together = values(stacked)
    for place, one in enumerate(several):
        alone = values(one)
        for figure in ("ours_min", "theirs_max", "burn", "runway_months", "break_even_months"):
            assert float(getattr(together, figure)[place]) == pytest.approx(
                getattr(alone, figure), rel=1e-12, nan_ok=True
            )
