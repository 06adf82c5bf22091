"""Shares a payer must have used, read off the amounts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evenhand.performance import variance

D = Decimal
FEE = {"code": "29881", "unit_rate": D("400.00"), "term": "Schedule"}


@pytest.mark.parametrize(
    ("line", "reason", "evidence"),
    [
        (
            {"charge": "1000.00", "expected": "450.00", "allowed": "380.00"}
            | {"method": "percent_of_charges", "percent": D("0.45")},
            "percent of charges",
            "allowed $380.00 is 38% of the charge where the contract pays 45%; charge $1,000.00",
        ),
        (
            {**FEE, "charge": "900.00", "expected": "80.00", "allowed": "48.00"}
            | {"modifiers": "80", "modifier_factor": D("0.2")},
            "modifier",
            "allowed $48.00 is 12% of the rate for modifiers 80 where the contract pays 20%",
        ),
        (
            {"code": "00840", "unit_rate": D("243.81"), "term": "Anaesthesia", "method": "anesthesia", "units": "90"}
            | {"charge": "900.00", "expected": "121.91", "allowed": "60.95"}
            | {"modifiers": "QX", "modifier_factor": D("0.5")},
            "modifier",
            "allowed $60.95 is 25% of the rate for modifiers QX where the contract pays 50%",
        ),
        (
            {**FEE, "charge": "901.00", "expected": "200.00", "allowed": "100.00", "procedure_rank": 2}
            | {"procedure_factor": D("0.5"), "modifier_factor": D(1), "reasons": "CO-45 CO-59"},
            "multiple procedures",
            "allowed $100.00 is 25% of the fee for procedure 2 of the day where the contract pays 50%",
        ),
        (
            {**FEE, "charge": "500.00", "expected": "400.00", "allowed": "250.00"},
            "lesser-of",
            "allowed $250.00 is 50% of the charge, a limit the contract does not have; "
            "charge $500.00, contract price $400.00",
        ),
        (
            {"charge": "9001.00", "expected": "4650.00", "allowed": "4278.00", "per": "case", "method": "amount"},
            "case rate",
            "allowed $4,278.00 is 92% of the case price; contract price $4,650.00",
        ),
        (
            {"charge": "9001.00", "expected": "4650.00", "allowed": "4001.17", "per": "day", "method": "amount"},
            "case rate",
            "allowed $4,001.17 is not the day price; contract price $4,650.00",
        ),
    ],
)
def test_a_share_is_named_beside_the_one_agreed(book: Any, line: dict[str, Any], reason: str, evidence: str) -> None:
    book.claim("Summit", [line])

    (row,) = variance(book.basis()).detail.rows()

    assert (row["reason"], row["evidence"]) == (reason, evidence)
