"""R19: outpatient surgery by groups: each code has a group, each group a rate, several of a claim are ranked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import read_contract
from evenhand.errors import ContractError
from evenhand.pricing import explain_line
from evenhand.pricing.oracle import case_claim, price_claim
from evenhand.pricing.surgery_groups import group_of

Worked = Callable[..., list[Any]]
TERMS = """\
schedules:
  surgery groups: {groups: asc-groups.csv, rates: group-rates.csv}
terms:
  - name: Grouped surgery
    for: {codes: on schedule}
    per: line
    pay: {fee_schedule: surgery groups}
  - name: Surgery in no group
    for: {codes: 10004-69990}
    per: line
    pay: {amount: 800}
rules:
  multiple_procedures: {percent: [100, 50, 25, 0], for: {codes: 10004-69990}}
"""
TABLES = {
    "asc-groups.csv": (
        "HCPCS,ASC group,from,to\n29881,5,,\n66984,03,,2025-06-30\n66984,4,2025-07-01,\n64721,1,,\n43239,1,,\n"
    ),
    "group-rates.csv": (
        "group,rate,effective,ends\n1,1000.00,,2025-12-31\n1,1040.00,2026-01-01,\n3,2500.00,,\n4,2600.00,,\n5,4000.00,,\n"
    ),
}


def test_groups_of_4000_2500_1000_at_100_50_25(worked: Worked) -> None:
    """4,000 + 1,250 + 250 = 5,500; a fourth procedure is paid nothing."""
    three, four = worked(
        TERMS
        + """\
cases:
  - lines: [{code: 64721}, {code: 29881}, {code: 66984}]
    allowed: 5500.00
  - lines: [{code: 64721}, {code: 29881}, {code: 66984}, {code: 43239}]
    allowed: 5500.00
""",
        TABLES,
    )
    assert [line.procedure_rank for line in three.lines] == [3, 1, 2]
    assert str(four.lines[3].expected_amount) == "0.00"


def test_a_code_in_no_group_goes_to_the_default(worked: Worked) -> None:
    (priced,) = worked(TERMS + "cases:\n  - {code: 11042, allowed: 800.00}\n", TABLES)
    assert priced.lines[0].term == "Surgery in no group"


def test_groups_and_their_rates_have_dates(worked: Worked) -> None:
    worked(
        TERMS
        + """\
cases:
  - {code: 66984, date: 2025-06-30, allowed: 2500.00}
  - {code: 66984, date: 2025-07-01, allowed: 2600.00}
  - {code: 64721, date: 2025-12-31, allowed: 1000.00}
  - {code: 64721, date: 2026-01-01, allowed: 1040.00}
""",
        TABLES,
    )


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("asc-groups.csv", "code,group\n29881,9\n", "asc-groups.csv:2: 29881: there is no rate for group 9"),
        ("asc-groups.csv", "code,group\n2988,1\n", "asc-groups.csv:2: '2988' is not a code"),
        ("asc-groups.csv", "code,amount\n29881,1\n", "asc-groups.csv: no row has headings for group and code"),
        ("group-rates.csv", "group,rate\n1,n/a\n", "group-rates.csv:2: group 1: 'n/a' is not an amount"),
        ("group-rates.csv", "group,rate\n,12\n", "group-rates.csv:2: this row names no group"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path: Path, file: str, content: str, told: str) -> None:
    head = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n"
    (tmp_path / "contract.yaml").write_text(head + TERMS)
    for name, text in (TABLES | {file: content}).items():
        (tmp_path / name).write_text(text)
    with pytest.raises(ContractError) as refused:
        read_contract(tmp_path)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025-06-30", "$2,500.00 (group 3 of surgery groups)"),
        ("2025-07-01", "$2,600.00 (group 4 of surgery groups)"),
    ],
)
def test_the_group_of_a_line_is_told(tmp_path: Path, day: str, told: str) -> None:
    head = "contract: A\nparties: {provider: B, payer: C}\neffective: 2025-01-01\n"
    case = f"cases:\n  - {{code: 66984, date: {day}, allowed: 1}}\n"
    (tmp_path / "contract.yaml").write_text(head + TERMS + case)
    for name, text in TABLES.items():
        (tmp_path / name).write_text(text)
    contract = read_contract(tmp_path)
    claim = case_claim(contract.cases[0], contract)
    priced = price_claim(contract, claim)
    line = priced.lines[0]
    row = {name: getattr(line, name) for name in line.__dataclass_fields__}
    row |= {"contract_id": priced.contract_id, "version_no": priced.version_no, "hcpcs_code": "66984"}
    group = group_of([contract], row, claim.claim_start_date)
    assert explain_line(row | {"group": group}).arithmetic == told
