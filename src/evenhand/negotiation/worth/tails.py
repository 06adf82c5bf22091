"""Heavy tails: a patient's amounts held to a cap, and what lies above it pooled over more patients than one's own."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, inf, sqrt

import numpy as np

from evenhand.negotiation.worth.credibility import FEWEST_PATIENTS, Numbers, limited_fluctuation, variation

#: The share of patients whose charges stay under the cap.
CAP_AT = 0.99


@dataclass(frozen=True, slots=True)
class Tail:
    """How amounts are capped.

    Attributes:
        cap: charges of a patient counted in full; what is above is pooled.
        kept: of each own patient, the share of the amounts that stays under the cap.
        own_excess: charges above the cap a patient of one's own has on average.
        pooled_excess: the same, own and the wider base's weighed by credibility.
        error: standard error of the pooled excess, as a share of it: the base is finite as well.
        credibility: the weight of one's own.
        patients, base: how many of one's own, and in the base (own among them).
        capped: how many of one's own are cut.
    """

    cap: float
    kept: Numbers
    own_excess: float
    pooled_excess: float
    error: float
    credibility: float
    patients: int
    base: int
    capped: int


def tail_of(own: Numbers, base: Numbers) -> Tail:
    """Cap charges by patient at the base's 99th percentile.

    Args:
        own: charges of each patient valued; all positive.
        base: charges of each patient of the base, one's own among them: the whole book.
    """
    cap = float(np.quantile(base, CAP_AT)) if len(base) else 0.0
    if cap <= 0:  # nothing is known of charges: nothing is cut
        return Tail(inf, np.ones_like(own), 0.0, 0.0, 0.0, 0.0, len(own), len(base), 0)
    over, wider = np.maximum(own - cap, 0.0), np.maximum(base - cap, 0.0)
    kept = np.divide(np.minimum(own, cap), own, out=np.ones_like(own), where=own > 0)
    z = limited_fluctuation(len(own), variation(own))
    (mine, mine_error), (theirs, theirs_error) = _mean(over), _mean(wider)
    pooled = z * mine + (1 - z) * theirs
    error = hypot(z * mine_error, (1 - z) * theirs_error) / pooled if pooled else 0.0
    return Tail(cap, kept, mine, pooled, error, z, len(own), len(base), int((over > 0).sum()))


def _mean(excess: Numbers) -> tuple[float, float]:
    """The mean and its standard error."""
    if not len(excess):
        return 0.0, 0.0
    return float(excess.mean()), float(excess.std()) / sqrt(len(excess))


def excess_draws(tail: Tail, generator: np.random.Generator, draws: int) -> Numbers:
    """Factors (gamma, mean 1) for the pooled excess: how far the base leaves it open."""
    if tail.error <= 0:
        return np.ones(draws)
    variance = tail.error**2
    factors: Numbers = generator.gamma(1 / variance, variance, draws)
    return factors


def excess_of(tail: Tail, charges: Numbers, amounts: Numbers) -> Numbers:
    """What lies above the cap, in each column of ``amounts``, for one patient on average.

    The pooled excess charges are paid at the share of charges the column pays on one's own patients above the cap,
    or on all where fewer than 11 are above it.

    Args:
        tail: the cap.
        charges: charges of each own patient.
        amounts: a row for each of them.
    """
    above = tail.kept < 1
    chosen = above if int(above.sum()) >= FEWEST_PATIENTS else np.ones_like(above)
    of_charges = float(charges[chosen].sum())
    if not of_charges:
        return np.zeros(amounts.shape[1])
    rates: Numbers = amounts[chosen].sum(axis=0) / of_charges
    return tail.pooled_excess * rates
