"""Where the versions of a contract lie: the one that holds, and those that were put away when it was replaced."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts.shelf import HISTORY, STAMP

CONTRACT_FILE = "contract.yaml"


def stamps(book: Book, name: str) -> list[str]:
    """The versions of a contract that were put away, the oldest first."""
    history = book.contracts_folder / HISTORY / name
    return sorted(one.name for one in history.glob("*") if (one / CONTRACT_FILE).is_file())


def history(book: Book, name: str) -> list[tuple[str, Path]]:
    """Every version of a contract, the oldest first: the stamp of the one it replaced, and where it lies."""
    put, now = stamps(book, name), book.contract_folders().get(name)
    folders = [book.contracts_folder / HISTORY / name / one for one in put] + ([now] if now else [])
    return list(zip(["", *put], folders, strict=False))


def version_folder(book: Book, name: str, stamp: str) -> Path | None:
    """Where a version that was put away lies; ``None`` if there is no such version."""
    return book.contracts_folder / HISTORY / name / stamp if stamp in stamps(book, name) else None


def version_after(book: Book, name: str, stamp: str) -> Path | None:
    """Where the version lies that replaced one: the next that was put away, else the contract as it is."""
    later = [one for one in stamps(book, name) if one > stamp]
    return version_folder(book, name, min(later)) if later else book.contract_folders().get(name)


def put_away(stamp: str) -> datetime:
    """When a version was put away."""
    return datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
