"""A contract as text with worked cases: read, priced by both readings, and carried through every form it can take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Contract, check, read_contract
from evenhand.contracts.workbook import export_workbook, import_workbook
from evenhand.contracts.writer import write_contract
from evenhand.pricing.oracle import OracleClaim, PricedClaim, case_claim, price_claim

HEAD = """\
contract: Riverside Surgery with Summit Health
parties: {provider: Riverside Surgery, payer: Summit Health}
effective: 2025-01-01
"""
Worked = Callable[..., list[PricedClaim]]


@pytest.fixture(autouse=True)
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few lines need no second thread; waiting for it takes longer than they do."""
    monkeypatch.setenv("EVENHAND_THREADS", "1")


def _bare(contract: Contract) -> Contract:
    return replace(contract, folder=None, digest="")


def _survives(folder: Path, contract: Contract, place: Path) -> None:
    """Written out, and through a workbook, it is the same contract."""
    export_workbook(folder, place / "contract.xlsx")
    assert _bare(import_workbook(place / "contract.xlsx", place / "from-workbook")) == _bare(contract)
    write_contract(contract, place / "written")
    written = read_contract(place / "written")
    assert [v.terms for v in written.versions] == [v.terms for v in contract.versions]
    assert [v.rules for v in written.versions] == [v.rules for v in contract.versions]


def _agree(contract: Contract, engine_prices: Callable[..., Any]) -> list[PricedClaim]:
    """Each case under both readings: equal in every column, and what the case states."""
    claims = [_numbered(case_claim(case, contract), number) for number, case in enumerate(contract.cases, start=1)]
    answer = engine_prices([contract], [*claims, *(other for claim in claims for other in claim.others)])
    found = [price_claim(contract, claim) for claim in claims]
    for case, priced in zip(contract.cases, found, strict=True):
        for line in priced.lines:
            row = answer.lines[line.line_key]
            told = {name: getattr(line, name) for name in line.__dataclass_fields__}
            assert {name: row[name] for name in told} == told, case.name
        assert answer.claims[priced.claim_key]["expected_amount"] == priced.expected_amount, case.name
        assert (priced.expected_amount or Decimal(0)) == case.allowed, case.name
    return found


def _numbered(claim: Any, number: int) -> Any:
    lines = tuple(replace(line, line_key=number * 100 + line.line_key) for line in claim.lines)
    member = claim.member_id and f"{claim.member_id} {number}"
    others = [replace(other, claim_key=number * 1000, member_id=member) for other in claim.others]
    return replace(claim, claim_key=number, lines=lines, member_id=member, others=tuple(others))


@pytest.fixture
def worked(tmp_path: Path, engine_prices: Callable[..., Any]) -> Worked:
    """Price the worked cases of a contract given as text (its head may be left out) and rate tables by file name."""

    def price(text: str, tables: dict[str, str] | None = None) -> list[PricedClaim]:
        folder = tmp_path / "contract"
        folder.mkdir()
        (folder / "contract.yaml").write_text(text if "contract:" in text else HEAD + text, encoding="utf-8")
        for name, content in (tables or {}).items():
            (folder / name).write_text(content, encoding="utf-8")
        contract, problems = check(folder)
        assert contract is not None, "; ".join(map(str, problems))
        _survives(folder, contract, tmp_path)
        return _agree(contract, engine_prices)

    return price


@pytest.fixture
def chosen(engine_prices: Callable[..., Any]) -> Callable[[list[Contract], OracleClaim], tuple[Any, ...]]:
    """Outcome, price and runners-up by the engine, once the plain reading has said the same."""

    def ask(contracts: list[Contract], one: OracleClaim) -> tuple[Any, ...]:
        row, plain = engine_prices(contracts, [one]).claims[1], price_claim(contracts, one)
        said = (row["outcome"], row["expected_amount"], row["runners_up"])
        assert said == (plain.outcome, plain.expected_amount, plain.runners_up)
        return said

    return ask
