"""The first administrator, and new organisations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from django.core import signing
from django.utils.text import slugify

from evenhand.book import Book
from evenhand.book.folder import VARIABLE, is_book, place
from evenhand.workspace.configuration import current
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.models import Membership, Organisation, Role, Side
from evenhand.workspace.people.actions import keep_person
from evenhand.workspace.people.models import Person
from evenhand.workspace.people.queries import nobody_yet
from evenhand.workspace.trail.actions import Deed, recorded

#: What whoever starts an organisation is in it; they may give the roles away.
STARTERS = (Role.ADMINISTRATOR, Role.LEAD)
_SALT, _DAY = "evenhand.first", 24 * 3600


def first_token() -> str:
    """What opens the page of the first administrator, for a day, and only while nobody is there."""
    return signing.dumps("first administrator", salt=_SALT)


def opens_first(token: str) -> bool:
    """Whether this is such a token and still holds."""
    try:
        return bool(signing.loads(token, salt=_SALT, max_age=_DAY)) and nobody_yet()
    except signing.BadSignature:
        return False


def start_first(person: Person, name: str, side: Side) -> Organisation:
    """Keep the first person, who looks after the installation, and start their organisation.

    Its book is the one ``EVENHAND_BOOK`` names, else ``./book`` if that is one, else a new one in the workspace.

    Raises:
        RefusedError: somebody is here already.
        BookError: the book's folder holds something else or cannot be written.
    """
    with recorded(Deed("became the first administrator", "person", person.email)) as draft:
        if not nobody_yet():
            raise RefusedError("somebody is here already; they can invite you")
        person.is_operator = True
        keep_person(person)
        draft.after = f"{person.name} <{person.email}>"
        return _started(person, name, side, _first_book(name))


def start(person: Person, name: str, side: Side, *, key: str | None = None) -> Organisation:
    """Start another organisation, with a new book in the workspace's folder.

    Raises:
        DoneBeforeError: the same form was sent before.
        BookError: the book's folder cannot be written.
    """
    with recorded(Deed("started", "organisation", name, person, key=key)) as draft:
        draft.after = f"{name}, {side.label.lower()}"
        return _started(person, name, side, _new_book(name))


def _started(person: Person, name: str, side: Side, folder: Path) -> Organisation:
    Book.create(folder)
    found = Organisation.objects.create(name=name.strip(), slug=_short(name), side=side, book=str(folder.absolute()))
    with recorded(Deed("started", "organisation", found.name, person, found)) as draft:
        draft.after = f"{found.name}, {side.label.lower()}"
    give(person, found, STARTERS, by=person)
    return found


def give(person: Person, organisation: Organisation, roles: Iterable[Role], *, by: Person, why: str = "") -> None:
    """Make somebody a member in these roles, besides those held."""
    deed = Deed("joined", "member", person.email, by, organisation, why=why)
    with recorded(deed) as draft:
        for role in roles:
            Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
        held = set(Membership.objects.filter(person=person, organisation=organisation).values_list("role", flat=True))
        draft.after = "\n".join(role.label for role in Role if role in held)


def _first_book(name: str) -> Path:
    if os.environ.get(VARIABLE) or is_book(place(None)):
        return place(None)
    return _new_book(name)


def _new_book(name: str) -> Path:
    return _free(current().folder / "books" / (slugify(name) or "organisation"))


def _free(folder: Path) -> Path:
    """The folder, or one beside it with a number, that is not there yet."""
    number = 1
    found = folder
    while found.exists():
        number += 1
        found = folder.with_name(f"{folder.name}-{number}")
    return found


def _short(name: str) -> str:
    """A short name for addresses, that no other organisation has."""
    base = re.sub(r"-+$", "", slugify(name)[:50]) or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)
