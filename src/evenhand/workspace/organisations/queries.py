"""Who works in an organisation, who was invited, who may see what."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from evenhand.negotiation.record import negotiations
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Access, Invitation, Membership, Organisation, Role
from evenhand.workspace.people.models import Person


class Member(NamedTuple):
    """Somebody who works in an organisation, in the roles held."""

    person: Person
    roles: tuple[Role, ...]

    @property
    def in_words(self) -> str:
        """The roles."""
        return ", ".join(role.label for role in self.roles)

    @property
    def based_on(self) -> str:
        """What a form that changes the roles was made from."""
        return digest_of(",".join(self.roles))


class Seers(NamedTuple):
    """Who alone may see a negotiation; nobody: all members."""

    negotiation: str
    people: tuple[Person, ...]

    @property
    def as_lines(self) -> str:
        """One on each line."""
        return "\n".join(f"{one.name} <{one.email}>" for one in self.people) or "all members"

    @property
    def in_words(self) -> str:
        """In one line."""
        return ", ".join(str(one) for one in self.people) or "all members"

    @property
    def based_on(self) -> str:
        """What a form that changes it was made from."""
        return digest_of(",".join(str(one.pk) for one in self.people))


def digest_of(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """The organisations somebody works in, by name."""
    return Organisation.objects.filter(memberships__person=person).distinct().order_by("name")


def members(desk: Desk) -> list[Member]:
    """All members, by name."""
    held: dict[Person, set[str]] = {}
    rows = Membership.objects.filter(organisation=desk.organisation).select_related("person")
    for row in rows.order_by("person__name", "person__email"):
        held.setdefault(row.person, set()).add(row.role)
    return [Member(person, tuple(role for role in Role if role in roles)) for person, roles in held.items()]


def member(desk: Desk, number: int) -> Member:
    """The member of this number.

    Raises:
        Http404: there is none here; whether there is one elsewhere is not said.
    """
    named = Membership.objects.filter(organisation=desk.organisation, person__pk=number)  # any number, however long
    rows = list(named.select_related("person"))
    if not rows:
        raise Http404
    held = {row.role for row in rows}
    return Member(rows[0].person, tuple(role for role in Role if role in held))


def invitations(desk: Desk) -> QuerySet[Invitation]:
    """The invitations that can still be taken up, the latest first."""
    found = Invitation.objects.filter(organisation=desk.organisation, until__gt=timezone.now())
    return found.select_related("by").order_by("-made")


def open_invitation(token: str) -> Invitation:
    """The invitation of a link.

    Raises:
        Http404: it was used, taken back, or is over.
    """
    found = Invitation.objects.filter(digest=digest_of(token), until__gt=timezone.now())
    invitation = found.select_related("organisation", "by").first()
    if invitation is None:
        raise Http404
    return invitation


def open_to_address(email: str) -> list[Invitation]:
    """All open invitations to an address."""
    found = Invitation.objects.filter(email=email.strip().lower(), until__gt=timezone.now())
    return list(found.select_related("organisation", "by").order_by("made"))


def invited_address(email: str) -> bool:
    """Whether an invitation to this address is open."""
    return bool(open_to_address(email))


def seers(desk: Desk, name: str) -> Seers:
    """Who may see a negotiation of this organisation, whether or not the person asking may.

    Raises:
        Http404: there is no such negotiation.
    """
    return next((one for one in all_seers(desk) if one.negotiation == name), None) or _none()


def all_seers(desk: Desk) -> list[Seers]:
    """For each negotiation of the organisation, by name: who may see it."""
    rows = Access.objects.filter(organisation=desk.organisation).select_related("person").order_by("person__name", "pk")
    people: dict[str, list[Person]] = {}
    for row in rows:
        people.setdefault(row.negotiation, []).append(row.person)
    return [Seers(one.name, tuple(people.get(one.name, ()))) for one in negotiations(desk.book())]


def _none() -> Seers:
    raise Http404
