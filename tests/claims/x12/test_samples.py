"""Collected 835 and 837 files, where they are at hand: against the slow reading, oxedi, and plain counts."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import oxedi
import pytest

FOLDER = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "x12" / "files"
FILES = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []
REMITTANCES = [path for path in FILES if path.name.startswith("835__")]
CLAIMS = [path for path in FILES if path.name.startswith("837__")]
EDGE = sorted((Path(__file__).parent / "edge").glob("*.835"))


def name(path: Path) -> str:
    return path.name


def test_the_samples_are_there(samples: Path) -> None:
    assert len(list(samples.iterdir())) > 100


@pytest.mark.parametrize("path", FILES, ids=name)
def test_everything_a_file_says_is_in_tables_or_findings(path: Path, accounts: ModuleType) -> None:
    content = path.read_bytes()
    assert accounts.differences(content, accounts.read_all(content)) == []


@pytest.mark.parametrize("path", REMITTANCES, ids=name)
def test_remittances_equal_the_slow_reading(path: Path, accounts: ModuleType, reference: ModuleType) -> None:
    content = path.read_bytes()
    tables, remits = accounts.read_all(content), reference.remittances(content)
    claims = [claim for remit in remits for claim in remit.claims]
    lines = [line for claim in claims for line in claim.lines]
    adjustments = [part for claim in claims for owner in (claim, *claim.lines) for part in owner.adjustments]
    found = {name: accounts.rows(tables, name) for name in ("remits", "remit_claims", "remit_lines", "adjustments")}
    assert [row["payment_amount"] for row in found["remits"]] == [remit.payment for remit in remits]
    assert [row["segment_count"] for row in found["remits"]] == [remit.segments for remit in remits]
    assert [(row["claim_id"], row["charge_amount"], row["paid_amount"]) for row in found["remit_claims"]] == [
        (claim.elements[1] or None, claim.charge, claim.paid) for claim in claims
    ]
    assert [
        (row["charge_amount"], row["paid_amount"], row["reported_allowed_amount"]) for row in found["remit_lines"]
    ] == [(line.charge, line.paid, line.allowed) for line in lines]
    assert [(row["group_code"], row["reason_code"], row["amount"]) for row in found["adjustments"]] == [
        (group or None, reason or None, amount) for group, reason, amount, _ in adjustments
    ]
    provider = [pair[3] for remit in remits for pair in remit.provider]
    assert [row["amount"] for row in accounts.rows(tables, "provider_adjustments")] == provider


@pytest.mark.parametrize("path", REMITTANCES + EDGE, ids=name)
def test_remittances_equal_oxedi(path: Path, accounts: ModuleType) -> None:
    content = path.read_bytes()
    theirs = oxedi.parse(content)
    if any(diagnostic.level == 1 for diagnostic in theirs.diagnostics) or content.count(b"ISA") > 1:
        pytest.skip("oxedi does not read all of this file")
    tables = accounts.read_all(content)
    found = {name: accounts.rows(tables, name) for name in ("remit_claims", "remit_lines", "adjustments")}
    assert len(found["remit_claims"]) == len(theirs.tables["claims"])
    assert len(found["remit_lines"]) == len(theirs.tables["services"])
    assert _sum(row["amount"] for row in found["adjustments"]) == _sum(
        row["amount"] for row in _rows(theirs.tables["adjustments"])
    )


def _rows(table: Any) -> list[dict[str, Any]]:
    import pyarrow as pa

    rows: list[dict[str, Any]] = pa.table(table).to_pylist()
    return rows


def _sum(values: Any) -> Decimal:
    return sum((Decimal(value) for value in values if value is not None), Decimal(0))


@pytest.mark.parametrize("path", CLAIMS, ids=name)
def test_claims_and_lines_are_as_many_as_their_segments(
    path: Path, accounts: ModuleType, reference: ModuleType
) -> None:
    content = path.read_bytes()
    tables = accounts.read_all(content)
    expected = Counter[str]()
    for element, _, segments in reference.interchanges(content):
        inside = False
        for segment in segments:
            key, _, rest = segment.partition(element)
            inside = rest.startswith("837") if key == "ST" else inside and key != "SE"
            expected[key] += inside
    assert len(accounts.rows(tables, "claims")) == expected["CLM"]
    assert len(accounts.rows(tables, "lines")) == expected["SV1"] + expected["SV2"] + expected["SV3"]
