"""Run-out: a triangle by hand, and the three ways."""

from __future__ import annotations

import numpy as np
import pytest

from evenhand.errors import UsageError
from evenhand.negotiation.worth import run_out
from evenhand.negotiation.worth.runout import triangle

#: Months 0 and 1 are old: half of their claims come within the first month, half within the second.
MONTH = np.array([0] * 8 + [1] * 8 + [9] * 4)
LAG = np.array([5.0] * 4 + [40.0] * 4 + [5.0] * 4 + [40.0] * 4 + [5.0] * 4)


def test_triangle_runs_up() -> None:
    _, at = np.unique(MONTH, return_inverse=True)
    assert triangle(at, LAG, 3)[:, :3].tolist() == [[4, 8, 8], [4, 8, 8], [4, 4, 4]]


def test_the_youngest_month_is_doubled() -> None:
    found = run_out(MONTH, LAG, 10)

    assert found.complete.tolist() == [1.0, 1.0, 0.5]
    assert found.weight.tolist() == [1.0, 1.0, 2.0]
    assert found.added == pytest.approx(4 / 20)


def test_months_under_ninety_days_are_dropped() -> None:
    assert run_out(MONTH, LAG, 10, way="drop").weight.tolist() == [1.0, 1.0, 0.0]
    assert run_out(MONTH, LAG, 12, way="drop").weight.tolist() == [1.0, 1.0, 1.0]
    assert run_out(MONTH, LAG, 10, way="as it is").weight.tolist() == [1.0, 1.0, 1.0]


def test_claims_without_a_lag_count_as_they_are() -> None:
    lag = LAG.copy()
    lag[-2:] = np.nan

    assert run_out(MONTH, lag, 10).weight.tolist() == [1.0, 1.0, 1.5]
    assert run_out(MONTH, np.full(len(MONTH), np.nan), 10).weight.tolist() == [1.0, 1.0, 1.0]


def test_an_unknown_way_is_refused() -> None:
    with pytest.raises(UsageError, match="run-out 'gross' is not known; say complete, drop, as it is"):
        run_out(MONTH, LAG, 10, way="gross")  # type: ignore[arg-type]
