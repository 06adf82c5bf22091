"""Versions of a negotiation's file and events of the log, matched: none of the first without one of the second.

The file is changed first and the event is written with the transaction; a server that is killed between the two
leaves a version without an event. Who made it and by which request stands in the version itself, so the event can be
written later. A version that names nobody was made by the command line, or by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from difflib import unified_diff

from evenhand.negotiation.record import Kept, versions
from evenhand.negotiation.record.versions import Version
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, DoneBeforeError, recorded
from evenhand.workspace.trail.queries import done

KIND = "negotiation"
OUTSIDE = "outside the workspace"
_LONGEST_KEY = 64


def who(person: Person) -> str:
    """A person as a version names one."""
    return f"{person.name} <{person.email}>"


def told(organisation: Organisation, kept: Kept) -> None:
    """Write the event of every version that has none."""
    listed = versions.versions(kept.file)
    keys = [_key(organisation, kept, one) for one in listed]
    known = done(keys)
    for place, (key, one) in enumerate(zip(keys, listed, strict=True)):
        if key not in known:
            before = listed[place - 1].text if place else ""
            with suppress(DoneBeforeError):
                _tell(organisation, kept, (key, one, before))


def _tell(organisation: Organisation, kept: Kept, missing: tuple[str, Version, str]) -> None:
    key, version, before = missing
    with recorded(_deed(organisation, kept, version, key)) as draft:
        draft.before, draft.after = difference(before, version.text)


def _deed(organisation: Organisation, kept: Kept, version: Version, key: str) -> Deed:
    author = version.author
    when = f"made on {datetime.fromtimestamp(version.made, UTC):%Y-%m-%d %H:%M} UTC"
    if author is None:
        what = "changed" if version.restores is None else f"brought back version {version.restores}"
        return Deed(what, KIND, kept.name, None, organisation, by=OUTSIDE, why=when, key=key)
    address = author.who.rpartition("<")[2].removesuffix(">")
    person = Person.objects.filter(email=address).first()
    why = f"{author.why} ({when})".strip()
    return Deed(author.what, KIND, kept.name, person, organisation, by=author.who, why=why, key=key)


def _key(organisation: Organisation, kept: Kept, version: Version) -> str:
    """What its event is known by: the request that made it, else its place."""
    author = version.author
    if author is not None and 0 < len(author.request) <= _LONGEST_KEY:
        return author.request
    place = f"{organisation.pk}/{KIND}/{kept.name}/{version.number}"
    return hashlib.sha256(place.encode()).hexdigest()


def difference(before: str, after: str) -> tuple[str, str]:
    r"""The lines taken away, and the lines added.

    >>> difference("a: 1\nb: 2", "a: 1\nb: 3")
    ('b: 2', 'b: 3')
    """
    lines = list(_changes(before, after))
    return tuple("\n".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")  # type: ignore[return-value]


def _changes(before: str, after: str) -> Iterator[str]:
    found = unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return (line for place, line in enumerate(found) if place >= 2 and line[0] in "-+")
