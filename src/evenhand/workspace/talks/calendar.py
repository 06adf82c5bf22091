"""The days of negotiations as an iCalendar: promises, notices, preparation, the day new terms begin."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from icalendar import Calendar, Event

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.talks.models import Feed
from evenhand.workspace.talks.queries import Due, due


def calendar_of(feed: Feed) -> bytes | None:
    """The days behind a link; ``None`` when whose it is may see them no more."""
    try:
        desk = desk_of(feed.person, feed.organisation.slug)
        desk.require(May.SEE_POSITIONS)
    except (Http404, PermissionDenied):
        return None
    return days_of(desk) if feed.person.is_active else None


def days_of(desk: Desk) -> bytes:
    """The days of the negotiations that the person at a desk may see."""
    made = Calendar()
    made.add("prodid", "-//Evenhand//Negotiations//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Negotiations of {desk.organisation.name}")
    for one in due(desk):
        made.add_component(_event(desk, one))
    return bytes(made.to_ical())


def _event(desk: Desk, one: Due) -> Event:
    made = Event()
    name = f"{desk.organisation.pk}/{one.name}/{one.kind}/{one.what}/{one.day}"
    made.add("uid", f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@evenhand")
    made.add("dtstamp", timezone.now())
    made.add("dtstart", one.day)
    made.add("dtend", one.day + timedelta(days=1))
    made.add("summary", f"{one.called}: {one.what}")
    made.add("categories", [one.kind])
    made.add("transp", "TRANSPARENT")
    return made
