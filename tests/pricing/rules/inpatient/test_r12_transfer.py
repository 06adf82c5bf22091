"""Cases that end in a transfer: (nights + 1) ÷ GMLOS of the price, or half of it and half by the day."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evenhand.errors import ContractError
from evenhand.pricing import explain_line

DRGS = """\
    DRG,Amount,GMLOS,Transfer
    100,10000.00,5.0,
    200,10000.00,5.0,post-acute
    300,10000.00,5.0,special
    789,10000.00,5.0,none
    """
TERMS = """
terms:
  - name: Cases
    per: case
    pay: {fee_schedule: drgs.csv}
    grouper: MS-DRG 42
    transfer: {discharge_status: ["02", "05", 66], post_acute: [03, 06]}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules: {lesser_of: none}
"""
ROOM = {"revenue_center_code": "0120", "charge_amount": Decimal("20000.00")}


@pytest.mark.parametrize(
    ("drg", "status", "nights", "price"),
    [
        ("100", "02", 2, "6000.00"),  # 3 ÷ 5 = 0.6
        ("100", "03", 2, "10000.00"),  # post-acute care is nothing to an ordinary DRG
        ("200", "03", 2, "6000.00"),
        ("300", "03", 2, "8000.00"),  # 0.5 + 0.5 × 0.6
        ("300", "02", 2, "6000.00"),  # to another hospital the special half does not apply
        ("789", "02", 2, "10000.00"),
        ("200", "06", 1, "4000.00"),  # twice the daily share on the first day
        ("200", "06", 3, "8000.00"),
        ("200", "06", 4, "10000.00"),  # 4 + 1 is no less than 5.0
        ("200", "01", 1, "10000.00"),
        ("200", None, 1, "10000.00"),
    ],
)
def test_the_share_earned(
    written: Any, claim: Any, both: Any, drg: str, status: str | None, nights: int, price: str
) -> None:
    contract = written(TERMS, {"drgs.csv": DRGS})
    stay = claim(
        ROOM,
        drg_code=drg,
        discharge_status=status,
        admission_date="2025-03-01",
        discharge_date=f"2025-03-{1 + nights:02}",
    )
    assert str(both(contract, stay).expected_amount) == price


def test_the_share_is_held_to_four_decimals_and_told(written: Any, claim: Any, both: Any) -> None:
    contract = written(TERMS, {"drgs.csv": DRGS.replace("200,10000.00,5.0", "200,10000.00,6.7")})
    stay = claim(ROOM, drg_code="200", discharge_status="02", admission_date="2025-03-01", discharge_date="2025-03-03")
    (line,) = both(contract, stay).lines
    assert (line.transfer_factor, line.expected_amount) == (Decimal("0.4478"), Decimal("4478.00"))  # 3 ÷ 6.7
    row = {name: getattr(line, name) for name in line.__dataclass_fields__} | {"claim_line_number": 1}
    assert str(explain_line(row)) == 'line 1 · "Cases": $10,000.00 × 44.78 % (transferred) = $4,478.00'


def test_a_table_without_lengths_of_stay_is_refused(written: Any) -> None:
    with pytest.raises(ContractError, match=r"'Cases' cuts transfers by GMLOS, and drgs\.csv has none for 100"):
        written(TERMS, {"drgs.csv": DRGS.replace("100,10000.00,5.0", "100,10000.00,")})


def test_a_status_in_both_lists_is_refused(written: Any) -> None:
    with pytest.raises(ContractError, match="discharge status 03 stands in both lists"):
        written(TERMS.replace("66]", "03]"), {"drgs.csv": DRGS})
