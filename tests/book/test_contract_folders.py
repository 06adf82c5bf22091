"""Which folders are contracts of the book."""

from __future__ import annotations

from pathlib import Path

from evenhand.book import Book


def test_a_contract_that_is_just_being_put_there_is_none_yet(tmp_path: Path) -> None:
    book = Book.create(tmp_path / "book")
    for name in ("summit", ".summit.1a2b3c4d"):
        (book.contracts_folder / name).mkdir(parents=True)
        (book.contracts_folder / name / "contract.yaml").write_text("contract: Summit\n")

    assert list(book.contract_folders()) == ["summit"]
