"""Run-out: months of service that are not complete yet, by a triangle of lags, and what is done about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from evenhand.errors import UsageError
from evenhand.negotiation.worth.credibility import Numbers

#: What is done about months that are not complete: gross them up, leave the youngest out, or nothing.
Way = Literal["complete", "drop", "as it is"]
WAYS: tuple[Way, ...] = ("complete", "drop", "as it is")
#: Months of service younger than so many days are dropped.
LEAST_DAYS = 90
_DAYS = 30.4375
_MOST_LAGS = 24


@dataclass(frozen=True, slots=True)
class RunOut:
    """How complete each month of service is.

    Attributes:
        months: months of service, oldest first, as months since year 0.
        claims: known of each so far.
        complete: the share of its claims that is known by now.
        weight: what each claim of the month counts for.
        timed: claims whose lag is known.
        way: what was done.
    """

    months: npt.NDArray[np.int64]
    claims: npt.NDArray[np.int64]
    complete: Numbers
    weight: Numbers
    timed: int
    way: Way

    @property
    def added(self) -> float:
        """Claims added for months that are not complete, as a share of those known."""
        known = float(self.claims.sum())
        return float((self.weight * self.claims).sum()) / known - 1 if known else 0.0


def run_out(month: npt.NDArray[np.int64], lag: Numbers, last: int, *, way: Way = "complete") -> RunOut:
    """How complete the months are, from the lags of their claims, by chain ladder.

    Args:
        month: month of service of each claim, as months since year 0.
        lag: days from service until the book knew the claim; NaN where that is not known.
        last: the month the book is known through.
        way: gross months up, drop those younger than 90 days, or leave them.

    A claim without a lag is counted as it is, and says nothing of how fast others come.

    Raises:
        UsageError: ``way`` is none of the three.
    """
    if way not in WAYS:
        raise UsageError(f"run-out '{way}' is not known; say {', '.join(WAYS)}")
    months, at = np.unique(month, return_inverse=True)
    claims = np.bincount(at, minlength=len(months))
    ages = last - months
    timed = ~np.isnan(lag)
    share = completeness(triangle(at[timed], lag[timed], len(months)), ages)
    known = np.bincount(at, timed, len(months)) / np.maximum(claims, 1)
    weight = np.ones(len(months))
    if way == "complete":
        weight = known / share + (1 - known)
    elif way == "drop":
        weight = np.where(ages * _DAYS < LEAST_DAYS, 0.0, 1.0)
    return RunOut(months, claims, share, weight, int(timed.sum()), way)


def triangle(at: npt.NDArray[np.int64], lag: Numbers, months: int) -> npt.NDArray[np.int64]:
    """Claims of each month of service known after so many whole months, running up to each lag."""
    late = np.clip((np.maximum(lag, 0) / _DAYS).astype(int), 0, _MOST_LAGS)
    counted = np.bincount(at * (_MOST_LAGS + 1) + late, minlength=months * (_MOST_LAGS + 1))
    return counted.reshape(months, _MOST_LAGS + 1).cumsum(axis=1)


def completeness(known: npt.NDArray[np.int64], ages: npt.NDArray[np.int64]) -> Numbers:
    """The share known of each month at its age: 1 over the factors still to come.

    The factor from one lag to the next is that of all months old enough to show both, each claim alike. A month that
    is cut off within its first lag has no factor of its own: it is taken to stand at lag 0.
    """
    shares = np.ones(_MOST_LAGS + 1)
    for late in reversed(range(_MOST_LAGS)):
        old = ages > late + 1
        before, after = known[old, late].sum(), known[old, late + 1].sum()
        shares[late] = shares[late + 1] * (before / after if after else 1.0)
    stand: Numbers = shares[np.clip(ages - 1, 0, _MOST_LAGS)]
    return stand
