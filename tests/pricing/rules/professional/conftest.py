"""A contract as text, a claim in a few words, and its price from the plain reading and from the engine."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.contracts import Contract, read_contract
from evenhand.contracts.model import WorkedCase
from evenhand.contracts.writer import write_contract
from evenhand.pricing.oracle import PricedClaim, PricedLine, case_claim, price_claim

HEAD = """\
contract: Test
parties: {provider: A practice, payer: A payer}
effective: 2025-01-01
"""


class Priced:
    """One claim priced both ways, and both the same."""

    def __init__(self, claim: PricedClaim) -> None:
        self.claim = claim
        self.lines: list[PricedLine] = list(claim.lines)

    @property
    def amounts(self) -> list[str]:
        """What each line should be allowed, in the order of the claim; ``-`` for none."""
        return ["-" if line.expected_amount is None else str(line.expected_amount) for line in self.lines]

    @property
    def total(self) -> str:
        """What the claim should be allowed."""
        return str(self.claim.expected_amount)


@pytest.fixture
def contract_of(tmp_path: Path) -> Callable[..., Contract]:
    """A contract from what follows its first lines, and the files beside it; it survives being written and read."""

    def make(text: str, **files: str) -> Contract:
        place = tmp_path / "stated"
        place.mkdir(exist_ok=True)
        whole = text if text.startswith("contract:") else HEAD + text
        (place / "contract.yaml").write_text(whole, encoding="utf-8")
        for name, content in files.items():
            (place / f"{name}.csv").write_text(content, encoding="utf-8")
        contract = read_contract(place)
        again = read_contract(write_contract(contract, tmp_path / "written").parent)
        assert [(one.terms, one.rules) for one in again.versions] == [
            (one.terms, one.rules) for one in contract.versions
        ]
        return contract

    return make


@pytest.fixture
def prices(disagreements: Callable[..., list[str]]) -> Callable[..., Priced]:
    """Price the lines of one claim, each given by the keys of a worked case; what the claim says stands apart."""

    def price(contract: Contract, *lines: dict[str, Any], **claim: Any) -> Priced:
        told = {"claim_type": "professional", "date": contract.period.start, **claim}
        case = WorkedCase(tuple(lines), told, Decimal(0))
        stated = case_claim(case, contract)
        assert disagreements([contract], [stated]) == []
        return Priced(price_claim(contract, stated))

    return price
