"""The days of negotiations, for programs. A link that needs no token is made on the page alone: it outlives tokens."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.http import HttpResponse
from ninja import Schema

from evenhand.workspace.api.room import Room
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.talks import actions, queries
from evenhand.workspace.talks.calendar import days_of
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Calendar")


class LinkShown(Schema):
    """Since when this person has a secret link to these days; null where there is none."""

    made: datetime | None


@room.file("/calendar", May.SEE_POSITIONS)
def calendar(desk: Desk) -> HttpResponse:
    """Promises, notices and preparation of the negotiations this person may see, as an iCalendar."""
    return attached(days_of(desk), "negotiations.ics")


@room.get("/calendar/link", May.SEE_POSITIONS, LinkShown)
def link(desk: Desk) -> dict[str, datetime | None]:
    """Whether there is a link; its secret is shown once, on the page that made it."""
    held = queries.feed_of(desk)
    return {"made": held.made if held else None}


@room.post("/calendar/link/revoke", May.SEE_POSITIONS, LinkShown)
def revoke(desk: Desk, key: str) -> dict[str, datetime | None]:
    """Let the link lead nowhere any more."""
    with suppress(DoneBeforeError):
        actions.revoke_feed(desk, key)
    return link(desk)
