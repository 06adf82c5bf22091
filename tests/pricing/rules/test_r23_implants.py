"""R23: implants paid by their invoice, above a threshold, up to a cap, and by a stated fallback without one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from evenhand.contracts import check
from evenhand.pricing import explain_line

Worked = Callable[..., list[Any]]
TERMS = """\
terms:
  - name: Implants
    for: {revenue_codes: 0275-0278, invoice_over: 500}
    pay: {percent_of_invoice: 105, up_to: 8000, otherwise: {percent_of_charges: 40}}
    carve_out: yes
    stop_loss: no
    cite: Exhibit B §4
  - name: Implants without an invoice
    for: {revenue_codes: 0275-0278, claim_charge_over: 20000, not: {revenue_codes: 0276}}
    pay: {percent_of_invoice: 105, otherwise: {percent_of_charges: 40}}
  - name: Lenses
    for: {revenue_codes: 0276}
    pay: {percent_of_invoice: 105, otherwise: {amount: 150}}
  - name: Small implants
    for: {revenue_codes: 0275-0278}
    pay: packaged
  - name: Device trials
    for: {revenue_codes: 0624}
    pay: {percent_of_invoice: 100}
  - name: Joint replacement
    for: {drg: 470}
    per: case
    pay: {amount: 24500}
"""


def test_a_share_of_the_invoice_above_a_threshold_and_up_to_a_cap(worked: Worked) -> None:
    """1,000.01 × 105 % = 1,050.0105; two units of 450 stay below the threshold; 9,000 × 105 % is held to 8,000."""
    paid, small, capped, two = worked(
        TERMS
        + """\
cases:
  - {revenue_code: 0278, charge: 4000, invoice: 1000.01, allowed: 1050.01}
  - {revenue_code: 0278, charge: 4000, units: 2, invoice: 900, allowed: 0}
  - {revenue_code: 0278, charge: 30000, invoice: 9000, allowed: 8000.00}
  - {revenue_code: 0278, charge: 60000, units: 2, invoice: 15000, allowed: 15750.00}
"""
    )
    line = paid.lines[0]
    assert (line.term, line.basis_amount, line.percent) == ("Implants", Decimal("1000.01"), Decimal("1.05"))
    assert small.lines[0].term == "Small implants"
    said = [
        explain_line({name: getattr(one.lines[0], name) for name in line.__dataclass_fields__})
        for one in (paid, capped)
    ]
    assert said[0].arithmetic == "$1,000.01 invoiced × 105 % = $1,050.01"
    assert said[1].arithmetic == "$9,000.00 invoiced × 105 % = $8,000.00, the most for its units"
    assert two.lines[0].fee_amount == Decimal("15750.00")


def test_without_an_invoice_the_stated_fallback_pays(worked: Worked) -> None:
    by_charges, by_amount = worked(
        TERMS
        + """\
cases:
  - {revenue_code: 0278, charge: 30000, allowed: 12000.00}
  - {revenue_code: 0276, charge: 900, units: 2, allowed: 300.00}
"""
    )
    assert (by_charges.lines[0].term, by_charges.lines[0].method) == (
        "Implants without an invoice",
        "percent_of_charges",
    )
    assert (by_amount.lines[0].term, by_amount.lines[0].method) == ("Lenses", "amount")


def test_without_a_fallback_it_has_no_price_and_never_zero(worked: Worked) -> None:
    (priced,) = worked(TERMS + "cases:\n  - {revenue_code: 0624, charge: 900, allowed: 0}\n")
    assert (priced.lines[0].outcome, priced.lines[0].expected_amount) == ("no invoice", None)
    row = {name: getattr(priced.lines[0], name) for name in priced.lines[0].__dataclass_fields__}
    assert explain_line(row).arithmetic == "no price, because the invoice its price needs is missing"


def test_paid_in_addition_to_a_case_rate(worked: Worked) -> None:
    worked(
        TERMS
        + """\
cases:
  - claim: {drg: 470}
    lines: [{revenue_code: 0120, charge: 40000}, {revenue_code: 0278, charge: 12000, invoice: 4000}]
    allowed: 28700.00
"""
    )


def test_a_silent_fallback_is_a_gap(tmp_path: Path) -> None:
    text = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n" + TERMS
    (tmp_path / "contract.yaml").write_text(text)
    _, problems = check(tmp_path)
    assert [p.what for p in problems if "invoice" in p.what] == [
        "'Device trials' does not say how a line without an invoice is paid: it will have no price"
    ]
