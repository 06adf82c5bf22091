"""The list of tasks, and a task that looks after itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks import actions, holding
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.registry import Job
from evenhand.workspace.tasks.worker import run_waiting

SignedIn = Callable[[Person], Client]


def doubled(job: Job) -> dict[str, Any]:
    return {"twice": job.given["number"] * 2}


@pytest.fixture
def asked(desk: Desk, kind: Callable[..., str]) -> Task:
    return actions.enqueue(desk, kind(doubled), {"number": 21}, title="Double <21>")


@pytest.fixture
def at(asked: Task) -> str:
    return f"/o/cedar/tasks/{asked.pk}/"


def test_an_empty_list_says_so(desk: Desk, signed_in: SignedIn) -> None:
    page = signed_in(desk.person).get("/o/cedar/tasks/").content.decode()

    assert "Nothing was asked for in the last 30 days" in page


def test_ones_own_tasks_are_listed_and_others_not(
    asked: Task, member: Callable[..., Person], signed_in: SignedIn
) -> None:
    other = member(asked.organisation, Role.ANALYST)
    administrator = member(asked.organisation, Role.ADMINISTRATOR)

    def listed(person: Person) -> bool:
        return "Double &lt;21&gt;" in signed_in(person).get("/o/cedar/tasks/").content.decode()

    assert asked.person is not None
    assert listed(asked.person)
    assert listed(administrator)
    assert not listed(other)


def test_a_part_asks_again_until_it_ends(asked: Task, at: str, desk: Desk, signed_in: SignedIn) -> None:
    client = signed_in(desk.person)
    running = holding.take()
    assert running is not None
    holding.tell(running, 0.4, "Reading")
    before = client.get(at)
    assert 'hx-trigger="every 1s"' in before.content.decode()
    assert "40 %" in before.content.decode()
    assert "Reading" in before.content.decode()
    holding.give_back(running)
    run_waiting()

    after = client.get(at)

    assert "hx-trigger" not in after.content.decode()
    assert after.headers["HX-Trigger"] == "task-ended"


def test_cancelling_and_starting_again(asked: Task, at: str, desk: Desk, signed_in: SignedIn) -> None:
    client = signed_in(desk.person)

    assert client.post(at + "cancel/", {"key": "a"}).headers["Location"] == "/o/cedar/tasks/"
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED
    again = client.post(at + "again/", {"key": "b"}, headers={"HX-Request": "true"})
    assert "waiting" in again.content.decode()


def test_a_button_needs_its_key(asked: Task, at: str, desk: Desk, signed_in: SignedIn) -> None:
    assert signed_in(desk.person).post(at + "cancel/").status_code == 400


def test_only_whose_it_is_stops_it(asked: Task, at: str, member: Callable[..., Person], signed_in: SignedIn) -> None:
    analyst = member(asked.organisation, Role.ANALYST)
    stranger = desk_of(member(Organisation.objects.create(name="O", slug="o", book="x"), Role.LEAD, name="s"), "o")

    assert signed_in(analyst).post(at + "cancel/", {"key": "a"}).status_code == 404
    assert signed_in(stranger.person).get(at).status_code == 404
    assert signed_in(stranger.person).get(at.replace("cedar", "o")).status_code == 404
    asked.refresh_from_db()
    assert asked.state == State.WAITING
