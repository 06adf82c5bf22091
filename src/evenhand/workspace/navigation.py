"""The pages of an organisation, in the order of the work: who may open what."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May


class Room(NamedTuple):
    """A page one goes to from anywhere: its title, the name of its address, what it takes to open it."""

    title: str
    address: str
    may: May


ROOMS = (
    Room("Portfolio", "portfolio", May.SEE),
    Room("At a glance", "executive", May.SEE),
    Room("Contracts", "contracts", May.SEE),
    Room("Negotiations", "negotiations", May.SEE),
    Room("Talks", "all-talks", May.SEE_POSITIONS),
    Room("Payments", "payments", May.SEE),
    Room("Loading", "loading", May.SEE),
    Room("Tasks", "tasks", May.SEE),
    Room("History", "history", May.SEE_TRAIL),
    Room("People", "people", May.MANAGE_PEOPLE),
)


class Page(NamedTuple):
    """An entry of the navigation."""

    title: str
    url: str
    current: bool


def pages(request: HttpRequest) -> dict[str, list[Page]]:
    """For templates: the rooms the person at this desk may enter, and the other organisations they work in."""
    desk = getattr(request, "desk", None)
    if not isinstance(desk, Desk):
        return {"pages": [], "others": []}
    here = request.path
    open_to = [
        (room.title, reverse(room.address, args=[desk.organisation.slug])) for room in ROOMS if desk.may(room.may)
    ]
    current = max((url for _, url in open_to if here.startswith(url)), key=len, default="")
    return {"pages": [Page(title, url, url == current) for title, url in open_to], "others": _others(desk)}


def _others(desk: Desk) -> list[Page]:
    found = Organisation.objects.filter(memberships__person=desk.person).exclude(pk=desk.organisation.pk)
    named = found.distinct().order_by("name")
    return [Page(one.name, reverse("portfolio", args=[one.slug]), current=False) for one in named]
