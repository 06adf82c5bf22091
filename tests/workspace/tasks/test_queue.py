"""The queue: each task once, and none lost."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evenhand.errors import BookError
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks import actions, holding
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.registry import AWAITED, PRIORITY, Job
from evenhand.workspace.tasks.worker import do, run_waiting, sweep
from evenhand.workspace.trail.queries import events

Kind = Callable[..., str]
PAST = timedelta(seconds=-1)


def doubled(job: Job) -> dict[str, Any]:
    job.progress(0.5, "Doubling")
    return {"twice": job.given["number"] * 2}


@pytest.fixture
def asked(desk: Desk, kind: Kind) -> Task:
    return actions.enqueue(desk, kind(doubled), {"number": 21}, title="Double 21")


def test_what_waits_is_done_in_order(desk: Desk, kind: Kind) -> None:
    done: list[int] = []

    def noted(job: Job) -> dict[str, Any]:
        done.append(job.given["number"])
        return {}

    name = kind(noted)
    for number in range(3):
        actions.enqueue(desk, name, {"number": number}, title=f"Note {number}")

    assert run_waiting() == 3
    assert done == [0, 1, 2]


def test_what_somebody_waits_for_goes_first(desk: Desk, kind: Kind) -> None:
    done: list[str] = []

    def noted(job: Job) -> dict[str, Any]:
        done.append(job.given["name"])
        return {}

    def also_noted(job: Job) -> dict[str, Any]:
        return noted(job)

    later, soon = kind(noted), kind(also_noted, AWAITED)
    for name, kind_of in (("figures", later), ("more figures", later), ("a look", soon), ("a load", soon)):
        actions.enqueue(desk, kind_of, {"name": name}, title=name)
    run_waiting()

    assert done == ["a look", "a load", "figures", "more figures"]


def test_looks_loads_and_documents_go_before_figures() -> None:
    awaited = {name for name, priority in PRIORITY.items() if priority > PRIORITY["figures.answer"]}

    assert {"loading.look", "loading.load", "negotiations.documents"} <= awaited


def test_a_result_is_kept(asked: Task) -> None:
    run_waiting()
    asked.refresh_from_db()

    assert (asked.state, asked.result, asked.percent) == (State.DONE, {"twice": 42}, 100)
    assert asked.ended is not None


def test_work_nobody_registered_is_refused(desk: Desk) -> None:
    with pytest.raises(ValueError, match=r"no work called test\.nothing"):
        actions.enqueue(desk, "test.nothing", {}, title="Nothing")


def test_one_key_one_open_task(desk: Desk, kind: Kind) -> None:
    name = kind(doubled)
    first = actions.enqueue(desk, name, {"number": 1}, title="Double", key="same")

    assert actions.enqueue(desk, name, {"number": 1}, title="Double", key="same") == first
    run_waiting()
    assert actions.enqueue(desk, name, {"number": 1}, title="Double", key="same") != first


def test_a_task_is_held_by_one(asked: Task) -> None:
    assert holding.take() == asked
    assert holding.take() is None


def test_a_lost_task_is_taken_up(asked: Task) -> None:
    dead = holding.take(PAST)
    alive = holding.take()

    assert dead == alive == asked
    assert alive is not None
    assert alive.attempts == 2
    assert dead is not None
    assert not holding.let_go(dead, State.DONE, result={}), "who lost a task must not end it"
    assert not holding.renew(dead), "who lost a task must not keep it from the other"
    do(alive)
    asked.refresh_from_db()
    assert asked.result == {"twice": 42}


def test_who_lost_a_task_stops(asked: Task, caplog: pytest.LogCaptureFixture) -> None:
    dead, alive = holding.take(PAST), holding.take()
    assert dead is not None
    with caplog.at_level(logging.WARNING):
        do(dead)

    asked.refresh_from_db()
    assert asked.state == State.RUNNING
    assert alive is not None
    assert asked.holder == alive.holder
    assert "went on elsewhere" in caplog.text


def test_three_workers_dying_is_enough(asked: Task, desk: Desk) -> None:
    for _ in range(holding.MOST_ATTEMPTS):
        assert holding.take(PAST) is not None

    assert holding.take() is None
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert asked.problem.startswith("The worker was stopped 3 times while it did this")
    actions.again(desk, asked)
    run_waiting()
    asked.refresh_from_db()
    assert asked.state == State.DONE


def test_a_worker_that_is_stopped_gives_back(asked: Task) -> None:
    task = holding.take()
    assert task is not None
    do(task, stopped=lambda: True)

    asked.refresh_from_db()
    assert (asked.state, asked.attempts) == (State.WAITING, 0)


def test_a_waiting_task_is_cancelled_at_once(asked: Task, desk: Desk) -> None:
    actions.cancel(desk, asked)

    asked.refresh_from_db()
    assert asked.state == State.CANCELLED
    assert run_waiting() == 0
    event = events(desk.organisation)[0]
    assert (event.what, event.kind, event.name) == ("cancelled", "task", "Double 21")
    assert (event.before, event.after) == ("waiting", "cancelled")


def test_a_running_task_is_cancelled_where_it_says_how_far_it_is(asked: Task, desk: Desk) -> None:
    running = holding.take()
    assert running is not None
    actions.cancel(desk, asked)
    do(running)

    asked.refresh_from_db()
    assert (asked.state, asked.result) == (State.CANCELLED, None)


def test_a_task_cancelled_while_its_worker_died_is_not_begun_again(asked: Task, desk: Desk) -> None:
    holding.take(PAST)
    actions.cancel(desk, asked)

    assert holding.take() is None
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED


def test_a_click_sent_twice_acts_once(asked: Task, desk: Desk) -> None:
    actions.cancel(desk, asked, key="k")
    actions.again(desk, asked)
    actions.cancel(desk, asked, key="k")

    asked.refresh_from_db()
    assert asked.state == State.WAITING


def test_others_may_not_stop_it(asked: Task, member: Callable[..., Person]) -> None:
    analyst = desk_of(member(asked.organisation, Role.ANALYST), "cedar")
    administrator = desk_of(member(asked.organisation, Role.ADMINISTRATOR), "cedar")

    with pytest.raises(PermissionDenied, match="Only who asked for a task"):
        actions.cancel(analyst, asked)
    actions.cancel(administrator, asked)
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED


def test_an_error_a_person_can_act_on_is_told(desk: Desk, kind: Kind) -> None:
    def refuses(job: Job) -> dict[str, Any]:
        raise BookError("the book cannot be written; nothing was changed")

    task = actions.enqueue(desk, kind(refuses), {}, title="Refuse")
    run_waiting()
    task.refresh_from_db()

    assert (task.state, task.problem) == (State.FAILED, "the book cannot be written; nothing was changed")


def test_a_full_disk_is_told(desk: Desk, kind: Kind) -> None:
    def fills(job: Job) -> dict[str, Any]:
        raise OSError(28, "No space left on device", "/secret/place")

    task = actions.enqueue(desk, kind(fills), {}, title="Fill")
    run_waiting()
    task.refresh_from_db()

    assert "No space left on device" in task.problem
    assert "/secret/place" not in task.problem


def test_an_error_nobody_knows_leaves_no_claim_in_page_or_log(
    desk: Desk, kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(job: Job) -> dict[str, Any]:
        raise ValueError("member W123456789")

    task = actions.enqueue(desk, kind(breaks), {}, title="Break")
    run_waiting()
    task.refresh_from_db()

    reference = task.problem.rstrip(".").rsplit(" ", 1)[1]
    assert reference in caplog.text
    assert "ValueError" in caplog.text
    assert "in breaks" in caplog.text
    assert "W123456789" not in task.problem + caplog.text.replace('raise ValueError("member W123456789")', "")


def test_tasks_that_ended_long_ago_go(asked: Task, desk: Desk, kind: Kind) -> None:
    run_waiting()
    waits = actions.enqueue(desk, kind(doubled), {"number": 1}, title="Double")
    Task.objects.update(ended=timezone.now() - timedelta(days=31))

    assert sweep() == 1
    assert list(Task.objects.all()) == [waits]


def test_another_organisation_does_not_share_keys(desk: Desk, kind: Kind, member: Callable[..., Person]) -> None:
    other = Organisation.objects.create(name="Other", slug="other", book="nowhere")
    theirs = desk_of(member(other, Role.LEAD, name="theirs"), "other")
    name = kind(doubled)

    assert actions.enqueue(desk, name, {}, title="One", key="k") != actions.enqueue(
        theirs, name, {}, title="One", key="k"
    )
