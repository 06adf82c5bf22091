"""The order files are loaded in never changes a price: claims before remittances, or remittances before claims."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from evenhand.book import Book
from evenhand.contracts import keep_contract, read_contract
from evenhand.demo import generate
from evenhand.pricing import price_book

Prices = list[tuple[str, int, str, Decimal | None]]


def _prices(book: Book, contracts: Path) -> Prices:
    """What every claim is allowed, by what it is called rather than by the keys of this book."""
    for place in sorted(contracts.iterdir()):
        keep_contract(read_contract(place), book.contracts_folder)
    engine = price_book(book).engine
    rows = engine.arrow(
        """
        select c.claim_id, l.claim_line_number, p.outcome, p.expected_amount
        from priced_lines as p
        inner join service_lines as l on l.line_key = p.line_key
        inner join service_claims as c on c.claim_key = p.claim_key
        """
    ).to_pylist()
    found = [(row["claim_id"], row["claim_line_number"] or 0, row["outcome"], row["expected_amount"]) for row in rows]
    return sorted(found, key=str)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Files of claims and remittances, and the contracts they fall under."""
    demo = generate(tmp_path_factory.mktemp("files") / "demo", claims=150, seed=11)
    return demo.files, demo.contracts


def test_files_in_either_order(made: tuple[Path, Path], tmp_path: Path) -> None:
    files, contracts = made
    forwards, backwards = Book.create(tmp_path / "forwards"), Book.create(tmp_path / "backwards")
    parts = sorted(files.iterdir())
    assert len(parts) > 1
    for part in parts:
        forwards.load([part])
    for part in reversed(parts):
        backwards.load([part])
    one, other = _prices(forwards, contracts), _prices(backwards, contracts)
    assert one == other
    assert any(amount for *_, amount in one)
