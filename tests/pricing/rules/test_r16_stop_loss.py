"""R16: first-dollar stop-loss pays a share of charges instead of the rate, second-dollar a share of the excess besides.

Vector: rate 45,000; threshold 150,000; 60 %; charges 200,000 → first dollar 120,000, second dollar 75,000.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

CASE = """
  - name: charges {charge}
    claim: {{claim_type: institutional}}
    lines: [{{code: "99999", revenue_code: "0120", charge: {charge}}}]
    allowed: {allowed}
"""
CONTRACT = """
terms:
  - {{name: Admission, for: {{claim_type: institutional}}, per: case, pay: {{amount: 45000}}}}
rules:
  stop_loss:
    - name: High-cost cases
      when: {{charges_over: 150000}}
      pay: {{percent: 60, of: {of}}}
      effect: {effect}
      maximum: {{percent_of_charges: 100}}
cases:
"""


@pytest.mark.parametrize(
    ("of", "effect", "prices"),
    [
        # 60 % of 150,000.01 is 90,000.006; the jump at the threshold is the contract's own
        ("charges", "instead", {"149999.99": 45000, "150000": 45000, "150000.01": "90000.01", "200000": 120000}),
        # 60 % of one cent rounds to one cent
        ("excess", "in addition", {"149999.99": 45000, "150000": 45000, "150000.01": "45000.01", "200000": 75000}),
    ],
)
def test_first_and_second_dollar(worked: Callable[..., Any], of: str, effect: str, prices: dict[str, Any]) -> None:
    cases = "".join(CASE.format(charge=charge, allowed=allowed) for charge, allowed in prices.items())

    found = worked(CONTRACT.format(of=of, effect=effect) + cases)

    assert [len(priced.adjustments) for priced in found] == [0, 0, 1, 1]
    assert {each.adjustments[0].kind for each in found[2:]} == {"stop-loss"}


def test_the_row_tells_what_was_done(worked: Callable[..., Any]) -> None:
    (priced,) = worked(
        CONTRACT.format(of="charges", effect="instead") + CASE.format(charge="200000.00", allowed="120000.00")
    )

    (row,) = priced.adjustments
    assert (row.name, row.basis_amount, row.percent) == ("High-cost cases", 200000, Decimal("0.6"))
    assert (row.threshold_amount, row.replaced_amount, row.amount) == (150000, 45000, 75000)
    assert priced.lines[0].adjustment_amount == 75000
