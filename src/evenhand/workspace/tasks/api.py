"""Tasks, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from ninja import Query, Schema

from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.room import Room
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks import actions, queries
from evenhand.workspace.tasks.models import Task

room = Room("Tasks")


class TaskShown(Schema):
    """A task: `share` is how much is done, from 0 to 1."""

    id: UUID
    kind: str
    title: str
    state: str
    share: float
    doing: str
    problem: str
    asked_by: str
    created: datetime
    started: datetime | None
    ended: datetime | None


@room.get("/tasks", May.SEE, Page[TaskShown])
def listed(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """One's own tasks, the newest first; those of everybody for administrators."""
    return paged(queries.tasks(desk), asked, task_shown)


@room.get("/tasks/{uuid:task}", May.SEE, TaskShown)
def one(desk: Desk, task: UUID) -> dict[str, Any]:
    """One task as it stands."""
    return task_shown(queries.shown(desk, task))


@room.post("/tasks/{uuid:task}/cancel", May.SEE, TaskShown)
def cancel(desk: Desk, task: UUID, key: str) -> dict[str, Any]:
    """Give it up: at once while it waits, else where its work next says how far it is."""
    actions.cancel(desk, _own(desk, task), key=key)
    return task_shown(queries.shown(desk, task))


@room.post("/tasks/{uuid:task}/again", May.SEE, TaskShown)
def again(desk: Desk, task: UUID, key: str) -> dict[str, Any]:
    """Start one again that failed or was cancelled."""
    actions.again(desk, _own(desk, task), key=key)
    return task_shown(queries.shown(desk, task))


def _own(desk: Desk, id_: UUID) -> Task:
    found = queries.shown(desk, id_)
    if not actions.may_steer(desk, found):
        raise Http404
    return found


def task_shown(task: Task) -> dict[str, Any]:
    """A task for a program."""
    kept = ("id", "kind", "title", "state", "share", "doing", "problem", "created", "started", "ended")
    return {name: getattr(task, name) for name in kept} | {"asked_by": str(task.person or "")}
