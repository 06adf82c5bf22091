"""Opening what a person names on the command line: a folder, a file, an offer, or an id in the book."""

from __future__ import annotations

import os
from pathlib import Path

from evenhand.contracts import Contract, is_offer, read_contract, read_offer


def book_folder(book: Path | None) -> Path:
    """The book meant: as given, else ``EVENHAND_BOOK``, else ``./book``."""
    return book or Path(os.environ.get("EVENHAND_BOOK") or "book")


def open_contract(path: Path, book: Path | None = None) -> Contract:
    """The contract or offer at a path; a bare name that is none is looked for in the book.

    Raises:
        ContractError: There is nothing there, or it is refused.
    """
    path = contract_path(path, book)
    return read_offer(path) if is_offer(path) else read_contract(path)


def contract_path(path: Path, book: Path | None = None) -> Path:
    """Where a contract or offer lies: as named, else under that id in the book."""
    kept = book_folder(book) / "contracts" / path.name
    return kept if not path.exists() and path.parent == Path() and kept.is_dir() else path
