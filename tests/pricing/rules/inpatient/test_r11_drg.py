"""Cases by DRG: a base rate times a dated table of weights, or dollars by DRG."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from evenhand.contracts import check
from evenhand.contracts.words import term_words
from evenhand.errors import ContractError
from evenhand.pricing import explain_line

WEIGHTS = """\
    MS-DRG,Weight,GMLOS,AMLOS,Transfer,Effective,Through
    470,1.8817,1.6,2.0,post-acute,2025-01-01,2025-09-30
    470,1.9003,1.5,1.9,post-acute,2025-10-01,
    65,1.0155,2.9,3.6,special,,
    """
TERMS = """
terms:
  - name: Inpatient by DRG
    for: {bill_type: 11x}
    per: case
    pay: {drg_weights: weights.csv, base: 6512.35}
    grouper: MS-DRG 42
    cite: Exhibit B
  - {name: Ungroupable, for: {bill_type: 11x}, per: case, pay: {percent_of_charges: 38}}
  - {name: Anything else, pay: {percent_of_charges: 45}}
rules:
  lesser_of: none
  escalator: {every: 1 year, percent: 3, applies_to: case}
"""
LINES = (
    {"revenue_center_code": "0120", "charge_amount": Decimal("20000.00")},
    {"revenue_center_code": "0250", "charge_amount": Decimal("1000.01")},
)


@pytest.mark.parametrize(
    ("drg", "day", "term", "price"),
    [
        ("470", "2025-03-01", "Inpatient by DRG", "12254.29"),  # 6,512.35 × 1.8817 = 12,254.288995
        ("470", "2025-11-01", "Inpatient by DRG", "12375.42"),  # 6,512.35 × 1.9003 = 12,375.418705
        ("065", "2025-03-01", "Inpatient by DRG", "6613.29"),  # 6,512.35 × 1.0155 = 6,613.291425
        ("470", "2026-01-01", "Inpatient by DRG", "12746.68"),  # 6,707.72 (6,707.7205) × 1.9003 = 12,746.680316
        ("999", "2025-03-01", "Ungroupable", "7980.00"),  # 38 % of 21,000.01 = 7,980.0038
        (None, "2025-03-01", "Ungroupable", "7980.00"),
    ],
)
def test_base_times_weight(
    written: Any, claim: Any, both: Any, drg: str | None, day: str, term: str, price: str
) -> None:
    contract = written(TERMS, {"weights.csv": WEIGHTS})
    priced = both(contract, claim(*LINES, drg_code=drg, bill_type_code="111", admission_date=day, claim_start_date=day))
    assert (priced.claim_term, str(priced.expected_amount)) == (term, price)
    assert [line.outcome for line in priced.lines] == ["priced", "included"]


def test_the_arithmetic_is_told(written: Any, claim: Any, both: Any) -> None:
    contract = written(TERMS, {"weights.csv": WEIGHTS})
    (line, _) = both(contract, claim(*LINES, drg_code="470", bill_type_code="111")).lines
    row = {name: getattr(line, name) for name in line.__dataclass_fields__} | {"claim_line_number": 1}
    assert str(explain_line(row)) == (
        'line 1 · "Inpatient by DRG" (Exhibit B): $12,254.29 ($6,512.35 base × 1.8817 weight in weights.csv)'
    )
    assert term_words(contract.versions[0].terms[0]) == (
        "type of bill 11x: $6,512.35 times the weight in weights.csv per case; DRGs by MS-DRG 42"
    )


def test_dollars_by_drg(written: Any, claim: Any, both: Any) -> None:
    terms = """
    terms:
      - {name: DRG rates, per: case, pay: {fee_schedule: drgs.csv}, grouper: APR-DRG 41}
      - {name: Anything else, pay: {percent_of_charges: 45}}
    """
    contract = written(terms, {"drgs.csv": "APR DRG,Rate\n1402,8312.50\n1403,12044.00\n"})
    assert str(both(contract, claim(*LINES, drg_code="1402")).expected_amount) == "8312.50"
    # a DRG the table lacks goes on to the terms by line
    assert str(both(contract, claim(*LINES, drg_code="1401")).expected_amount) == "9450.00"


def test_tables_of_the_wrong_kind_are_refused(written: Any, tmp_path: Any) -> None:
    with pytest.raises(ContractError, match=r"weights\.csv holds weights"):
        written("terms: [{name: X, per: case, pay: {fee_schedule: weights.csv}}]", {"weights.csv": WEIGHTS})
    with pytest.raises(ContractError, match=r"weights\.csv gives rates by DRG"):
        written("terms: [{name: X, pay: {fee_schedule: weights.csv}}]", {"weights.csv": WEIGHTS})
    with pytest.raises(ContractError, match="per line does not go with drg_weights"):
        written("terms: [{name: X, per: line, pay: {drg_weights: weights.csv, base: 1}}]", {"weights.csv": WEIGHTS})


def test_silence_about_the_grouper_is_a_gap(written: Any, tmp_path: Any) -> None:
    written(TERMS.replace("    grouper: MS-DRG 42\n", ""), {"weights.csv": WEIGHTS})
    _, problems = check(tmp_path / "summit")
    assert any("does not say which grouper" in problem.what for problem in problems)


def test_a_rule_that_groups_all_stays_says_it_for_every_term(written: Any, tmp_path: Any) -> None:
    silent = TERMS.replace("    grouper: MS-DRG 42\n", "").replace("rules:\n", "rules:\n  grouper: MS-DRG 42\n")
    written(silent, {"weights.csv": WEIGHTS})
    _, problems = check(tmp_path / "summit")
    assert not any("does not say which grouper" in problem.what for problem in problems)
