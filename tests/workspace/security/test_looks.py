"""Whoever looks at single claims leaves a line in the log, whichever page it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from tests.workspace.loading.remittances import remittance
from tests.workspace.payments.conftest import few_claims  # noqa: F401 - a fixture
from tests.workspace.security.conftest import every_address

from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.payments.models import Matter
from evenhand.workspace.payments.queries import known
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting
from evenhand.workspace.trail.queries import events

CLAIMS = [(name, one) for name, one in every_address() if getattr(one.callback, "may", None) == May.SEE_CLAIMS]
#: Pages for everybody on which those who may see claims see some.
SOME = ["findings"]


@pytest.fixture
def practice(db: None, few_claims: Path, tmp_path: Path) -> Organisation:  # noqa: F811
    """A book with differences and findings."""
    shutil.copytree(few_claims, tmp_path / "book")
    practice = Organisation.objects.create(name="Cedar Ridge", slug="cedar", book=str(tmp_path / "book"))
    (tmp_path / "wrong.835").write_bytes(remittance(2, charge="160.00"))
    desk_of(_analyst(practice), practice.slug).book().load([tmp_path / "wrong.835"])
    return practice


def _analyst(practice: Organisation) -> Person:
    person = Person.objects.create_user("ada@cedar.example", name="Ada")
    practice.memberships.create(person=person, role=Role.ANALYST)
    return person


@pytest.fixture
def at(practice: Organisation) -> Callable[[str, URLPattern], str]:
    """The address of a page of the practice, whose worklist is worked out."""
    desk = desk_of(Person.objects.get(email="ada@cedar.example"), practice.slug)
    known(desk)
    run_waiting()
    given: dict[str, Any] = {"organisation": practice.slug, "matter": Matter.objects.first()}

    def made(name: str, pattern: URLPattern) -> str:
        parts = {part: getattr(given[part], "pk", given[part]) for part in pattern.pattern.regex.groupindex}
        return reverse(name, kwargs=parts)

    return made


def test_every_look_at_claims_is_logged(
    practice: Organisation, at: Callable[[str, URLPattern], str], signed_in: Callable[[Person], Client]
) -> None:
    ada = Person.objects.get(email="ada@cedar.example")
    client = signed_in(ada)
    assert len(CLAIMS) >= 4
    for name, pattern in CLAIMS + [one for one in every_address() if one[0] in SOME]:
        before = _looks(practice)
        answer = client.get(at(name, pattern))
        assert answer.status_code == 200, f"{name} shows nothing"
        assert _looks(practice) == before + 1, f"{name} shows claims and logs nothing: call trail.actions.seen"
        client.get(at(name, pattern))
        assert _looks(practice) == before + 1, f"{name}: once an hour"


def test_who_may_not_see_claims_leaves_no_line(practice: Organisation, signed_in: Callable[[Person], Client]) -> None:
    reader = Person.objects.create_user("ed@cedar.example", name="Ed")
    practice.memberships.create(person=reader, role=Role.READER)

    assert signed_in(reader).get("/o/cedar/loading/findings/").status_code == 200
    assert _looks(practice) == 0


def _looks(practice: Organisation) -> int:
    return sum(event.what == "looked at" for event in events(practice))
