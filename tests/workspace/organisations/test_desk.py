"""Nobody reaches a book, or a negotiation, that is not theirs to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client

from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Access, Organisation, Role
from evenhand.workspace.organisations.policy import POLICY, May, allowed
from evenhand.workspace.people.models import Person


def test_a_stranger_finds_nothing(organisation: Organisation, member: Callable[..., Person]) -> None:
    stranger = member(Organisation.objects.create(name="Other", slug="other", book="none"), Role.LEAD)

    with pytest.raises(Http404):
        desk_of(stranger, "cedar")


def test_several_roles_add_up(organisation: Organisation, member: Callable[..., Person]) -> None:
    desk = desk_of(member(organisation, Role.ADMINISTRATOR, Role.COUNSEL), "cedar")

    assert desk.role == "Administrator, Counsel"
    assert desk.may(May.MANAGE_PEOPLE)
    assert desk.may(May.APPROVE)
    with pytest.raises(PermissionDenied, match="Your role does not let you see single claims"):
        desk.require(May.SEE_CLAIMS)


def test_single_claims_are_for_those_who_work_on_them() -> None:
    assert {role for role in Role if May.SEE_CLAIMS in POLICY[role]} == {Role.LEAD, Role.ANALYST}
    assert all(May.SEE in allowed([role]) for role in Role)


def test_a_closed_negotiation_is_not_there_for_others(
    organisation: Organisation, member: Callable[..., Person]
) -> None:
    lead, analyst = member(organisation, Role.LEAD), member(organisation, Role.ANALYST)
    name = desk_of(lead, "cedar").negotiations()[0].name
    Access.objects.create(organisation=organisation, negotiation=name, person=lead)

    assert desk_of(lead, "cedar").negotiation(name).name == name
    assert desk_of(analyst, "cedar").negotiations() == []
    with pytest.raises(Http404):
        desk_of(analyst, "cedar").negotiation(name)


def test_pages_are_for_members(
    organisation: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    assert Client().get("/o/cedar/").status_code == 302
    assert signed_in(member(organisation, Role.READER)).get("/o/cedar/").status_code == 200
    assert signed_in(member(organisation)).get("/o/cedar/").status_code == 404
