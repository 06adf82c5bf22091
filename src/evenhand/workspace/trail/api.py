"""Who did what, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Query, Schema
from pydantic import Field

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import events

room = Room("Trail")
_NEGOTIATION = "negotiation"


class Sought(Asked):
    """Which events."""

    kind: str = Field("", max_length=40, description="What was changed, such as `contract`.")
    name: str = Field("", max_length=300, description="Its name.")


class EventShown(Schema):
    """One thing somebody did. What it was before and after is left out where this token may not see positions."""

    number: int
    at: datetime
    by: str
    what: str
    kind: str
    name: str
    before: str | None
    after: str | None
    why: str
    digest: str


@room.get("/events", May.SEE_TRAIL, Page[EventShown])
def listed(desk: Desk, asked: Query[Sought]) -> dict[str, Any]:
    """What people did here, the newest first; nothing of negotiations this person may not see."""
    found = events(desk.organisation, kind=asked.kind, name=asked.name)
    found = found.exclude(kind=_NEGOTIATION, name__in=desk.hidden())
    return paged(found, asked, lambda event: _shown(desk, event))


def _shown(desk: Desk, event: Event) -> dict[str, Any]:
    open_ = event.kind != _NEGOTIATION or desk.may(May.SEE_POSITIONS)
    kept = ("number", "at", "by", "what", "kind", "name", "why", "digest")
    told = {name: getattr(event, name) for name in kept}
    return told | {"before": event.before if open_ else None, "after": event.after if open_ else None}
