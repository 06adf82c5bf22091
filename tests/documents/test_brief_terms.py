"""What a brief tells of claims near a stop-loss threshold: how many, never which."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from evenhand.documents.brief_terms import near_sheets

D = Decimal


def _material(overs: list[str], small_cells: int) -> Any:
    rows = [{"rule": "Dear cases", "claim_id": f"A{n}", "charges": D(100), "over": D(o)} for n, o in enumerate(overs)]
    return SimpleNamespace(terms=SimpleNamespace(thresholds=rows), options=SimpleNamespace(small_cells=small_cells))


def test_claims_are_counted_by_rule() -> None:
    (sheet,) = near_sheets(_material(["-5", "0", "3"], small_cells=0))
    assert sheet.rows == [{"rule": "Dear cases", "claims": 3, "under": 2, "charges": D(300)}]


@pytest.mark.parametrize("overs", [["-5"], ["-5", "3"]])
def test_few_claims_are_not_told(overs: list[str]) -> None:
    (sheet,) = near_sheets(_material(overs, small_cells=11))
    assert sheet.rows == [{"rule": "1 rule with fewer than 11 claims"}]


def test_no_claim_near_is_no_table() -> None:
    assert near_sheets(_material([], small_cells=11)) == []
