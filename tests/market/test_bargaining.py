"""Nash-in-Nash with observed diversion, by hand and on generated markets."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.errors import PricingError, UsageError
from evenhand.market.bargaining import (
    Contracts,
    LogitMarket,
    calibrated_alpha,
    guppi,
    nash_rate,
    replacement_cap,
    upward_pressure,
)


def two_systems(**outside: float) -> Contracts:
    """Two systems with one plan: half of the first's patients go to the second, all of the second's to the first."""
    return Contracts(
        np.array([0, 1]),
        np.array([0, 0]),
        np.array([100.0, 120.0]),
        np.array([300.0, 300.0]),
        np.array([[0.0, 0.5], [1.0, 0.0]]),
        **outside,
    )


def test_limits_by_hand() -> None:
    low, high = two_systems().limits(np.array([200.0, 180.0]))
    assert list(low) == [100, 120]
    assert list(high) == [300 - 0.5 * 120, 300 - 1.0 * 100]


def test_weight_by_hand() -> None:
    weight = two_systems().implied_weight(np.array([200.0, 180.0]))
    assert weight == pytest.approx([40 / 140, 20 / 80])


def test_a_contract_that_leaves_one_side_worse_off_has_no_weight() -> None:
    assert np.isnan(two_systems().implied_weight(np.array([290.0, 180.0]))).tolist() == [True, False]


def test_a_dollar_of_walk_away_is_worth_its_weight() -> None:
    """``p = b·low + (1 − b)·high``: our walk-away moves the rate by b of it, the plan's by 1 − b against us."""
    prices, weight = np.array([200.0, 180.0]), two_systems().implied_weight(np.array([200.0, 180.0]))
    for outside, sign in (({"hospital_outside": 10.0}, weight), ({"plan_outside": 10.0}, weight - 1)):
        low, high = two_systems(**outside).limits(prices)
        moved = weight * low + (1 - weight) * high
        assert moved - prices == pytest.approx(10.0 * sign)


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.integers(1, 3))
def test_forward_and_back(seed: int, systems: int, plans: int) -> None:
    draw = np.random.default_rng(seed)
    hospital, plan = (side.ravel() for side in np.meshgrid(np.arange(systems), np.arange(plans)))
    count = len(hospital)
    diversion = draw.dirichlet(np.ones(count + 1), count)[:, :count]
    cost = draw.uniform(80, 120, count)
    contracts = Contracts(hospital, plan, cost, cost + draw.uniform(100, 200, count), diversion)
    weight = draw.uniform(0.05, 0.95, count)
    prices = contracts.negotiated(weight)
    low, high = contracts.limits(prices)
    assert prices == pytest.approx(weight * low + (1 - weight) * high)
    implied = contracts.implied_weight(prices)
    explained = ~np.isnan(implied)
    assert implied[explained] == pytest.approx(weight[explained])
    assert (explained == ((prices >= low) & (high >= prices))).all()


def test_all_the_weight_on_one_side() -> None:
    contracts = two_systems()
    assert contracts.negotiated(1.0) == pytest.approx([100, 120])
    _, high = contracts.limits(contracts.negotiated(0.0))
    assert contracts.negotiated(0.0) == pytest.approx(high)


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(UsageError, match="bargaining weights are from 0 to 1"):
        two_systems().negotiated(1.2)
    with pytest.raises(UsageError, match="2 contracts need as many plans"):
        Contracts(np.array([0, 1]), np.array([0]), np.ones(2), np.ones(2), np.zeros((2, 2)))
    with pytest.raises(UsageError, match="a weight is from 0 to 1, not 2"):
        nash_rate(1, 2, 2)
    with pytest.raises(UsageError, match="a share is between 0 and 1"):
        calibrated_alpha(1.0, 10, 0.5)


def test_small_formulas() -> None:
    assert nash_rate(100, 160, 0.5) == 130
    assert nash_rate(160, 160, 0.5) is None
    assert replacement_cap(27_000, []) is None
    assert replacement_cap(27_000, [(27_000, 18_000), (26_000, 16_500)]) == 17_500
    assert upward_pressure(0.2, 6_000) == 1_200
    assert guppi(0.5, 0.4, 100, 200) == pytest.approx(0.4)


def test_a_market_that_never_settles_says_so() -> None:
    market = LogitMarket(-0.05, np.array([0.0, np.nan]), np.zeros(2), np.arange(2), 0.5)
    with pytest.raises(PricingError, match="no prices were found at which this market settles"):
        market.prices(np.ones(2))
