"""Changing contracts: every version is kept, nobody's change is overwritten, each change is told in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import keep_contract
from evenhand.contracts.authors import Author
from evenhand.contracts.shelf import PAPERS, papers_in
from evenhand.errors import ContractError, UsageError
from evenhand.workspace.contracts.drafts import draft_of, put, seen
from evenhand.workspace.contracts.errors import ConflictError
from evenhand.workspace.contracts.matching import KIND, said_of, told
from evenhand.workspace.contracts.queries import earlier_folder, folder_of, state_of
from evenhand.workspace.contracts.versions import CONTRACT_FILE, stamps
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import Deed, recorded
from evenhand.workspace.trail.matching import who

#: Most papers with one contract.
MOST_PAPERS = 200


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form says beside the change itself: what it was made from (if that matters), why, its one-time key."""

    based_on: str | None
    why: str = ""
    key: str | None = None


def save_text(desk: Desk, name: str, text: str, sent: Sent) -> None:
    """Keep a contract with another text.

    Raises:
        ConflictError: it was changed since ``sent.based_on``.
        ContractError: the text is refused, or a worked case does not price exactly.
        DoneBeforeError: this form was sent before.
    """
    _change(desk, name, sent, "changed the text of", lambda draft: put(draft, CONTRACT_FILE, _lines(text)))


def take_file(desk: Desk, name: str, file: tuple[str, Callable[[Path], None]], sent: Sent) -> None:
    """Change a contract by a file: its name, and what it does to a draft.

    Raises:
        ConflictError, ContractError, DoneBeforeError: as in :func:`save_text`.
    """
    called, fill = file
    _change(desk, name, sent, f"took {called[:60]} into", fill)


def bring_back(desk: Desk, name: str, stamp: str, sent: Sent) -> None:
    """Make a version that was replaced the one that holds again.

    Raises:
        Http404: there is no such version.
        ConflictError, ContractError, DoneBeforeError: as in :func:`save_text`.
    """
    source = earlier_folder(desk, name, stamp)
    _change(desk, name, sent, f"brought back the version put away {stamp} of", source=source)


def put_paper(desk: Desk, name: str, paper: tuple[str, bytes], sent: Sent) -> None:
    """Put a paper with a contract: its name, made plain, and its bytes. What the contract says stays as it is.

    Raises:
        UsageError: there is one of this name, or there are too many.
        ContractError, DoneBeforeError: as in :func:`save_text`.
    """
    file, content = paper

    def fill(draft: Path) -> None:
        if (draft / PAPERS / file).exists():
            raise UsageError(f"there is a document {file} already; give this one another name, or take that one away")
        if len(list((draft / PAPERS).iterdir())) >= MOST_PAPERS:
            raise UsageError(f"{name} has {MOST_PAPERS} documents; take some away first")
        put(draft, f"{PAPERS}/{file}", content)

    _change(desk, name, sent, f"put {file[:55]} with", fill)


def take_paper_away(desk: Desk, name: str, file: str, sent: Sent) -> None:
    """Take a paper away from a contract; the version before still has it.

    Raises:
        UsageError: there is none of this name.
        ContractError, DoneBeforeError: as in :func:`save_text`.
    """

    def take(draft: Path) -> None:
        if file not in papers_in(draft / PAPERS):
            raise UsageError(f"there is no document {file} any more; somebody took it away")
        (draft / PAPERS / file).unlink()

    _change(desk, name, sent, f"took away {file[:55]} from", take)


def add(desk: Desk, name: str, fill: Callable[[Path], None], sent: Sent) -> None:
    """Add a contract, filled in by ``fill`` in an empty folder of its name.

    Raises:
        UsageError: a contract of this name is there already.
        ContractError, DoneBeforeError: as in :func:`save_text`.
    """
    desk.require(May.CHANGE_CONTRACTS)
    book = Book.create(desk.organisation.folder)
    told(desk.organisation, book, name)
    deed = _deed(desk, name, "added", sent)
    with recorded(deed) as event:
        if name in book.contract_folders():
            raise UsageError(f"there is a contract '{name}' already; choose another name, or change that one")
        with draft_of(book.path, name) as draft:
            fill(draft)
            digest = _keep(draft, book.contracts_folder, deed)
        event.before, event.after = said_of("", (None, folder_of(desk, name)), digest)


def _change(
    desk: Desk,
    name: str,
    sent: Sent,
    what: str,
    change: Callable[[Path], None] = lambda draft: None,
    *,
    source: Path | None = None,
) -> None:
    desk.require(May.CHANGE_CONTRACTS)
    told(desk.organisation, desk.book(), name)
    deed = _deed(desk, name, what, sent)
    with recorded(deed) as event:
        folder, book = folder_of(desk, name), desk.book()
        if sent.based_on is not None and state_of(folder) != sent.based_on:
            raise ConflictError(f"{name} was changed by somebody else since this was opened; nothing was written")
        with draft_of(book.path, name, source or folder, folder) as draft:
            change(draft)
            digest = _keep(draft, book.contracts_folder, deed)
        put_away = stamps(book, name)[-1]
        event.before, event.after = said_of(put_away, (earlier_folder(desk, name, put_away), folder), digest)


def _keep(draft: Path, shelf: Path, deed: Deed) -> str:
    found = seen(draft, None)
    if found.contract is None or found.errors:
        raise ContractError(found.errors)
    if found.contract.id != draft.name:
        what = f"the text says 'id: {found.contract.id}', and this contract is '{draft.name}'"
        raise UsageError(f"{what}; take the line out, or write that name")
    assert deed.person is not None
    _, how = keep_contract(found.contract, shelf, Author(who(deed.person), deed.key or "", deed.what, deed.why))
    if how == "unchanged":
        raise UsageError("this says what the contract says already; nothing was kept")
    return found.contract.digest


def _deed(desk: Desk, name: str, what: str, sent: Sent) -> Deed:
    return Deed(what, KIND, name, desk.person, desk.organisation, why=sent.why, key=sent.key)


def _lines(text: str) -> bytes:
    """A text field's text as a file: browsers send other line ends."""
    return text.replace("\r\n", "\n").encode()
