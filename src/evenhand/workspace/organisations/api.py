"""Organisations and who works in them, for programs."""

from __future__ import annotations

from typing import Any

from ninja import Query, Schema

from evenhand.workspace.api.models import scope
from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.organisations.queries import Member, members

room = Room("Organisations")


class OrganisationShown(Schema):
    """The organisation a token opens, and what it may do there now."""

    organisation: str
    name: str
    side: str
    roles: list[str]
    may: list[str]


class MemberShown(Schema):
    """Somebody who works here."""

    number: int
    name: str
    email: str
    roles: list[str]


@room.any_token("/organisations", list[OrganisationShown])
def mine(desk: Desk) -> list[dict[str, Any]]:
    """The organisation this token opens.

    A token opens one; it is a list so that a program need not care which.
    """
    return [_shown(desk)]


@room.get("", May.SEE, OrganisationShown)
def one(desk: Desk) -> dict[str, Any]:
    """One organisation."""
    return _shown(desk)


@room.get("/people", May.MANAGE_PEOPLE, Page[MemberShown])
def people(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """Who works here, by name."""
    return paged(members(desk), asked, _member)


def _shown(desk: Desk) -> dict[str, Any]:
    held = desk.organisation
    may = [scope(what) for what in May if desk.may(what)]
    return {"organisation": held.slug, "name": held.name, "side": held.side, "roles": list(desk.roles), "may": may}


def _member(one: Member) -> dict[str, Any]:
    return {"number": one.person.pk, "name": one.person.name, "email": one.person.email, "roles": list(one.roles)}
