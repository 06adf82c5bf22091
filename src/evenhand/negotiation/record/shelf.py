"""Negotiations kept with a book: a folder each, under ``negotiations``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract
from evenhand.contracts.shapes import suggest
from evenhand.errors import ContractError, Log, SelectionError, UsageError
from evenhand.negotiation.record import versions
from evenhand.negotiation.record.model import Negotiation
from evenhand.negotiation.record.reading import FILE, negotiation_of, read_negotiation
from evenhand.negotiation.record.writing import changed_text, whole_text

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,79}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A negotiation as it lies in its folder; every change of it is whole, and can be undone."""

    name: str
    folder: Path

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
            ContractError: the file is refused, or what it would become is.
            BookError: others change it again and again.
        """

        def text_after(text: str) -> str:
            log = Log(FILE)
            before = negotiation_of(text, log)
            if before is None:
                raise ContractError(problem for problem in log.problems if problem.severity == "error")
            return changed_text(text, changed(before))

        versions.change(self.file, text_after)
        return self.read()

    def undo(self) -> int:
        """Bring back what the file said before its last change; files kept beside it stay.

        Raises:
            SelectionError: there is nothing to undo.
        """
        return versions.undo(self.file)


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


def keep_new(book: Book, name: str, begun: Negotiation) -> Kept:
    """Keep a negotiation under a new name.

    Raises:
        UsageError: the name will not do for a folder, or is taken.
    """
    kept = place_for(book, name)
    kept.folder.mkdir(parents=True, exist_ok=True)
    versions.change(kept.file, lambda text: _first(text, kept, begun))
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
