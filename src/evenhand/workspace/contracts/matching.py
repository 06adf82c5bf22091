"""What the log says of a contract's versions: an event for each, also for one nobody could tell of when it was made.

A contract's files can be edited where they lie, which leaves no version: what they say then is one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts.authors import Author, author_in
from evenhand.contracts.shelf import BY, PAPERS, papers_in
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
    author, earlier = None, None
    for stamp, folder in history(book, name):
        author = author_in(folder / BY)
        yield _made(stamp, (earlier, folder), author)
        earlier = folder
    if author and author.made != digest_in(folder):
        yield _made(f"{stamp} by hand {digest_in(folder)}", (folder, folder), None)


def _made(place: str, folders: tuple[Path | None, Path], author: Author | None) -> Made:
    folder = folders[1]
    file = folder / (BY if author else CONTRACT_FILE)

    def said() -> tuple[str, str]:
        return said_of(place.partition(" ")[0], folders, author.made if author else digest_in(folder))

    return Made(place, file.stat().st_mtime, author, "changed" if place else "added", said)


def digest_in(folder: Path) -> str:
    """Names what the contract in a folder says; a word where it is refused."""
    try:
        return contract_in(folder).digest
    except ContractError:
        return "refused"


def said_of(stamp: str, folders: tuple[Path | None, Path], digest: str) -> tuple[str, str]:
    """What an event says of the version that was put away, and of the one that holds: which, and what papers of it."""
    before, after = (papers_in(one / PAPERS) if one else {} for one in folders)
    gone = [paper_line(*one) for one in before.items() - after.items()]
    new = [paper_line(*one) for one in after.items() - before.items()]
    put_away = [f"version {stamp}"] if stamp else []
    return "\n".join([*put_away, *sorted(gone)]), "\n".join([f"digest {digest}", *sorted(new)])


def paper_line(file: str, digest: str) -> str:
    """What an event says of a paper."""
    return f"document {digest} {file}"
