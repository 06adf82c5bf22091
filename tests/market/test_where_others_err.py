"""Three places where the R package healthcare.antitrust 0.1.4 gives another answer, and why ours is right."""

from __future__ import annotations

import math

import numpy as np
import pytest

from evenhand.errors import UsageError
from evenhand.market import Definition, Discharges, assign, diversion, implied_shares, willingness_to_pay
from evenhand.market.willingness import merger


def two_cells() -> Discharges:
    """{A 50, B 50} in one place, {A 30, B 30, C 40} in another."""
    counts = [("A", "80401", 50), ("B", "80401", 50), ("A", "81001", 30), ("B", "81001", 30), ("C", "81001", 40)]
    columns = list(zip(*counts, strict=True))
    return Discharges.of(columns[0], {"zip5": columns[1]}, cases=columns[2])


def test_a_merger_to_monopoly_does_not_take_leverage_away() -> None:
    """Dropping cells that *become* monopolies gives −56.4 %: the merged pair would be worth less for having the first
    place to itself. Kept, with shares capped at .99, the pair is worth 163 % more."""
    discharges = two_cells()
    cells = assign(discharges, Definition.read("zip5", 1))
    found = merger(discharges, willingness_to_pay(discharges, cells), ["A", "B"])
    apart = 2 * (100 * math.log(2) + 100 * math.log(1 / 0.7))
    assert found.apart == pytest.approx(apart)
    assert found.change == pytest.approx((100 * math.log(100) + 100 * math.log(1 / 0.4)) / apart - 1)
    assert round(found.change or 0, 3) == 1.630
    dropped = 100 * math.log(1 / 0.4) / apart - 1
    assert round(dropped, 3) == -0.564


def test_patients_without_another_choice_are_counted_and_in_no_share() -> None:
    both, number = two_cells().merged(["A", "B"])
    cells = assign(both, Definition.read("zip5", 1))
    found = diversion(both, cells)
    assert dict(zip(found.providers, found.captive, strict=True)) == {"A": 50, "B": 50, "C": 0}
    assert dict(zip(found.providers, found.patients, strict=True)) == {"A": 30, "B": 30, "C": 40}
    assert found.of_system(number)[found.providers.index("C")] == 1.0
    assert willingness_to_pay(both, cells).captive[number] == 100


def test_a_hospital_whose_patients_have_no_choice_has_no_diversion() -> None:
    alone = Discharges.of(["A", "B"], {"zip5": ["80401", "81001"]})
    found = diversion(alone, assign(alone, Definition.read("zip5", 1)))
    assert np.isnan(found.share).all()
    assert list(found.captive) == [1, 1]


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_implied_shares_do_not_hang_on_the_order_of_hospitals(order: tuple[int, ...]) -> None:
    """The package takes the first hospital's patients where it means the focal one's: reordering changes its answer."""
    patients, away, back = [40.0, 100.0, 60.0], [0.0, 0.625, 0.375], [0.0, 0.4, 0.2857142857142857]
    focal = order.index(0)
    found = implied_shares(
        [patients[n] for n in order], [away[n] for n in order], focal, [back[n] for n in order], [order.index(1)]
    )
    assert found.share[focal] == pytest.approx(0.2)
    assert found.size == pytest.approx(200)
    assert found.weight == pytest.approx(np.ones(3))
    assert found.outside == ()


def test_several_references_give_the_least_squares() -> None:
    back = [0.0, 0.4, 0.2857142857142857]
    found = implied_shares([40.0, 100.0, 60.0], [0.0, 0.625, 0.375], 0, back, [1, 2])
    assert found.share[0] == pytest.approx(0.2, abs=1e-6)
    with pytest.raises(UsageError, match="at least one reference hospital other than the focal one"):
        implied_shares([1.0, 2.0], [0, 1], 0, [0, 1], [0])


def test_shares_are_not_rounded_before_they_are_added_up() -> None:
    """Three digits a hospital, then a mean of them, moves a system's diversion; ours is the exact mean of the exact."""
    rows = [("A1", "A", "80401", 1), ("A2", "A", "81001", 2), ("B", "B", "80401", 2), ("C", "C", "80401", 1)]
    rows += [("B", "B", "81001", 1), ("C", "C", "81001", 6)]
    columns = list(zip(*rows, strict=True))
    discharges = Discharges.of(columns[0], {"zip5": columns[2]}, system=columns[1], cases=columns[3])
    found = diversion(discharges, assign(discharges, Definition.read("zip5", 1)))
    exact = (1 * 2 / 3 + 2 * 1 / 7) / 3
    rounded = round((1 * 0.667 + 2 * 0.143) / 3, 3)
    assert found.of_system(discharges.system("A"))[found.providers.index("B")] == pytest.approx(exact, abs=1e-15)
    assert abs(rounded - exact) > 1e-4
