"""R11: stays are grouped by the version the contract names; the DRG billed counts where it names none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("msdrg", reason="the grouper is not installed: evenhand[grouping]")

Worked = Callable[..., list[Any]]
TERMS = """\
terms:
  - name: Fusion, version 41
    for: {drg: 460}
    per: case
    pay: {amount: 31000}
  - name: Fusion, version 42
    for: {drg: [450-451]}
    per: case
    pay: {amount: 33000}
  - name: Ungroupable
    for: {drg: 999}
    per: case
    pay: {percent_of_charges: 30}
  - name: Joint replacement
    for: {drg: 470}
    per: case
    pay: {amount: 24500}
"""
FUSION = (
    "claim: {claim_type: institutional, bill_type: 111, drg: 460, age: 60, sex: F, discharge_status: 01, "
    "diagnosis: [M43.16], procedures: [0SG00AJ, 0SB20ZZ]}"
)


@pytest.mark.parametrize(
    ("grouper", "allowed", "term"),
    [
        ("none", "31000.00", "Fusion, version 41"),
        ("MS-DRG 41", "31000.00", "Fusion, version 41"),
        ("MS-DRG 42", "33000.00", "Fusion, version 42"),
        ("ms-drg v43.1", "33000.00", "Fusion, version 42"),
    ],
)
def test_the_version_named_decides(worked: Worked, grouper: str, allowed: str, term: str) -> None:
    (priced,) = worked(
        f"{TERMS}rules: {{grouper: {grouper}}}\ncases:\n"
        f"  - {{{FUSION}, lines: [{{revenue_code: 0120, charge: 90000}}], allowed: {allowed}}}\n"
    )
    assert priced.claim_term == term


def test_what_cannot_be_grouped_keeps_the_drg_billed(worked: Worked) -> None:
    """Without a diagnosis there is nothing to group; an invalid one is ungroupable."""
    without, invalid = worked(
        TERMS
        + """\
rules: {grouper: MS-DRG 43}
cases:
  - claim: {claim_type: institutional, bill_type: 111, drg: 470, age: 60}
    lines: [{revenue_code: 0120, charge: 50000}]
    allowed: 24500.00
  - claim: {claim_type: institutional, bill_type: 111, drg: 470, age: 60, diagnosis: [NOCODE]}
    lines: [{revenue_code: 0120, charge: 50000}]
    allowed: 15000.00
"""
    )
    assert (without.claim_term, invalid.claim_term) == ("Joint replacement", "Ungroupable")


def test_outpatient_claims_are_left_alone(worked: Worked) -> None:
    (priced,) = worked(
        TERMS
        + """\
  - name: Anything else
    pay: {percent_of_charges: 50}
rules: {grouper: MS-DRG 43}
cases:
  - claim: {claim_type: institutional, bill_type: 131, age: 60, diagnosis: [M17.11], procedures: [0SRC0J9]}
    lines: [{code: 27447, charge: 50000}]
    allowed: 25000.00
"""
    )
    assert priced.claim_term is None
