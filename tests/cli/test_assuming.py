"""Assumptions and changes as options give them."""

from __future__ import annotations

import pytest

from evenhand.cli.assuming import assumed_values
from evenhand.cli.offer.clauses import _changes
from evenhand.errors import UsageError


def test_names_and_numbers() -> None:
    assert assumed_values(["members=20,000", " growth =-0.02"]) == {"members": 20000.0, "growth": -0.02}


@pytest.mark.parametrize("given", ["growth", "growth=much", "=", "growth="])
def test_anything_else_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match=r"is not a name and a number; write it like volume_growth=0\.02"):
        assumed_values([given])


def test_changes_from_and_to() -> None:
    assert _changes(["payment_days=45:30", "retro_audit=12 months"]) == {
        "payment_days": ("45", "30"),
        "retro_audit": ("", "12 months"),
    }


@pytest.mark.parametrize("given", ["payment_days", "payment_days=", "payment_days=45:"])
def test_half_a_change_is_refused(given: str) -> None:
    with pytest.raises(UsageError, match="write it like payment_days=45:30, or payment_days=30"):
        _changes([given])
