"""APR-DRGs: the group with its severity of illness, in tables, selectors and claims."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evenhand.contracts.words import selector_words
from evenhand.errors import ContractError

TERMS = """
terms:
  - {name: Pneumonia, severe, for: {drg: [139-3, 139-4]}, per: case, pay: {amount: 15000}}
  - {name: Inpatient, per: case, pay: {drg_weights: weights.csv, base: 6000}, grouper: APR-DRG 41}
  - {name: Knees, for: {drg: 302x}, per: case, pay: {amount: 21000}}
  - {name: Anything else, pay: {percent_of_charges: 50}}
rules: {lesser_of: none}
""".replace("Pneumonia, severe", '"Pneumonia, severe"')
WEIGHTS = "APR-DRG,SOI,Weight,GMLOS\n139,1,0.4521,2.4\n139,2,0.6008,3.1\n045,1,0.7012,2.2\n45,2,0.9115,3.4\n"
CASE = """
  - claim: {{claim_type: institutional, drg: {drg}}}
    lines: [{{revenue_code: "0120", charge: 10000}}]
    allowed: {allowed}
"""


def test_weights_by_group_and_severity(worked: Callable[..., Any]) -> None:
    cases = {
        "139-1": "2712.60",  # 6,000 × 0.4521
        "139-2": "3604.80",
        "045-2": "5469.00",  # the zero a spreadsheet took is put back
        "1392": "3604.80",  # as some write it
        "139-3": "15000.00",
        "139-4": "15000.00",
        "302-1": "21000.00",
        "302-4": "21000.00",
        "139": "5000.00",  # without a severity the table has no such group
        "303-1": "5000.00",
    }
    text = "cases:" + "".join(CASE.format(drg=drg, allowed=allowed) for drg, allowed in cases.items())
    worked(TERMS + text, {"weights.csv": WEIGHTS})


def test_a_table_may_have_both_in_one_column(worked: Callable[..., Any]) -> None:
    text = TERMS + "cases:" + CASE.format(drg="139-2", allowed="3604.80")
    worked(text, {"weights.csv": "APR DRG,Weight\n139-1,0.4521\n139-2,0.6008\n"})


def test_in_words(written: Any) -> None:
    contract = written(TERMS, {"weights.csv": WEIGHTS})
    words = [selector_words(term.covers) for term in contract.versions[0].terms]
    assert words == ["DRGs 139-3 or 139-4", "everything", "DRGs 302-x", "everything"]


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ("DRG,SOI,Weight\n139,5,0.4\n", "'5' is not a severity of illness"),
        ("DRG,SOI,Weight\n139-2,2,0.4\n", "'139-2' has a severity, and '2' stands beside it"),
        ("DRG,SOI,Weight\n139,2,0.4\n139,2,0.5\n", "1392 has two amounts for the same days"),
    ],
)
def test_what_is_refused(written: Any, weights: str, message: str) -> None:
    with pytest.raises(ContractError, match=message):
        written(TERMS, {"weights.csv": weights})
