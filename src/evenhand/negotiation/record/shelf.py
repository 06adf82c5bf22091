"""Negotiations kept with a book: a folder each, under ``negotiations``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract
from evenhand.contracts.authors import Author
from evenhand.contracts.shapes import suggest
from evenhand.errors import ConflictError, ContractError, Log, SelectionError, UsageError
from evenhand.negotiation.record import versions
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.reading import FILE, negotiation_of, read_negotiation
from evenhand.negotiation.record.writing import changed_text, whole_text

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw before changing it: a part of the negotiation, in one state of the file."""

    what: str
    state: str
    part: Callable[[Negotiation], object]


@dataclass(frozen=True, slots=True)
class Kept:
    """A negotiation as it lies in its folder; every change of it is whole, and can be undone.

    Attributes:
        name: what its folder is called.
        folder: where it lies.
        author: who changes it; kept with each version.
        seen: what must still be as it was seen for a change to be made.
    """

    name: str
    folder: Path
    author: Author | None = field(default=None, compare=False)
    seen: Seen | None = field(default=None, compare=False)

    def by(self, author: Author) -> Kept:
        """The same, changed by somebody."""
        return replace(self, author=author)

    def unless_changed(self, seen: Seen) -> Kept:
        """The same, whose changes are refused when somebody else has changed what was seen.

        >>> Seen("the message", "fede4c082db9a779", lambda negotiation: negotiation.message).what
        'the message'
        """
        return replace(self, seen=seen)

    @property
    def file(self) -> Path:
        """The file itself."""
        return self.folder / FILE

    def read(self) -> Negotiation:
        """The negotiation as it stands.

        Raises:
            ContractError: the file is refused; it carries every problem.
        """
        versions.current_text(self.file)
        return read_negotiation(self.folder)

    def state(self) -> str:
        """The state its file is in, by which a later change can tell whether somebody else was faster."""
        return versions.state_of(versions.current_text(self.file))

    def contract(self) -> Contract:
        """The contract it is about, with its signed amendments.

        Raises:
            ContractError: the negotiation or the contract is refused.
        """
        return read_contract(self.contract_folder())

    def contract_folder(self) -> Path:
        """Where the contract lies."""
        return (self.folder / self.read().contract).resolve()

    def offer(self, negotiation: Negotiation, number: int) -> Path:
        """The file of one round's offer.

        Raises:
            SelectionError: there is no such round, or it has no file.
        """
        found = next((one for one in negotiation.rounds if one.number == number), None)
        if found is None or not found.offer:
            known = ", ".join(str(one.number) for one in negotiation.rounds if one.offer) or "none"
            raise SelectionError(f"{self.name} has no offer of round {number}; rounds with one: {known}")
        return self.folder / found.offer

    def change(self, changed: Callable[[Negotiation], Negotiation]) -> Negotiation:
        """Change it, whole or not at all; the version before is kept.

        Raises:
            ConflictError: what was seen of it has been changed since.
            ContractError: the file is refused, or what it would become is.
            BookError: others change it again and again.
        """

        def text_after(text: str) -> str:
            log = Log(FILE)
            before = negotiation_of(text, log)
            if before is None:
                raise ContractError(problem for problem in log.problems if problem.severity == "error")
            self._refuse_conflict(text, before)
            return changed_text(text, changed(before))

        versions.change(self.file, text_after, self.author)
        return self.read()

    def _refuse_conflict(self, text: str, now: Negotiation) -> None:
        seen = self.seen
        if seen is None or versions.state_of(text) == seen.state:
            return
        told = versions.text_at(self.file, seen.state)
        then = None if told is None else negotiation_of(told, Log(FILE))
        was, is_ = None if then is None else seen.part(then), seen.part(now)
        if then is None or was != is_:
            raise ConflictError(seen.what, was, is_)

    def undo(self, since: str = "") -> int:
        """Bring back what the file said before its last change; files kept beside it stay.

        Args:
            since: the state it must still be in, if that matters.

        Raises:
            ConflictError: it is in another state by now.
            SelectionError: there is nothing to undo.
        """
        return versions.undo(self.file, self.author, since)


def negotiations(book: Book) -> Iterator[Kept]:
    """The negotiations of a book, by name."""
    for name, folder in book.negotiation_folders().items():
        yield Kept(name, folder)


def negotiation(book: Book, name: str) -> Kept:
    """The negotiation of this name.

    Raises:
        SelectionError: there is none; it says which there are.
    """
    folders = book.negotiation_folders()
    if name not in folders:
        right = suggest(name, list(folders)) or "start one with: evenhand negotiation start NAME --contract CONTRACT"
        raise SelectionError(f"there is no negotiation '{name}'; {right}")
    return Kept(name, folders[name])


def keep_new(book: Book, name: str, begun: Negotiation, author: Author | None = None) -> Kept:
    """Keep a negotiation under a new name.

    Args:
        book: where.
        name: of its folder.
        begun: what it says.
        author: who begins it.

    Raises:
        UsageError: the name will not do for a folder, or is taken.
    """
    kept = place_for(book, name)
    kept.folder.mkdir(parents=True, exist_ok=True)
    versions.change(kept.file, lambda text: _first(text, kept, begun), author)
    return kept


def _first(text: str, kept: Kept, begun: Negotiation) -> str:
    if text:
        raise UsageError(f"there is a negotiation '{kept.name}' already; choose another name, or show that one")
    return whole_text(begun)


def place_for(book: Book, name: str) -> Kept:
    """Where a new negotiation would lie.

    Raises:
        UsageError: the name will not do for a folder, or is taken.
    """
    if _NAME.fullmatch(name) is None:
        raise UsageError(f"'{name}' cannot name a folder; use small letters, digits and dashes, such as summit-2027")
    kept = Kept(name, book.negotiations_folder / name)
    if kept.file.exists():
        raise UsageError(f"there is a negotiation '{name}' already; choose another name, or show that one")
    return kept
