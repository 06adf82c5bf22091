"""Everything that changes a negotiation: the file and the log together, each request once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from evenhand.negotiation.record import Author, Kept, Negotiation, Seen, keep_new, versions
from evenhand.workspace.negotiations.matching import KIND, difference, told
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import Deed, recorded
from evenhand.workspace.trail.matching import who

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asks for: in words, by which request, why, and what must still be as it was seen."""

    what: str
    key: str
    why: str = ""
    seen: Seen | None = None
    may: May = May.NEGOTIATE


def changed(desk: Desk, name: str, request: Request, change: Callable[[Kept], Made]) -> Made:
    """Change a negotiation and log it: both, or neither.

    Args:
        desk: whose.
        name: of the negotiation.
        request: what is asked for.
        change: changes the file through the ``Kept`` it is given.

    Raises:
        DoneBeforeError: this request was carried out already.
        ConflictError: what was seen has been changed since; nothing was overwritten.
        PermissionDenied: not with these roles.
    """
    desk.require(request.may)
    author = _author(desk, request)
    return _changed(_deed(desk, name, request), _marked(desk.negotiation(name), author, request), change)


def changed_unasked(
    organisation: Organisation, kept: Kept, request: Request, change: Callable[[Kept], Made], *, by: str
) -> Made:
    """Change a negotiation and log it, where no person asks for it: ``by`` says in words what did.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    deed = Deed(request.what, KIND, kept.name, None, organisation, by=by, why=request.why, key=request.key)
    author = Author(by, request.key, request.what, request.why)
    return _changed(deed, _marked(kept, author, request), change)


def _changed(deed: Deed, kept: Kept, change: Callable[[Kept], Made]) -> Made:
    assert deed.organisation is not None
    told(deed.organisation, kept)
    with recorded(deed) as draft:
        before = versions.current_text(kept.file)
        made = change(kept)
        draft.before, draft.after = difference(before, versions.current_text(kept.file))
    return made


def undo(desk: Desk, name: str, since: str, *, key: str) -> None:
    """Take back the last change, if the file still is in this state.

    Raises:
        DoneBeforeError: this request was carried out already.
        ConflictError: it was changed since.
        SelectionError: there is nothing to take back.
    """
    changed(desk, name, Request("took back the last change", key), lambda kept: kept.undo(since))


def begin(desk: Desk, name: str, request: Request, begun: Callable[[Kept], Negotiation]) -> Kept:
    """Begin a negotiation under a new name.

    Raises:
        DoneBeforeError: this request was carried out already.
        UsageError: the name will not do for a folder, or is taken.
    """
    from evenhand.negotiation.record import place_for

    desk.require(request.may)
    book = desk.book()
    if name in book.negotiation_folders():
        told(desk.organisation, desk.negotiation(name))
    with recorded(_deed(desk, name, request)) as draft:
        place = place_for(book, name)
        made = keep_new(book, name, begun(place), _author(desk, request))
        draft.after = versions.current_text(made.file)
    return made


def _deed(desk: Desk, name: str, request: Request) -> Deed:
    return Deed(request.what, KIND, name, desk.person, desk.organisation, why=request.why, key=request.key)


def _marked(kept: Kept, author: Author, request: Request) -> Kept:
    marked = kept.by(author)
    return marked if request.seen is None else replace(marked, seen=request.seen)


def _author(desk: Desk, request: Request) -> Author:
    return Author(who(desk.person), request.key, request.what, request.why)
