"""The organisation a token opens."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from evenhand.workspace.api.models import scope
from evenhand.workspace.api.room import Room
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May

room = Room("Organisations")


class OrganisationShown(Schema):
    """The organisation a token opens, and what it may do there now."""

    organisation: str
    name: str
    side: str
    roles: list[str]
    may: list[str]


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


def _shown(desk: Desk) -> dict[str, Any]:
    held = desk.organisation
    may = [scope(what) for what in May if desk.may(what)]
    return {"organisation": held.slug, "name": held.name, "side": held.side, "roles": list(desk.roles), "may": may}
