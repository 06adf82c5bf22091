"""An APR-DRG is known by its group and its severity together; other DRGs have none."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("told", "drg"),
    [
        ({"drg_code": "139", "drg_code_type": "apr-drg", "drg_severity": "2"}, "1392"),
        ({"drg_code": "139", "drg_severity": "2"}, "1392"),
        ({"drg_code": "139", "drg_code_type": "apr-drg"}, "139"),
        ({"drg_code": "1392", "drg_severity": "2"}, "1392"),
        ({"drg_code": "470", "drg_code_type": "ms-drg", "drg_severity": "2"}, "470"),
        ({"drg_severity": "2"}, None),
    ],
)
def test_the_severity_is_the_fourth_digit(book: Any, told: dict[str, str], drg: str | None) -> None:
    book.claim("A", {"charge_amount": "10"}, claim_type="institutional", **told)
    (claim,) = book.settle().rows("from service_claims")
    assert claim["drg_code"] == drg
