"""Opening what a person names on the command line: a folder, a file, an offer, or an id in the book."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from evenhand.contracts import Contract, is_offer, read_contract, read_offer


def book_folder(book: Path | None) -> Path:
    """The book meant: as given, else ``EVENHAND_BOOK``, else ``./book``."""
    return book or Path(os.environ.get("EVENHAND_BOOK") or "book")


def open_contract(path: Path, book: Path | None = None, as_known_on: date | None = None) -> Contract:
    """The contract or offer at a path, as known on a day; a bare name that is none is looked for in the book.

    Raises:
        ContractError: There is nothing there, or it is refused.
    """
    path = contract_path(path, book, as_known_on)
    return (read_offer if is_offer(path) else read_contract)(path, as_known_on=as_known_on)


def contract_path(path: Path, book: Path | None = None, as_known_on: date | None = None) -> Path:
    """Where a contract or offer lies: as named, else under that id in the book, as the book was on a day."""
    if path.exists() or path.parent != Path():
        return path
    kept = book_folder(book) / "contracts" / path.name
    if as_known_on is not None:
        from evenhand.book import Book

        kept = Book.open(book, as_known_on=as_known_on).contract_folders().get(path.name, kept)
    return kept if kept.is_dir() else path
