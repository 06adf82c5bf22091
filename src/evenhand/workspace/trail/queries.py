"""Reading the log, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.trail.models import FIRST, Event, Head, chain_of


def events(organisation: Organisation | None, *, kind: str = "", name: str = "") -> QuerySet[Event]:
    """The events of an organisation (or of the installation itself), the newest first."""
    found = Event.objects.filter(chain=chain_of(organisation)).select_related("person").order_by("-number")
    found = found.filter(kind=kind) if kind else found
    return found.filter(name=name) if name else found


def broken(organisation: Organisation | None) -> list[str]:
    """Everything that is not as the chain says; empty when it is whole."""
    problems: list[str] = []
    before, number = FIRST, 0
    for event in Event.objects.filter(chain=chain_of(organisation)).order_by("number").iterator():
        number += 1
        if event.number != number:
            problems.append(f"event {number} is missing: {event.number} follows {number - 1}")
            number = event.number
        elif event.previous != before:
            problems.append(f"event {number} does not follow the one before it")
        if event.digest != event.worked_out():
            problems.append(f"event {number} was changed after it was written")
        before = event.digest
    head = Head.objects.filter(chain=chain_of(organisation)).first()
    if (head.number, head.digest) != (number, before) if head else number:
        said = head.number if head else 0
        problems.append(f"the log ends at event {number}, but {said} were written: the end of it is missing")
    return problems


def done(keys: Iterable[str]) -> set[str]:
    """Those of these requests that were carried out."""
    found = Event.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {key for key in found if key is not None}
