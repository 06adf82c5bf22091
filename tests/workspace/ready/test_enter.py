"""Ready people are for demos alone, and each is let in as what they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.conf import LazySettings
from django.test import Client

from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Role
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.queries import groups, known
from evenhand.workspace.people.models import Person
from evenhand.workspace.portfolio.queries import figures
from evenhand.workspace.ready.fill import fill
from evenhand.workspace.ready.people import PEOPLE
from evenhand.workspace.ready.work import work
from evenhand.workspace.trail.queries import broken


@pytest.fixture
def demo(settings: LazySettings) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, demo=True)


def test_there_is_no_such_door_elsewhere(db: None, client: Client, book_template: Path) -> None:
    fill(book_template)
    assert client.get("/enter/").status_code == 404
    assert client.post("/enter/", {"email": PEOPLE[0].email}).status_code == 404


def test_one_of_each_role_is_ready(db: None, book_template: Path) -> None:
    practice, _ = fill(book_template)
    assert {role for ready in PEOPLE for role in ready.roles} == set(Role)
    for ready in PEOPLE:
        assert desk_of(Person.objects.get(email=ready.email), practice.slug).roles == ready.roles
    assert broken(practice) == []


def test_filling_again_changes_nothing(db: None, book_template: Path) -> None:
    practice, new = fill(book_template)
    assert new
    assert fill(book_template) == (practice, False)
    assert Person.objects.count() == len(PEOPLE)


@pytest.mark.usefixtures("demo")
def test_they_come_in_by_a_click(db: None, client: Client, book_template: Path) -> None:
    fill(book_template)
    shown = client.get("/enter/").content.decode()
    assert all(ready.name in shown for ready in PEOPLE)
    assert client.post("/enter/", {"email": PEOPLE[3].email}, follow=True).redirect_chain[-1][0] == "/o/cedar-ridge/"


@pytest.mark.usefixtures("demo")
def test_their_sessions_are_listed_and_end_like_any_other(db: None, client: Client, book_template: Path) -> None:
    fill(book_template)
    client.post("/enter/", {"email": PEOPLE[0].email})
    session = UserSession.objects.get(user__email=PEOPLE[0].email)

    client.post(f"/account/sessions/{session.pk}/end/")

    assert client.get("/account/").status_code == 302, "signed out by ending the session"


@pytest.mark.usefixtures("demo")
def test_others_do_not(db: None, client: Client, book_template: Path) -> None:
    fill(book_template)
    Person.objects.create_user("owner@elsewhere.example", "a long password indeed")
    assert client.post("/enter/", {"email": "owner@elsewhere.example"}).status_code == 404


def test_they_have_worked_already(db: None, book_folder: Path) -> None:
    practice, _ = fill(book_folder)
    said: list[str] = []

    work(practice, said.append)

    lead = desk_of(Person.objects.get(email=PEOPLE[0].email), practice.slug)
    assert said == ["Working out what the pages show…"]
    assert not any(one.working for one in figures(lead).all)
    assert not any(one.failed for one in figures(lead).all)
    worklist = known(lead).worklist
    assert worklist is not None
    states = {state for group in groups(worklist, Chosen(), "all") for state in group.states}
    assert states == {"new", "to dispute", "disputed"}
    assert broken(practice) == []
