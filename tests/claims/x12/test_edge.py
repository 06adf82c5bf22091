"""The small 835 files, one peculiarity each: counts, amounts, and every cell against the slow reading."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

NAMES = sorted(path.name for path in (Path(__file__).parent / "edge").glob("*.835"))


def cents(rows: list[dict[str, Any]], column: str) -> int:
    return sum(int(row[column] * 100) for row in rows if row[column] is not None)


@pytest.mark.parametrize("name", NAMES)
def test_counts_and_amounts_are_those_expected(name: str, edge: Path, accounts: ModuleType) -> None:
    expected = json.loads((edge / "expected.json").read_text())[name]
    tables = accounts.read_all((edge / name).read_bytes())
    claims, lines = accounts.rows(tables, "remit_claims"), accounts.rows(tables, "remit_lines")
    adjustments = accounts.rows(tables, "adjustments")
    found = {"claims": len(claims), "lines": len(lines), "adj": len(adjustments), "paid": cents(claims, "paid_amount")}
    if "plb" in expected:
        found["plb"] = cents(accounts.rows(tables, "provider_adjustments"), "amount")
    if "bpr" in expected:
        found["bpr"] = cents(accounts.rows(tables, "remits"), "payment_amount")
    if "allowed" in expected:
        allowed = [row["reported_allowed_amount"] for row in lines]
        found["allowed"] = [int(value * 100) for value in allowed if value is not None]  # type: ignore[assignment]
    assert found == {key: expected[key] for key in found}


def test_there_are_28_of_them() -> None:
    assert len(NAMES) == 28


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_equals_the_slow_reading(name: str, edge: Path, accounts: ModuleType, reference: ModuleType) -> None:
    content = (edge / name).read_bytes()
    same_as_reference(accounts.read_all(content), reference.remittances(content), accounts)


@pytest.mark.parametrize("name", NAMES)
def test_everything_the_file_says_is_in_tables_or_findings(name: str, edge: Path, accounts: ModuleType) -> None:
    content = (edge / name).read_bytes()
    assert accounts.differences(content, accounts.read_all(content)) == []


@pytest.mark.parametrize("name", NAMES)
def test_only_the_unbalanced_file_is_out_of_balance(name: str, edge: Path, accounts: ModuleType) -> None:
    tables = accounts.read_all((edge / name).read_bytes())
    rules = {row["rule"] for row in accounts.rows(tables, "findings")}
    balances = {"line-balance", "claim-balance", "transaction-balance", "claim-lines", "patient-balance"}
    wrong = {"line-balance", "claim-balance"} if name.startswith("25_") else set()
    assert rules & balances == wrong


def same_as_reference(tables: Any, remits: list[Any], accounts: ModuleType) -> None:
    """Compare tables with the slow reading, row by row."""
    rows = {name: accounts.rows(tables, name) for name in ("remits", "remit_claims", "remit_lines", "adjustments")}
    assert [row["payment_amount"] for row in rows["remits"]] == [remit.payment for remit in remits]
    assert [row["segment_count"] for row in rows["remits"]] == [remit.segments for remit in remits]
    claims = [claim for remit in remits for claim in remit.claims]
    assert [claim_row(row) for row in rows["remit_claims"]] == [
        (c.elements[1] or None, c.elements[2] or None, c.charge, c.paid, c.patient, c.elements[7] or None)
        for c in claims
    ]
    lines = [line for claim in claims for line in claim.lines]
    assert [line_row(row) for row in rows["remit_lines"]] == [line_expected(line) for line in lines]
    owners = [owner for claim in claims for owner in (claim, *claim.lines)]
    expected = [adjustment for owner in owners for adjustment in owner.adjustments]
    assert [(row["group_code"], row["reason_code"], row["amount"]) for row in rows["adjustments"]] == [
        (group or None, reason or None, amount) for group, reason, amount, _ in expected
    ]
    provider = [pair for remit in remits for pair in remit.provider]
    assert [
        (row["provider_id"], row["reason_code"], row["reference"], row["amount"])
        for row in accounts.rows(tables, "provider_adjustments")
    ] == [(npi or None, reason or None, reference or None, amount) for npi, reason, reference, amount in provider]


def claim_row(row: dict[str, Any]) -> tuple[Any, ...]:
    names = "claim_id status_code charge_amount paid_amount patient_responsibility_amount payer_claim_number"
    return tuple(row[name] for name in names.split())


def line_row(row: dict[str, Any]) -> tuple[Any, ...]:
    names = "code_qualifier hcpcs_code hcpcs_modifier_1 hcpcs_modifier_2 revenue_center_code charge_amount paid_amount"
    more = "service_unit_quantity submitted_code reported_allowed_amount line_control_number"
    return tuple(row[name] for name in f"{names} {more}".split())


def line_expected(line: Any) -> tuple[Any, ...]:
    parts = [*(part or None for part in line.composite), None, None, None, None]
    revenue = parts[1] if parts[0] == "NU" else line.revenue or None
    if revenue and len(revenue) == 3:
        revenue = "0" + revenue
    code = None if parts[0] == "NU" else parts[1]
    units = Decimal(line.units or "1")
    submitted = (line.submitted[1] if len(line.submitted) > 1 else "") or None
    return (
        parts[0], code, parts[2], parts[3], revenue, line.charge, line.paid,
        units, submitted, line.allowed, line.control or None,
    )  # fmt: skip
