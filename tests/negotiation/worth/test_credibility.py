"""Credibility: published counts, Bühlmann–Straub by hand, and what is never said of few."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from evenhand.negotiation.worth import buhlmann, claims_for_full, limited_fluctuation, strength


def test_claims_for_full_credibility_as_published() -> None:
    assert claims_for_full(0) == pytest.approx(1082.2, abs=0.05)
    assert round(claims_for_full(3)) == 10_822
    assert round(claims_for_full(5)) == 28_138


def test_limited_fluctuation_is_a_square_root_up_to_one() -> None:
    full = claims_for_full(2)
    assert limited_fluctuation(full / 9, 2) == pytest.approx(1 / 3)
    assert limited_fluctuation(full * 2, 2) == 1.0


def test_buhlmann_by_hand() -> None:
    """Groups (1, 3) and (7, 9): within 2; between (2·9 + 2·9 - 2) ÷ (4 - 2) = 17; K = 2 ÷ 17."""
    found = buhlmann([np.array([1.0, 3.0]), np.array([7.0, 9.0])])

    assert found is not None
    assert (found.within, found.between) == (2.0, 17.0)
    assert found.k == pytest.approx(2 / 17)
    assert found.z(2) == pytest.approx(2 / (2 + 2 / 17))


def test_groups_that_do_not_differ_have_no_credibility_of_their_own() -> None:
    found = buhlmann([np.array([1.0, 3.0]), np.array([3.0, 1.0])])

    assert found is not None
    assert (found.k, found.z(1_000)) == (inf, 0.0)
    assert buhlmann([np.array([1.0, 2.0]), np.array([1.0])]) is None


@pytest.mark.parametrize(
    ("patients", "claims", "says"),
    [(10, 500, "suppressed"), (11, 29, "too few for a rate"), (11, 30, "weak"), (50, 99, "weak"), (50, 100, "firm")],
)
def test_what_is_said_of_few(patients: int, claims: int, says: str) -> None:
    assert strength(patients, claims) == says
