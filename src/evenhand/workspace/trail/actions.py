"""Adding to the log. Every action of every room does its work inside ``recorded``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.models import Event, Head, chain_of


@dataclass(frozen=True, slots=True)
class Deed:
    """What is about to be done: by whom, where, to which object, why.

    ``key`` names the request: a form sent twice does its work once.
    """

    what: str
    kind: str
    name: str
    person: Person | None = None
    organisation: Organisation | None = None
    by: str = ""
    why: str = ""
    key: str | None = None


@dataclass(slots=True)
class Draft:
    """How the object was before and is after; filled in while the work is done."""

    before: str = ""
    after: str = ""
    event: Event | None = field(default=None)


class DoneBeforeError(Exception):
    """This very request was carried out already; it carries the event."""

    def __init__(self, event: Event) -> None:
        super().__init__(f"done already: {event}")
        self.event = event


@contextmanager
def recorded(deed: Deed) -> Iterator[Draft]:
    """Do something and log it: both, or neither.

    Raises:
        DoneBeforeError: a deed with this key was done already.
    """
    with transaction.atomic():
        head = _head(deed.organisation)
        done = Event.objects.filter(key=deed.key).first() if deed.key else None
        if done is not None:
            raise DoneBeforeError(done)
        draft = Draft()
        yield draft
        draft.event = _appended(deed, draft, head)


def _head(organisation: Organisation | None) -> Head:
    """The end of the chain, held until this transaction ends."""
    chain = chain_of(organisation)
    Head.objects.get_or_create(chain=chain)
    return Head.objects.select_for_update().get(chain=chain)


def _appended(deed: Deed, draft: Draft, head: Head) -> Event:
    event = Event(
        organisation=deed.organisation,
        chain=head.chain,
        number=head.number + 1,
        at=timezone.now(),
        person=deed.person,
        by=deed.by or (f"{deed.person.name} <{deed.person.email}>" if deed.person else "the workspace"),
        what=deed.what,
        kind=deed.kind,
        name=deed.name,
        before=draft.before,
        after=draft.after,
        why=deed.why,
        key=deed.key,
        previous=head.digest,
    )
    event.digest = event.worked_out()
    event.save(force_insert=True)
    head.number, head.digest = event.number, event.digest
    head.save()
    return event


def seen(desk: Desk, kind: str, name: str, *, detail: str = "") -> None:
    """Log that claim-level data was looked at: once a person, object and hour.

    Args:
        desk: Who looks, and where.
        kind: What was looked at, such as ``claim``, ``variances`` or ``load``.
        name: Which one, in words that hold no claim-level data.
        detail: What of it, for those who may see claims.
    """
    hour = timezone.now().strftime("%Y%m%d%H")
    told = "\0".join((chain_of(desk.organisation), str(desk.person.pk), kind, name, detail, hour))
    key = "seen " + hashlib.sha256(told.encode()).hexdigest()[:48]
    if Event.objects.filter(key=key).exists():
        return
    deed = Deed("looked at", kind, name, desk.person, desk.organisation, key=key)
    with suppress(DoneBeforeError), recorded(deed) as draft:
        draft.after = detail
