"""How often each patient is met again: bootstrap weights, compound Poisson and negative binomial with a common shock.

All of them are counts: a draw says how many times each patient's whole history of amounts occurs. Amounts under the
contract and under every offer are summed with the same counts, so that sides are compared on the same future.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evenhand.negotiation.worth.credibility import Numbers

#: Beyond so many patients a bootstrap draws groups of them made at random; compound sums take lines of many as normal.
MOST_UNITS = 20_000
_CHUNK = 4_000_000  # counts held at once
Whole = npt.NDArray[np.int64]


def resampled(values: Numbers, generator: np.random.Generator, draws: int) -> Numbers:
    """Bootstrap totals: each draw takes as many patients as there are, with replacement, and sums their rows.

    Args:
        values: a row for each patient, a column for each sum.
        generator: where the draws come from.
        draws: how many.

    Returns:
        A row for each draw.
    """
    values = grouped(values, generator)
    units = len(values)
    sums = np.zeros((draws, values.shape[1]))
    for first, last in _chunks(draws, units):
        picks = generator.integers(0, units, size=(last - first, units))
        sums[first:last] = _counts(picks, units) @ values
    return sums


def _counts(picks: Whole, units: int) -> Numbers:
    """How often each unit is picked in each draw."""
    draws = len(picks)
    placed = picks + np.arange(draws)[:, None] * units
    return np.bincount(placed.ravel(), minlength=draws * units).reshape(draws, units).astype(float)


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often patients come, in one year.

    Attributes:
        lead: each patient's service line, by number: those of one line rise and fall together.
        dispersion: variance of a line's own factor (mean 1): 0 is Poisson, more is negative binomial.
        shock: variance of the factor (mean 1) that all lines share.
    """

    lead: Whole
    dispersion: float = 0.0
    shock: float = 0.0


def compound(values: Numbers, frequency: Frequency, generator: np.random.Generator, draws: int) -> Numbers:
    """Totals where each patient's history occurs a Poisson number of times, one on average.

    Its intensity is the shared factor times the line's own, both gamma with mean 1; so a line's count is Poisson
    without, negative binomial with its own factor. Mean and variance have closed forms: :func:`compound_moments`.
    """
    lines = int(frequency.lead.max(initial=0)) + 1
    shared = _factors(generator, frequency.shock, (draws, 1))
    rates = shared * _factors(generator, frequency.dispersion, (draws, lines))
    if len(values) <= MOST_UNITS:
        return _met(values, rates, frequency.lead, generator)
    sums = np.zeros((draws, values.shape[1]))
    for line in range(lines):
        own, rate = values[frequency.lead == line], rates[:, [line]]
        many = len(own) > MOST_UNITS // lines
        sums += _many_met(own, rate, generator) if many else _met(own, rate, np.zeros(len(own), int), generator)
    return sums


def _met(values: Numbers, rates: Numbers, lead: Whole, generator: np.random.Generator) -> Numbers:
    """Sums with a Poisson count for each patient, at the rate of his line in each draw."""
    sums = np.zeros((len(rates), values.shape[1]))
    for first, last in _chunks(len(rates), len(values)):
        counts = generator.poisson(rates[first:last][:, lead])
        sums[first:last] = counts.astype(float) @ values
    return sums


def _many_met(values: Numbers, rates: Numbers, generator: np.random.Generator) -> Numbers:
    """The same for very many patients of one line: given the rate, the sums are normal with Poisson's moments."""
    spread, ways = np.linalg.eigh(values.T @ values)
    root = ways * np.sqrt(np.maximum(spread, 0.0))
    drawn: Numbers = rates * values.sum(axis=0)
    drawn += np.sqrt(rates) * (generator.standard_normal((len(rates), values.shape[1])) @ root.T)
    return drawn


def compound_moments(values: Numbers, frequency: Frequency) -> tuple[Numbers, Numbers]:
    """Mean and variance of :func:`compound`, column by column, in closed form.

    With m_g the sum and q_g the sum of squares of line g: the mean is Σ m_g, the variance
    Σ q_g + (1 + shock)(1 + dispersion) Σ m_g² + (1 + shock) Σ_{g≠h} m_g m_h - (Σ m_g)².
    """
    lines = int(frequency.lead.max(initial=0)) + 1
    sums = np.array([values[frequency.lead == line].sum(axis=0) for line in range(lines)])
    mean, own = sums.sum(axis=0), (sums**2).sum(axis=0)
    shared = 1 + frequency.shock
    crossed = mean**2 - own
    return mean, (values**2).sum(axis=0) + shared * (1 + frequency.dispersion) * own + shared * crossed - mean**2


def grouped(values: Numbers, generator: np.random.Generator) -> Numbers:
    """The rows, or sums of groups of them made at random where there are more than :data:`MOST_UNITS`.

    Groups of independent patients are as independent, so a bootstrap of groups has the same spread.
    """
    if len(values) <= MOST_UNITS:
        return values
    at = generator.permutation(len(values)) % MOST_UNITS
    return np.stack([np.bincount(at, column, MOST_UNITS) for column in values.T], axis=1)


def _factors(generator: np.random.Generator, variance: float, shape: tuple[int, int]) -> Numbers:
    """Gamma factors of mean 1."""
    return np.ones(shape) if variance <= 0 else generator.gamma(1 / variance, variance, shape)


def _chunks(draws: int, units: int) -> Iterator[tuple[int, int]]:
    step = max(1, _CHUNK // max(units, 1))
    return ((first, min(first + step, draws)) for first in range(0, draws, step))
