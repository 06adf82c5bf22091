"""Roles, leaving, and who may see a negotiation."""

from __future__ import annotations

from collections.abc import Iterable

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.errors import ConflictError, RefusedError
from evenhand.workspace.organisations.models import Access, Membership, Role
from evenhand.workspace.organisations.queries import Member, member, seers
from evenhand.workspace.trail.actions import Deed, recorded


def change_roles(desk: Desk, number: int, roles: Iterable[Role], *, based_on: str, key: str | None = None) -> Member:
    """Give a member exactly these roles.

    Raises:
        Http404: no member of this number.
        ConflictError: somebody else changed the roles meanwhile.
        RefusedError: nobody would be administrator any more, or no role is left.
        DoneBeforeError: the same form was sent before.
    """
    wanted = set(roles)
    with recorded(_deed(desk, "changed the roles of", number, key=key)) as draft:
        found = member(desk, number)
        if found.based_on != based_on:
            raise ConflictError(f"somebody else changed the roles of {found.person} meanwhile: {found.in_words} now")
        if not wanted:
            raise RefusedError("a member has a role; to take away all of them, end the membership")
        _administered(desk, found, wanted)
        rows = Membership.objects.filter(organisation=desk.organisation, person=found.person)
        rows.exclude(role__in=wanted).delete()
        for role in wanted:
            Membership.objects.get_or_create(organisation=desk.organisation, person=found.person, role=role)
        draft.before, draft.after = _lines(found.roles), _lines(wanted)
    return member(desk, number)


def end_membership(desk: Desk, number: int, *, why: str = "", key: str | None = None) -> None:
    """Take somebody out of the organisation, and out of the negotiations they could see.

    Raises:
        Http404: no member of this number.
        RefusedError: nobody would be administrator any more.
        DoneBeforeError: the same form was sent before.
    """
    with recorded(_deed(desk, "ended the membership of", number, key=key, why=why)) as draft:
        found = member(desk, number)
        _administered(desk, found, set())
        draft.before = _lines(found.roles)
        Membership.objects.filter(organisation=desk.organisation, person=found.person).delete()
        Access.objects.filter(organisation=desk.organisation, person=found.person).delete()


def let_see(desk: Desk, name: str, people: Iterable[int], *, based_on: str, key: str | None = None) -> None:
    """Say who alone may see a negotiation; nobody named: all members may.

    Raises:
        Http404: no such negotiation, or somebody is no member.
        ConflictError: somebody else changed it meanwhile.
        DoneBeforeError: the same form was sent before.
    """
    deed = Deed("said who may see", "negotiation", name, desk.person, desk.organisation, key=key)
    with recorded(deed) as draft:
        before = seers(desk, name)
        if before.based_on != based_on:
            raise ConflictError(f"somebody else changed meanwhile who may see {name}: {before.in_words} now")
        chosen = [member(desk, number).person for number in people]
        Access.objects.filter(organisation=desk.organisation, negotiation=name).delete()
        for person in chosen:
            Access.objects.create(organisation=desk.organisation, negotiation=name, person=person)
        draft.before, draft.after = before.as_lines, seers(desk, name).as_lines


def _deed(desk: Desk, what: str, number: int, *, key: str | None, why: str = "") -> Deed:
    person = member(desk, number).person
    return Deed(what, "member", person.email, desk.person, desk.organisation, why=why, key=key)


def _administered(desk: Desk, leaving: Member, roles: set[Role]) -> None:
    if Role.ADMINISTRATOR in roles or Role.ADMINISTRATOR not in leaving.roles:
        return
    rows = Membership.objects.filter(organisation=desk.organisation, role=Role.ADMINISTRATOR, person__is_active=True)
    if not rows.exclude(person=leaving.person).exists():
        raise RefusedError(f"{leaving.person} is the only administrator; make somebody else one first")


def _lines(roles: Iterable[Role]) -> str:
    held = set(roles)
    return "\n".join(role.label for role in Role if role in held)
