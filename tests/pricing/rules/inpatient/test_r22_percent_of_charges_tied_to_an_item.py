"""A percentage of charges set off by one item: for the whole claim, or for the item's own line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

LINES = (
    {"revenue_center_code": "0278", "hcpcs_code": "C1776", "charge_amount": Decimal("12000.00")},
    {"revenue_center_code": "0360", "hcpcs_code": "27447", "charge_amount": Decimal("30000.00")},
    {"revenue_center_code": "0250", "charge_amount": Decimal("801.33")},
)


@pytest.mark.parametrize(
    ("per", "lines", "total"),
    [
        # 40 % of 42,801.33 = 17,120.532
        ("case", ["17120.53", "0.00", "0.00"], "17120.53"),
        # 40 % of 12,000.00; 25 % of 30,000.00 and of 801.33 (200.3325)
        ("line", ["4800.00", "7500.00", "200.33"], "12500.33"),
    ],
)
def test_the_item_prices_the_claim_or_its_line(
    written: Any, claim: Any, both: Any, per: str, lines: list[str], total: str
) -> None:
    contract = written(
        f"""
        terms:
          - name: Implants
            for: {{revenue_codes: 0278}}
            per: {per}
            pay: {{percent_of_charges: 40}}
          - name: Anything else
            pay: {{percent_of_charges: 25}}
        rules: {{lesser_of: none}}
        """
    )
    priced = both(contract, claim(*LINES))
    assert [str(each.expected_amount) for each in priced.lines] == lines
    assert str(priced.expected_amount) == total


def test_without_the_item_the_claim_is_priced_line_by_line(written: Any, claim: Any, both: Any) -> None:
    contract = written(
        """
        terms:
          - {name: Implants, for: {revenue_codes: 0278}, per: case, pay: {percent_of_charges: 40}}
          - {name: Anything else, pay: {percent_of_charges: 25}}
        """
    )
    priced = both(contract, claim(*LINES[1:]))
    assert (priced.claim_term, priced.expected_amount) == (None, Decimal("7700.33"))
