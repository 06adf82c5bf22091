"""Versions of what lies in a book and events of the log, matched: none of the first without one of the second.

The file is changed first and the event is written with the transaction; a server that is killed between the two
leaves a version without an event. Who made it and by which request stands with the version itself, so the event can
be written later. A version that names nobody was made by the command line, or by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from evenhand.contracts.authors import Author
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, DoneBeforeError, recorded
from evenhand.workspace.trail.queries import done

OUTSIDE = "outside the workspace"
_LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Made:
    """A version, and what its event says.

    Attributes:
        place: names it among the versions of its object for ever.
        at: when it was made, in seconds since 1970.
        author: who made it, if that is known.
        what: what was done, where nobody says it.
        said: how the object was before and is after.
    """

    place: str
    at: float
    author: Author | None
    what: str
    said: Callable[[], tuple[str, str]]


def who(person: Person) -> str:
    """A person as a version names one."""
    return f"{person.name} <{person.email}>"


def told(organisation: Organisation, kind: str, name: str, made: Sequence[Made]) -> None:
    """Write the event of every version of an object that has none, the oldest first."""
    keys = [_key(organisation, kind, name, one) for one in made]
    known = done(keys)
    for key, one in zip(keys, made, strict=True):
        if key in known:
            continue
        deed = _deed(one, Deed(one.what, kind, name, organisation=organisation, by=OUTSIDE, key=key))
        with suppress(DoneBeforeError), recorded(deed) as draft:
            draft.before, draft.after = one.said()


def _deed(made: Made, outside: Deed) -> Deed:
    when = f"made on {datetime.fromtimestamp(made.at, UTC):%Y-%m-%d %H:%M} UTC"
    author = made.author
    if author is None:
        return replace(outside, why=when)
    address = author.who.rpartition("<")[2].removesuffix(">")
    person = Person.objects.filter(email=address).first()
    return replace(outside, what=author.what, person=person, by=author.who, why=f"{author.why} ({when})".strip())


def _key(organisation: Organisation, kind: str, name: str, made: Made) -> str:
    """What its event is known by: the request that made it, else its place."""
    author = made.author
    if author is not None and 0 < len(author.request) <= _LONGEST_KEY:
        return author.request
    return hashlib.sha256(f"{organisation.pk}/{kind}/{name}/{made.place}".encode()).hexdigest()
