"""Weights and counts: a row for many is many rows for one, and weights stand beside patients."""

from __future__ import annotations

import math

import pytest

from evenhand.errors import UsageError
from evenhand.market import Definition, Discharges, assign, merger, willingness_to_pay

ZIP = Definition.read("zip5", 1)


def test_a_row_for_many_patients_is_many_rows() -> None:
    many = Discharges.of(["A", "A", "A", "B"], {"zip5": ["80401"] * 4}, weight=[2, 2, 2, 5])
    few = Discharges.of(["A", "B"], {"zip5": ["80401"] * 2}, cases=[3, 1], weight=[2, 5])
    worths = [willingness_to_pay(one, assign(one, ZIP)) for one in (many, few)]
    for worth in worths:
        assert list(worth.value) == pytest.approx([4 * math.log(4), 4 * math.log(4 / 3)])
        assert worth.weighted is not None
        assert list(worth.weighted) == pytest.approx([11 * math.log(4), 11 * math.log(4 / 3)])
        assert list(worth.per_patient()) == pytest.approx([4 / 3 * math.log(4), 4 * math.log(4 / 3)])


def test_a_merger_by_weight() -> None:
    three = Discharges.of(["A", "B", "C"], {"zip5": ["80401"] * 3}, weight=[1, 2, 3])
    found = merger(three, willingness_to_pay(three, assign(three, ZIP)), ["A", "B"])
    assert found.change == pytest.approx(math.log(3) / (2 * math.log(1.5)) - 1)
    assert found.weighted_change == pytest.approx(found.change)
    assert found.weighted_together == pytest.approx(6 * math.log(3))


def test_without_weights_there_is_nothing_by_weight() -> None:
    two = Discharges.of(["A", "B"], {"zip5": ["80401"] * 2})
    worth = willingness_to_pay(two, assign(two, ZIP))
    assert worth.weighted is None
    assert merger(two, worth, ["A", "B"]).weighted_change is None


@pytest.mark.parametrize("cap", [0, 1, 1.5])
def test_the_cap_is_a_share(cap: float) -> None:
    two = Discharges.of(["A", "B"], {"zip5": ["80401"] * 2})
    with pytest.raises(UsageError, match="cap on shares is between 0 and 1"):
        willingness_to_pay(two, assign(two, ZIP), share_cap=cap)
