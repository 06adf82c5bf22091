"""How often intervals hold what they promise when claims have heavy tails: nominal 90 % of the mean of few claims.

Claims are lognormal with σ = 2 (coefficient of variation 7.3, 23 % of the mean above the 99th percentile). Each
simulation draws some, forms a 90 % interval for the mean by each method, and looks whether the true mean is inside.
The pooled tail is shown twice: with the true cap and excess, and with those of a base of other claims, as
`evenhand offer compare` takes them from the whole book.

    python benchmarks/coverage.py [--quick]

The last line is JSON; ``coverage_90`` is that of what the program itself does, at 200 claims.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from math import exp, sqrt

import numpy as np
from scipy.stats import norm

from evenhand.negotiation.worth import Frequency, compound, excess_draws, excess_of, resampled, tail_of
from evenhand.negotiation.worth.tails import Tail

SIGMA, NOMINAL, DRAWS = 2.0, 0.90, 300
MEAN = exp(SIGMA**2 / 2)
CLAIMS = 200
Interval = tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer simulations, under 50 seconds")
    quick = parser.parse_args().quick
    simulations, others = (2_500, {}) if quick else (5_000, {1_000: 1_000, 5_000: 300})
    told = {size: coverage(size, times) for size, times in {CLAIMS: simulations, **others}.items()}
    for size, found in told.items():
        print(f"\n{size:,} claims, nominal {NOMINAL:.0%}")
        for method, (share, width) in found.items():
            print(f"  {method:<42} {share:.3f}   width {width:.2f} of the mean")
    answer = {"coverage_90": round(told[CLAIMS][SHIPPED][0], 4), "claims": CLAIMS, "simulations": simulations}
    print(json.dumps(answer))


SHIPPED = "compound Poisson, tail pooled over 20,000"


def coverage(claims: int, simulations: int) -> dict[str, tuple[float, float]]:
    """By method, how often the mean was inside, and how wide the interval was on average."""
    generator = np.random.default_rng(20_250_101)
    inside: dict[str, list[tuple[bool, float]]] = {}
    for _ in range(simulations):
        own = generator.lognormal(0.0, SIGMA, claims)
        for method, interval in methods(own, generator).items():
            low, high = interval()
            inside.setdefault(method, []).append((low <= MEAN <= high, (high - low) / MEAN))
    return {
        name: (float(np.mean([i for i, _ in seen])), float(np.mean([w for _, w in seen])))
        for name, seen in inside.items()
    }


def methods(own: np.ndarray, generator: np.random.Generator) -> dict[str, Callable[[], Interval]]:
    """The methods, each giving an interval for the mean."""
    column = own[:, None]
    lead = Frequency(np.zeros(len(own), int))
    return {
        "normal": lambda: normal(own),
        "bootstrap": lambda: between(resampled(column, generator, DRAWS)[:, 0], own),
        "compound Poisson": lambda: between(compound(column, lead, generator, DRAWS)[:, 0], own),
        "tail pooled, true cap and excess": lambda: pooled(own, true_tail(own), generator),
        "tail pooled over a base of 2,000": lambda: pooled(own, based(own, 2_000, generator), generator),
        "tail pooled over a base of 20,000": lambda: pooled(own, based(own, 20_000, generator), generator),
        SHIPPED: lambda: pooled(own, based(own, 20_000, generator), generator, lead),
    }


def normal(own: np.ndarray) -> Interval:
    half = norm.ppf(0.5 + NOMINAL / 2) * own.std(ddof=1) / sqrt(len(own))
    return own.mean() - half, own.mean() + half


def between(sums: np.ndarray, own: np.ndarray) -> Interval:
    low, high = np.quantile(sums / len(own), [(1 - NOMINAL) / 2, (1 + NOMINAL) / 2])
    return float(low), float(high)


def based(own: np.ndarray, size: int, generator: np.random.Generator) -> Tail:
    """Cap and excess of one's own claims and of a base around them."""
    return tail_of(own, np.concatenate([own, generator.lognormal(0.0, SIGMA, max(size - len(own), 0))]))


def true_tail(own: np.ndarray) -> Tail:
    """The cap at the true 99th percentile, and the true mean above it."""
    z = norm.ppf(0.99)
    cap = exp(SIGMA * z)
    excess = MEAN * (1 - norm.cdf(z - SIGMA)) - cap * 0.01
    kept = np.minimum(own, cap) / own
    return Tail(cap, kept, 0.0, excess, 0.0, 0.0, len(own), len(own), int((kept < 1).sum()))


def pooled(own: np.ndarray, tail: Tail, generator: np.random.Generator, frequency: Frequency | None = None) -> Interval:
    """Claims held to the cap are drawn anew; what is above it is that of the base."""
    capped = (own * tail.kept)[:, None]
    excess = excess_of(tail, own, own[:, None])[0] * len(own)
    drawn = resampled(capped, generator, DRAWS) if frequency is None else compound(capped, frequency, generator, DRAWS)
    sums = drawn[:, 0] + excess * excess_draws(tail, generator, DRAWS)
    return between(sums, own)


if __name__ == "__main__":
    main()
