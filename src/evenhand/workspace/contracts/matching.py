"""What the log says of a contract's versions: an event for each, also for one nobody could tell of when it was made.

A contract's files can be edited where they lie, which leaves no version: what they say then is one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts.authors import Author, author_in
from evenhand.contracts.shelf import BY
from evenhand.errors import ContractError
from evenhand.workspace.contracts.reading import contract_in
from evenhand.workspace.contracts.versions import CONTRACT_FILE, history
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.trail import matching
from evenhand.workspace.trail.matching import Made

KIND = "contract"


def told(organisation: Organisation, book: Book, name: str) -> None:
    """Write the event of every version that has none."""
    matching.told(organisation, KIND, name, list(_versions(book, name)))


def _versions(book: Book, name: str) -> Iterator[Made]:
    author = None
    for before, folder in history(book, name):
        author = author_in(folder / BY)
        yield _made(folder, before, author)
    if author and author.made != digest_in(folder):
        yield _made(folder, f"{before} by hand {digest_in(folder)}", None)


def _made(folder: Path, before: str, author: Author | None) -> Made:
    file = folder / (BY if author else CONTRACT_FILE)

    def said() -> tuple[str, str]:
        return said_of(before.partition(" ")[0], author.made if author else digest_in(folder))

    return Made(before, file.stat().st_mtime, author, "changed" if before else "added", said)


def digest_in(folder: Path) -> str:
    """Names what the contract in a folder says; a word where it is refused."""
    try:
        return contract_in(folder).digest
    except ContractError:
        return "refused"


def said_of(before: str, digest: str) -> tuple[str, str]:
    """What an event says of the version that was put away, and of the one that holds."""
    return f"version {before}" if before else "", f"digest {digest}"
