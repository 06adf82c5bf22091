"""Draws: the fast bootstrap equals a plain one, compound sums have the moments their closed forms say."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from evenhand.negotiation.worth import Frequency, compound, compound_moments, resampled
from evenhand.negotiation.worth import draws as drawing

VALUES = arrays(float, st.tuples(st.integers(1, 12), st.integers(1, 3)), elements=st.floats(-1e4, 1e6, width=32))


def resampled_plainly(values: np.ndarray, seed: int, draws: int) -> np.ndarray:
    """One draw after the other, one patient after the other."""
    generator = np.random.default_rng(seed)
    sums = []
    for _ in range(draws):
        total = [0.0] * values.shape[1]
        for pick in generator.integers(0, len(values), size=len(values)):
            total = [one + other for one, other in zip(total, values[pick], strict=True)]
        sums.append(total)
    return np.array(sums)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.integers(0, 2**32 - 1))
def test_the_fast_bootstrap_equals_the_plain_one(values: np.ndarray, seed: int) -> None:
    fast = resampled(values, np.random.default_rng(seed), 7)

    np.testing.assert_allclose(fast, resampled_plainly(values, seed, 7), rtol=1e-12, atol=1e-6)


def test_chunks_draw_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.arange(50.0)[:, None]
    whole = resampled(values, np.random.default_rng(3), 40)
    monkeypatch.setattr(drawing, "_CHUNK", 120)

    assert (resampled(values, np.random.default_rng(3), 40) == whole).all()


def test_moments_by_hand() -> None:
    """Two lines of sums 3 and 5: Poisson variance is 1 + 4 + 25; the shared factor adds .25 × 64, the own .5 × …"""
    values, lead = np.array([[1.0], [2.0], [5.0]]), np.array([0, 0, 1])

    mean, poisson = compound_moments(values, Frequency(lead))
    _, shared = compound_moments(values, Frequency(lead, shock=0.25))
    _, both = compound_moments(values, Frequency(lead, dispersion=0.5, shock=0.25))

    assert (mean[0], poisson[0]) == (8.0, 30.0)
    assert shared[0] == 30.0 + 0.25 * 64
    assert both[0] == 30.0 + 0.25 * 64 + 0.5 * 1.25 * (9 + 25)


@pytest.mark.parametrize(("dispersion", "shock"), [(0.0, 0.0), (0.0, 0.04), (0.1, 0.0), (0.1, 0.04)])
def test_drawn_moments_are_those_of_the_closed_form(dispersion: float, shock: float) -> None:
    generator = np.random.default_rng(11)
    values = generator.lognormal(3.0, 1.0, (300, 2))
    frequency = Frequency(np.arange(300) % 3, dispersion, shock)

    drawn = compound(values, frequency, np.random.default_rng(12), 20_000)
    mean, variance = compound_moments(values, frequency)

    error = np.sqrt(variance / 20_000)
    assert (np.abs(drawn.mean(axis=0) - mean) < 4.5 * error).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.06)


def test_sides_of_one_year_see_the_same_patients() -> None:
    values = np.random.default_rng(1).lognormal(3.0, 1.0, 100)
    both = compound(np.stack([values, 1.1 * values], 1), Frequency(np.zeros(100, int)), np.random.default_rng(2), 500)

    np.testing.assert_allclose(both[:, 1], 1.1 * both[:, 0])


def test_many_patients_are_drawn_in_groups_as_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "MOST_UNITS", 400)
    values = np.random.default_rng(5).lognormal(0.0, 1.0, (4_000, 1))

    drawn = resampled(values, np.random.default_rng(6), 4_000)

    assert drawn.mean() == pytest.approx(values.sum(), rel=0.005)
    assert drawn.std() == pytest.approx(values.std() * sqrt(len(values)), rel=0.12)


@pytest.mark.parametrize("most", [90, 250])
def test_very_many_patients_keep_the_moments(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Lines of many are taken as normal, lines of few are not: 600 patients stand for many."""
    monkeypatch.setattr(drawing, "MOST_UNITS", most)
    values = np.random.default_rng(13).lognormal(3.0, 1.0, (600, 1)) * np.array([[1.0, 1.1]])
    lead = np.repeat([0, 1, 2], [500, 80, 20])
    frequency = Frequency(lead, 0.1, 0.04)

    drawn = compound(values, frequency, np.random.default_rng(14), 20_000)
    mean, variance = compound_moments(values, frequency)

    assert (np.abs(drawn.mean(axis=0) - mean) < 4.5 * np.sqrt(variance / 20_000)).all()
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.06)
    np.testing.assert_allclose(drawn[:, 1], 1.1 * drawn[:, 0], rtol=1e-6)
