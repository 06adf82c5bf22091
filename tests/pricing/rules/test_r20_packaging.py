"""R20: what is packaged is named, paid nothing of its own, and stays within the claim."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from evenhand.contracts.methods import Packaged
from evenhand.contracts.model import Term
from evenhand.contracts.words import term_words

Worked = Callable[..., list[Any]]
TERMS = """\
terms:
  - name: Supplies and drugs
    for: {revenue_codes: [0250-0259, 0270-0274]}
    pay: packaged
    cite: Exhibit C §2
  - name: Surgery
    for: {codes: 10004-69990}
    pay: {amount: 4000}
  - name: Anything else
    pay: {percent_of_charges: 50}
"""


def test_a_packaged_line_is_named_and_paid_nothing(worked: Worked) -> None:
    (priced,) = worked(
        TERMS
        + """\
cases:
  - lines: [{code: 29881, charge: 9000}, {revenue_code: 0250, charge: 800}, {revenue_code: 0300, charge: 100}]
    allowed: 4050.00
"""
    )
    supply = priced.lines[1]
    assert (supply.outcome, supply.term, supply.cite) == ("included", "Supplies and drugs", "Exhibit C §2")
    assert (supply.fee_amount, supply.expected_amount) == (Decimal(0), Decimal(0))
    assert (priced.outcome, priced.unpriced_lines) == ("priced", 0)


def test_its_charges_count_where_the_claim_is_held_to_its_charges(worked: Worked) -> None:
    """3,000 for the surgery and 500 packaged are charged: the claim is held to 3,500."""
    worked(
        TERMS
        + """\
rules: {lesser_of: claim}
cases:
  - lines: [{code: 29881, charge: 3000}, {revenue_code: 0250, charge: 500}]
    allowed: 3500.00
"""
    )


def test_within_a_case_rate_it_is_part_of_the_case(worked: Worked) -> None:
    (priced,) = worked(
        TERMS.replace(
            "terms:\n", "terms:\n  - {name: Day case, for: {bill_type: 13x}, per: case, pay: {amount: 2500}}\n"
        )
        + """\
cases:
  - claim: {bill_type: 131}
    lines: [{code: 29881, charge: 9000}, {revenue_code: 0250, charge: 800}]
    allowed: 2500.00
"""
    )
    assert [line.term for line in priced.lines] == ["Day case", "Day case"]


def test_in_words() -> None:
    term = Term("Supplies", Packaged(), stop_loss=False)
    assert term_words(term) == (
        "everything: nothing of its own: packaged into the other services of the claim; "
        "its charges do not count towards a stop-loss"
    )
