"""Formulas: arithmetic and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.negotiation.clauses.expressions import FormulaError, evaluated, parsed

NAMES, FUNCTIONS = {"paid", "it"}, {"late"}


def value(text: str, **names: float) -> float:
    return float(evaluated(parsed(text, NAMES, FUNCTIONS), names, {"late": lambda days: days / 100}))


def test_arithmetic() -> None:
    assert value("paid * 0.08 / 365 * max(it - 5, 0)", paid=365_000.0, it=15.0) == pytest.approx(800.0)
    assert value("-(paid - 2) ** 2 + late(it)", paid=5.0, it=50.0) == pytest.approx(-8.5)


@given(st.floats(-1e6, 1e6), st.floats(-1e3, 1e3))
def test_it_means_what_python_means(paid: float, it: float) -> None:
    assert value("paid - it * 3 + min(paid, it)", paid=paid, it=it) == pytest.approx(paid - it * 3 + min(paid, it))


def test_draws_go_through() -> None:
    tree = parsed("paid * it", NAMES, FUNCTIONS)
    assert evaluated(tree, {"paid": np.array([1.0, 2.0]), "it": 3.0}, {}).tolist() == [3.0, 6.0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("paid *", "this is not arithmetic"),
        ("payed * 2", "'payed' is no name here; known: it, paid"),
        ("open('x')", "'open' is no function here"),
        ("paid.__class__", "is not arithmetic"),
        ("[it for it in paid]", "is not arithmetic"),
        ("paid if it else 0", "is not arithmetic"),
        ("'text'", "is not arithmetic"),
        ("it + " * 200 + "1", "longer than 500 characters"),
        ("lambda: 1", "is not arithmetic"),
        ("late(it, days=3)", "is not arithmetic"),
    ],
)
def test_anything_else_is_refused(text: str, why: str) -> None:
    with pytest.raises(FormulaError, match=why.replace("(", r"\(")):
        parsed(text, NAMES, FUNCTIONS)
