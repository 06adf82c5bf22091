"""The header leads to what a person may open, and to the other organisations they work in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.test import Client

from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person


def test_the_page_one_is_on_is_marked(
    organisation: Organisation, member: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    page = signed_in(member(organisation, Role.LEAD)).get("/o/cedar/").content.decode()

    assert '<a href="/o/cedar/" aria-current="page">Portfolio</a>' in page
    assert "Work in another organisation" not in page


def test_who_works_for_several_can_change_between_them_and_sees_no_third(
    organisation: Organisation,
    member: Callable[..., Person],
    signed_in: Callable[[Person], Client],
    book_template: Path,
) -> None:
    consultant = member(organisation, Role.ANALYST)
    second, _ = (
        Organisation.objects.create(name=name, slug=name.lower(), book=str(book_template))
        for name in ("Harbor", "Third")
    )
    Membership.objects.create(person=consultant, organisation=second, role=Role.ANALYST)

    page = signed_in(consultant).get("/o/cedar/").content.decode()

    assert '<a class="entry" href="/o/harbor/">Harbor</a>' in page
    assert "Third" not in page
