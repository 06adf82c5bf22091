"""R2: codes without a value in one source go to the next, and the price names the one that fired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Make = Callable[..., Any]
Price = Callable[..., Any]
CONTRACT = """\
schedules: {medicare: medicare.csv, relative: relative.csv}
terms:
  - {name: Medicare, for: {codes: on schedule}, pay: {percent_of: medicare, year: 2025, percent: 128}}
  - {name: Relative values, for: {codes: on schedule}, pay: {percent_of: relative, year: 2025, percent: 110}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules: {lesser_of: none, escalator: none, multiple_procedures: none, modifiers: none}
"""


def test_each_level_prices_what_the_one_before_has_no_value_for(contract_of: Make, prices: Price) -> None:
    """88.95 × 128 % = 113.86; 50.00 × 110 % = 55.00; 45 % of 200.00 = 90.00."""
    contract = contract_of(
        CONTRACT, medicare="code,amount\n99213,88.95\n", relative="code,amount\n99213,70.00\n99080,50.00\n"
    )
    priced = prices(contract, {"code": "99213"}, {"code": "99080"}, {"code": "A9270", "charge": 200})
    assert priced.amounts == ["113.86", "55.00", "90.00"]
    assert [line.term for line in priced.lines] == ["Medicare", "Relative values", "Anything else"]


def test_a01_a_contract_states_the_share_for_non_participating_providers(contract_of: Make, prices: Price) -> None:
    """A1: 95 % of 88.95 = 84.50; the limiting charge 1.0925 × 88.95 = 97.18."""
    for percent, paid in (("95", "84.50"), ("109.25", "97.18")):
        contract = contract_of(
            CONTRACT.replace("128", percent), medicare="code,amount\n99213,88.95\n", relative="code,amount\n99080,1\n"
        )
        assert prices(contract, {"code": "99213"}).amounts == [paid]
