"""The ZIP code of a claim's site: the service facility's where the claim names one, else the billing provider's."""

from __future__ import annotations

from typing import Any

import pytest

HERE, THERE = "1234567893", "1333333339"


@pytest.mark.parametrize(
    ("told", "site"),
    [
        ({"billing_npi": HERE, "billing_zip": "80401"}, "80401"),
        (
            {"billing_npi": HERE, "billing_zip": "80401", "facility_npi": THERE, "facility_zip": "021081234"},
            "021081234",
        ),
        ({"billing_npi": HERE, "billing_zip": "80401", "facility_zip": "02108"}, "02108"),
        ({"billing_npi": HERE, "billing_zip": "80401", "facility_npi": HERE}, "80401"),
        ({"billing_npi": HERE, "billing_zip": "80401", "facility_npi": THERE}, None),
        ({"billing_zip": "80401", "facility_npi": THERE}, None),
        ({"billing_zip": "80401"}, "80401"),
        ({}, None),
    ],
)
def test_the_zip_code_of_another_place_is_not_guessed(book: Any, told: dict[str, str], site: str | None) -> None:
    book.claim("A", {"charge_amount": "10"}, **told)
    (claim,) = book.settle().rows("from service_claims")
    assert claim["site_zip"] == site


def test_a_remittance_alone_knows_no_place(book: Any, pay: Any) -> None:
    book.remit_claim(book.remit(), "A", pay("99213", 100, 30, "CO-45 70"))
    (claim,) = book.settle().rows("from service_claims")
    assert (claim["origin"], claim["site_zip"]) == ("remittance", None)
