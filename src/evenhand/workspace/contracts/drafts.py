"""A contract's folder as it would be after a change, laid out aside: checked there, kept from there, or thrown away."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evenhand.contracts import Contract, check, compare
from evenhand.contracts.diff import Change
from evenhand.contracts.shelf import PAPERS
from evenhand.errors import ContractError, Problem, UsageError
from evenhand.pricing.worked import case_problems
from evenhand.workspace.contracts.reading import contract_in
from evenhand.workspace.contracts.versions import CONTRACT_FILE

#: Drafts lie here in the book's folder, beside the contracts, so that a file is linked and never copied.
_DRAFTS = ".drafts"


@contextmanager
def draft_of(book: Path, name: str, source: Path | None = None, papers: Path | None = None) -> Iterator[Path]:
    """A folder of the contract's name with the files of ``source``, to change; it is gone afterwards.

    Its papers are those of ``papers``, where that is said.

    Its files are the very files of the contract under a second name: replace them, and never write into one.
    """
    aside = book / _DRAFTS / uuid.uuid4().hex
    place = aside / name
    try:
        if source is None:
            place.mkdir(parents=True)
        else:
            aside.mkdir(parents=True)
            _link(source, place)
        if papers is not None:
            shutil.rmtree(place / PAPERS, ignore_errors=True)
            (place / PAPERS).mkdir()
            _link(papers / PAPERS, place / PAPERS)
        yield place
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _link(source: Path, place: Path) -> None:
    if source.is_dir():
        ignored = shutil.ignore_patterns(".*")
        shutil.copytree(source, place, ignore=ignored, copy_function=os.link, dirs_exist_ok=True)


def put(folder: Path, name: str, content: bytes) -> None:
    """Put a file into a draft, in the place of the one of that name.

    Raises:
        UsageError: the name leads out of the draft.
    """
    file = folder / name
    if ".." in file.parts or not file.is_relative_to(folder):
        raise UsageError(f"the name of a file leads out of the contract's folder: {file.name}")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_bytes(content)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a draft would be: the contract if it holds, what is wrong or doubtful, and what it says differently."""

    contract: Contract | None
    problems: tuple[Problem, ...]
    changes: tuple[Change, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What keeps it from being kept."""
        return tuple(one for one in self.problems if one.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful."""
        return tuple(one for one in self.problems if one.severity != "error")


def seen(draft: Path, before: Path | None) -> Seen:
    """Check a draft, its worked cases too, and compare it with the contract as it is."""
    contract, problems = check(draft)
    if contract is None:
        return Seen(None, tuple(problems))
    return Seen(contract, (*problems, *case_problems(contract)), _changes(before, contract))


def _changes(before: Path | None, contract: Contract) -> tuple[Change, ...]:
    if before is None:
        return ()
    try:
        return tuple(one for one in compare(contract_in(before), contract) if one.kind != "clause")
    except ContractError:
        return ()  # what is refused now cannot be compared with


def text_seen(book: Path, folder: Path, text: str) -> Seen:
    """What the contract would be with this text."""
    return filled_seen(book, folder, lambda draft: put(draft, CONTRACT_FILE, text.encode()))


def filled_seen(book: Path, folder: Path, fill: Callable[[Path], None]) -> Seen:
    """What the contract would be after a change of its files."""
    with draft_of(book, folder.name, folder) as draft:
        fill(draft)
        return seen(draft, folder)
