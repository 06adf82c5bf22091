"""Contracts as people write them, priced by the plain reading and by the engine, which must agree in every column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any
from uuid import uuid4

import pytest

from evenhand.contracts import Contract, read_contract
from evenhand.contracts.workbook import export_workbook, import_workbook
from evenhand.contracts.writer import write_contract
from evenhand.pricing.oracle import OracleClaim, price_claim

HEAD = """\
contract: Cedar Ridge Hospital with Summit Health
id: summit
parties: {provider: Cedar Ridge Hospital, payer: Summit Health}
effective: 2025-01-01
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Contract]:
    """A contract from the text of its terms and rules, with the files it names; it survives a writer and a workbook."""

    def read(text: str, files: Mapping[str, str] | None = None) -> Contract:
        folder = tmp_path / "summit"
        folder.mkdir(exist_ok=True)
        for name, content in (files or {}).items():
            (folder / name).write_text(dedent(content), encoding="utf-8")
        (folder / "contract.yaml").write_text(HEAD + dedent(text), encoding="utf-8")
        contract = read_contract(folder)
        again = read_contract(write_contract(contract, tmp_path / "again").parent)
        assert _said(again) == _said(contract)
        export_workbook(folder, tmp_path / "summit.xlsx")
        assert _said(import_workbook(tmp_path / "summit.xlsx", tmp_path / f"from workbook {uuid4()}")) == _said(
            contract
        )
        return contract

    return read


def _said(contract: Contract) -> list[Any]:
    return [(each.terms, each.rules, [table.rates for table in each.schedules.values()]) for each in contract.versions]


@pytest.fixture
def claim() -> Callable[..., OracleClaim]:
    """A facility claim of Summit Health from its lines; what is not said is left open."""

    def made(*lines: Mapping[str, Any], **said: Any) -> OracleClaim:
        numbered = [{"line_key": n, "claim_line_number": n} | dict(each) for n, each in enumerate(lines, start=1)]
        row = {"claim_key": 1, "payer": "Summit Health", "claim_type": "institutional"} | said
        return OracleClaim.of({"claim_start_date": "2025-03-01", "claim_end_date": "2025-03-04"} | row, numbered)

    return made


@pytest.fixture
def both(disagreements: Callable[..., list[str]]) -> Callable[..., Any]:
    """What the plain reading gives for a claim, once the engine gives the same."""

    def price(contract: Contract, one: OracleClaim) -> Any:
        assert disagreements([contract], [one]) == []
        return price_claim(contract, one)

    return price
