"""Who works here as what, and who may see which negotiation, for programs of administrators.

No answer holds a link of an invitation: with it a program could come in as somebody else, and stand in for two people.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.problems import FormError
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.organisations import queries
from evenhand.workspace.organisations.actions import inviting, members
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.forms import InviteForm
from evenhand.workspace.organisations.models import Invitation, Role
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("People")
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Roles = Annotated[list[Role], Field(min_length=1, max_length=len(Role))]


class MemberShown(Schema):
    """Somebody who works here."""

    number: int
    name: str
    email: str
    roles: list[str]


class InvitationShown(Schema):
    """An invitation that can still be taken up."""

    invitation: int
    email: str
    roles: list[str]
    by: str
    until: datetime


class MemberNamed(Schema):
    """A member, by number and name."""

    number: int
    name: str


class SeersShown(Schema):
    """Who alone may see a negotiation; nobody named: all members."""

    negotiation: str
    people: list[MemberNamed]


class Invited(Sent):
    """Whom to invite, as what."""

    email: str = Field(max_length=254)
    roles: Roles


class RolesSent(Sent):
    """Exactly the roles a member has from now on."""

    roles: Roles


class Ended(Sent):
    """Why a membership ends; it stands in the history."""

    why: Why


class SeersSent(Sent):
    """The numbers of the members who alone may see it; none: all may."""

    people: list[int] = Field(max_length=1000)


@room.get("/people", May.MANAGE_PEOPLE, Page[MemberShown])
def listed(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """Who works here, by name."""
    return paged(queries.members(desk), asked, _member)


@room.get("/people/{int:person}", May.MANAGE_PEOPLE, MemberShown)
def one(desk: Desk, person: int) -> Stated:
    """One member; the ETag is what a change of roles is made from."""
    found = queries.member(desk, person)
    return Stated(_member(found), found.based_on)


@room.put("/people/{int:person}/roles", May.MANAGE_PEOPLE, MemberShown)
def change_roles(desk: Desk, person: int, sent: RolesSent, key: str, state: str) -> Stated:
    """Give a member exactly these roles."""
    with suppress(DoneBeforeError):
        members.change_roles(desk, person, sent.roles, based_on=state, key=key)
    return one(desk, person)


@room.post("/people/{int:person}/end", May.MANAGE_PEOPLE, Page[MemberShown])
def end(desk: Desk, person: int, sent: Ended, key: str) -> dict[str, Any]:
    """End a membership; the answer is who works here then."""
    members.end_membership(desk, person, why=sent.why, key=key)
    return paged(queries.members(desk), Asked(page=1, size=200), _member)


@room.get("/invitations", May.MANAGE_PEOPLE, Page[InvitationShown])
def invitations(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """The invitations that can still be taken up, the latest first."""
    return paged(queries.invitations(desk), asked, _invitation)


@room.post("/invitations", May.MANAGE_PEOPLE, Page[InvitationShown], status=201)
def invite(request: HttpRequest, desk: Desk, sent: Invited, key: str) -> dict[str, Any]:
    """Invite somebody by a letter with a link, which is in no answer; where no letters are sent it is refused."""
    form = InviteForm({**sent.dict(), "key": key})
    if not form.is_valid():
        raise FormError(form)

    def link(token: str) -> str:
        return request.build_absolute_uri(reverse("invitation", args=[token]))

    with suppress(DoneBeforeError):
        inviting.invite_by_letter(desk, form.cleaned_data["email"], form.cleaned_data["roles"], link, key=key)
    return invitations(desk, Asked(page=1, size=200))


@room.post("/invitations/{int:invitation}/end", May.MANAGE_PEOPLE, Page[InvitationShown])
def end_invitation(desk: Desk, invitation: int) -> dict[str, Any]:
    """Take an invitation back; its link opens nothing any more."""
    inviting.withdraw(desk, invitation)
    return invitations(desk, Asked(page=1, size=200))


@room.get("/access", May.MANAGE_PEOPLE, Page[SeersShown])
def access(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """For each negotiation, who alone may see it."""
    return paged(queries.all_seers(desk), asked, _seers)


@room.get("/access/{slug:negotiation}", May.MANAGE_PEOPLE, SeersShown)
def access_to(desk: Desk, negotiation: str) -> Stated:
    """Who alone may see one negotiation; the ETag is what a change is made from."""
    found = queries.seers(desk, negotiation)
    return Stated(_seers(found), found.based_on)


@room.put("/access/{slug:negotiation}", May.MANAGE_PEOPLE, SeersShown)
def let_see(desk: Desk, negotiation: str, sent: SeersSent, key: str, state: str) -> Stated:
    """Say who alone may see a negotiation."""
    with suppress(DoneBeforeError):
        members.let_see(desk, negotiation, set(sent.people), based_on=state, key=key)
    return access_to(desk, negotiation)


def _member(one: queries.Member) -> dict[str, Any]:
    return {"number": one.person.pk, "name": one.person.name, "email": one.person.email, "roles": list(one.roles)}


def _invitation(one: Invitation) -> dict[str, Any]:
    told = {"email": one.email, "roles": list(one.roles), "by": str(one.by), "until": one.until}
    return told | {"invitation": one.pk}


def _seers(one: queries.Seers) -> dict[str, Any]:
    people = [{"number": each.pk, "name": each.name} for each in one.people]
    return {"negotiation": one.negotiation, "people": people}
