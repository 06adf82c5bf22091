"""Reading the log, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.trail.models import FIRST, Event, Head, chain_of

#: Kinds of things that may be called like a negotiation without being one.
_OTHER_THINGS = ("contract", "load", "member", "person")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which events are wanted; what is empty leaves all in. Days are UTC, both included."""

    person: int | None = None
    kind: str = ""
    name: str = ""
    since: date | None = None
    until: date | None = None


def events(organisation: Organisation | None, *, kind: str = "", name: str = "") -> QuerySet[Event]:
    """The events of an organisation (or of the installation itself), the newest first."""
    found = Event.objects.filter(chain=chain_of(organisation)).select_related("person").order_by("-number")
    found = found.filter(kind=kind) if kind else found
    return found.filter(name=name) if name else found


def found(desk: Desk, asked: Asked) -> QuerySet[Event]:
    """The events of a desk's organisation that are asked for, the newest first.

    Those about a negotiation this person may not see are not among them.
    """
    chosen = events(desk.organisation, kind=asked.kind, name=asked.name).exclude(_of_closed(desk))
    chosen = chosen.filter(person=asked.person) if asked.person else chosen
    chosen = chosen.filter(at__gte=_start(asked.since)) if asked.since else chosen
    return chosen.filter(at__lt=_start(asked.until) + timedelta(days=1)) if asked.until else chosen


def kinds(desk: Desk) -> list[str]:
    """The kinds of objects there are events about."""
    rows = Event.objects.filter(chain=chain_of(desk.organisation)).exclude(_of_closed(desk))
    return list(rows.order_by("kind").values_list("kind", flat=True).distinct())


def actors(desk: Desk) -> list[tuple[int, str]]:
    """Who did something here: number and name."""
    rows = Event.objects.filter(chain=chain_of(desk.organisation), person__isnull=False)
    return list(rows.order_by("person__name").values_list("person_id", "person__name").distinct())


def _of_closed(desk: Desk) -> Q:
    """Events about negotiations that this person may not see, whatever part of one they name."""
    hidden = Q(pk__in=())
    for name in desk.hidden():
        hidden |= Q(name=name) | Q(name__startswith=f"{name}/") | Q(name__startswith=f"{name} ")
    return hidden & ~Q(kind__in=_OTHER_THINGS)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def chains() -> list[Head]:
    """The end of every chain there is."""
    return list(Head.objects.order_by("chain"))


def holds(digest: str) -> bool:
    """Whether an event with this hash is in the log."""
    return Event.objects.filter(digest=digest).exists()


def broken(organisation: Organisation | None) -> list[str]:
    """Everything that is not as the chain says; empty when it is whole."""
    return broken_chain(chain_of(organisation))


def broken_chain(chain: str) -> list[str]:
    """The same, for a chain by its name."""
    problems: list[str] = []
    before, number = FIRST, 0
    for event in Event.objects.filter(chain=chain).order_by("number").iterator():
        number += 1
        if event.number != number:
            problems.append(f"event {number} is missing: {event.number} follows {number - 1}")
            number = event.number
        elif event.previous != before:
            problems.append(f"event {number} does not follow the one before it")
        if event.digest != event.worked_out():
            problems.append(f"event {number} was changed after it was written")
        before = event.digest
    head = Head.objects.filter(chain=chain).first()
    if (head.number, head.digest) != (number, before) if head else number:
        said = head.number if head else 0
        problems.append(f"the log ends at event {number}, but {said} were written: the end of it is missing")
    return problems


def done(keys: Iterable[str]) -> set[str]:
    """Those of these requests that were carried out."""
    found = Event.objects.filter(key__in=list(keys)).values_list("key", flat=True)
    return {key for key in found if key is not None}
