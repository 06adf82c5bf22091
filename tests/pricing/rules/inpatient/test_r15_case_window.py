"""A case rate that holds for the first days of a stay, further days by the day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts.words import term_words
from evenhand.errors import ContractError

TERMS = """
terms:
  - name: Caesarean section
    for: {drg: [783-788]}
    per: case
    pay: {amount: 6800, days: 1-3, extra_day: 950.25}
    except: Neonatal intensive care
  - {name: Neonatal intensive care, for: {revenue_codes: 0174}, pay: {amount: 3650}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules: {lesser_of: none}
"""
ROOM = {"revenue_center_code": "0122", "charge_amount": Decimal("4000.00")}
INTENSIVE = {"revenue_center_code": "0174", "units": 2, "charge_amount": Decimal("9000.00")}


@pytest.mark.parametrize(
    ("nights", "price"),
    [(1, "14100.00"), (3, "14100.00"), (4, "15050.25"), (6, "16950.75")],
)
def test_days_beyond_the_window(written: Any, claim: Any, both: Any, nights: int, price: str) -> None:
    stay = claim(
        ROOM, INTENSIVE, drg_code="788", admission_date="2025-03-01", discharge_date=f"2025-03-{1 + nights:02}"
    )
    assert str(both(written(TERMS), stay).expected_amount) == price


def test_the_window_in_words(written: Any) -> None:
    (term, *_) = written(TERMS).versions[0].terms
    assert term_words(term) == (
        "DRGs 783–788: $6,800.00 per case for the first 3 days, $950.25 for each day more; "
        "Neonatal intensive care paid in addition"
    )


@pytest.mark.parametrize(
    ("pay", "per", "told"),
    [
        ("amount: 1, days: 2", "case", "days stands without extra_day"),
        ("amount: 1, extra_day: 2", "case", "extra_day stands without days"),
        ("amount: 1, days: 2, extra_day: 2", "day", "days and extra_day do not go with per day"),
    ],
)
def test_what_is_refused(written: Any, pay: str, per: str, told: str) -> None:
    with pytest.raises(ContractError, match=told):
        written(f"terms: [{{name: X, per: {per}, pay: {{{pay}}}}}]")
