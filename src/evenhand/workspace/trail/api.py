"""Who did what, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.downloads import ANY
from evenhand.workspace.trail import queries
from evenhand.workspace.trail.changes import may_read
from evenhand.workspace.trail.exporting import Form, exported
from evenhand.workspace.trail.models import Event

room = Room("Trail")


class Which(Sent):
    """Which events; days are UTC, both included."""

    kind: str = Field("", max_length=40, description="What was changed, such as `contract`.")
    name: str = Field("", max_length=300, description="Its name.")
    since: date | None = None
    until: date | None = Field(None, le=date(9000, 1, 1))


class Sought(Which, Asked):
    """A page of events."""


class EventShown(Schema):
    """One thing somebody did. What this token may not read of it is null: before, after and why."""

    number: int
    at: datetime
    by: str
    what: str
    kind: str
    name: str
    before: str | None
    after: str | None
    why: str | None
    digest: str


@room.get("/events", May.SEE_TRAIL, Page[EventShown])
def listed(desk: Desk, asked: Query[Sought]) -> dict[str, Any]:
    """What people did here, the newest first; nothing of negotiations this person may not see."""
    return paged(queries.found(desk, _wanted(asked)), asked, lambda event: _shown(desk, event))


@room.file("/events/history.{form}", May.SEE_TRAIL)
def export(desk: Desk, form: Form, asked: Query[Which]) -> HttpResponse:
    """All events that are asked for, as a file; that it was taken is itself an event."""
    words = urlencode({name: str(value) for name, value in asked.dict().items() if value})
    made = exported(desk, _wanted(asked), form, words=words)
    made["Content-Type"] = ANY
    return made


def _wanted(asked: Which) -> queries.Asked:
    return queries.Asked(kind=asked.kind, name=asked.name, since=asked.since, until=asked.until)


def _shown(desk: Desk, event: Event) -> dict[str, Any]:
    kept = ("number", "at", "by", "what", "kind", "name", "digest")
    told = {name: getattr(event, name) for name in kept}
    reads = may_read(desk, event)
    return told | {name: getattr(event, name) if reads else None for name in ("before", "after", "why")}
