"""Inviting somebody by a link, and coming in by it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.http import Http404
from django.utils import timezone

from evenhand.workspace.organisations import letters
from evenhand.workspace.organisations.actions.starting import give
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import RefusedError
from evenhand.workspace.organisations.models import Invitation, Role
from evenhand.workspace.organisations.queries import digest_of, open_invitation, open_to_address
from evenhand.workspace.people.actions import keep_person, made_person
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import Deed, recorded

#: How long a link of invitation holds.
HOLDS = timedelta(days=7)


def invite(desk: Desk, email: str, roles: Iterable[Role], *, key: str | None = None) -> str:
    """Invite somebody; the answer is the token of the link, which is not kept. Earlier links of theirs end.

    Raises:
        DoneBeforeError: the same form was sent before.
    """
    token, given, address = secrets.token_urlsafe(32), [str(role) for role in roles], email.strip().lower()
    with recorded(Deed("invited", "member", address, desk.person, desk.organisation, key=key)) as draft:
        Invitation.objects.filter(organisation=desk.organisation, email=address).delete()
        made = Invitation.objects.create(
            organisation=desk.organisation,
            email=address,
            roles=given,
            digest=digest_of(token),
            by=desk.person,
            until=timezone.now() + HOLDS,
        )
        draft.after = made.in_words.replace(", ", "\n")
    return token


def invite_by_letter(
    desk: Desk, email: str, roles: Iterable[Role], link_of: Callable[[str], str], *, key: str | None = None
) -> None:
    """Invite somebody by a letter alone: a program is never told the link, for with it it could come in as another.

    Args:
        desk: whose.
        email: the address.
        roles: what they shall work as.
        link_of: the link a token makes.
        key: names the request.

    Raises:
        DoneBeforeError: the same was asked before.
        RefusedError: no letters are sent from here, or this one did not go out; then nobody is invited.
    """
    if not letters.are_sent():
        raise RefusedError("no letters are sent from here, so the link would reach nobody; invite on the page People")
    link = link_of(invite(desk, email, roles, key=key))
    if not letters.sent(desk, email, link):
        withdraw(desk, Invitation.objects.get(organisation=desk.organisation, email=email.strip().lower()).pk)
        raise RefusedError(f"the letter to {email} did not go out, so the invitation was taken back; try again later")


def withdraw(desk: Desk, number: int) -> None:
    """Take an invitation back.

    Raises:
        Http404: the organisation has none of this number.
    """
    found = Invitation.objects.filter(organisation=desk.organisation, pk=number).first()
    if found is None:
        raise Http404
    deed = Deed("took the invitation back of", "member", found.email, desk.person, desk.organisation)
    with recorded(deed) as draft:
        draft.before = found.in_words
        found.delete()


def accept_as_new(token: str, name: str, password: str) -> Person:
    """Come in by a link, as somebody new.

    Raises:
        Http404: the link was used, taken back, or is over.
        RefusedError: somebody of the invited address is here already.
    """
    invitation = open_invitation(token)
    person = made_person(invitation.email, name, password)
    with recorded(Deed("came in by invitation", "person", person.email)) as draft:
        _kept(person)
        draft.after = f"{person.name} <{person.email}>"
        _accepted(open_invitation(token), person)
    return person


def accept(token: str, person: Person) -> Invitation:
    """Come in by a link, as somebody who is here already.

    Raises:
        Http404: the link was used, taken back, or is over.
        RefusedError: somebody else was invited.
    """
    with recorded(Deed("took up an invitation", "person", person.email, person)):
        invitation = open_invitation(token)
        if invitation.email != person.email:
            raise RefusedError(f"this invitation is for {invitation.email}, and you are signed in as {person.email}")
        _accepted(invitation, person)
    return invitation


def accept_by_provider(email: str, *, name: str) -> Person:
    """Come in by an address the provider of sign-in has verified: all open invitations to it are taken up.

    Raises:
        Http404: none is open.
    """
    person = made_person(email, name, None)
    with recorded(Deed("came in by invitation", "person", person.email)) as draft:
        invitations = open_to_address(email)
        if not invitations:
            raise Http404
        _kept(person)
        draft.after = f"{person.name} <{person.email}>, by the provider of sign-in"
        for invitation in invitations:
            _accepted(invitation, person)
    return person


def _kept(person: Person) -> None:
    if Person.objects.filter(email=person.email).exists():
        raise RefusedError(f"{person.email} is here already; sign in first, then open the link again")
    keep_person(person)


def _accepted(invitation: Invitation, person: Person) -> None:
    roles = [role for role in Role if role in invitation.roles]
    why = f"invited by {invitation.by.name} <{invitation.by.email}>"
    invitation.delete()
    give(person, invitation.organisation, roles, by=person, why=why)
