"""Asking for work, giving it up, asking again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks.models import OPEN, State, Task
from evenhand.workspace.tasks.registry import KINDS
from evenhand.workspace.trail.actions import Deed, DoneBeforeError, Draft, recorded


def enqueue(desk: Desk, kind: str, given: dict[str, Any], *, title: str, key: str | None = None) -> Task:
    """Ask for work; with a key that a waiting or running task has, that task is the answer.

    Nothing is written into the trail: the action that needs the work tells what was done.
    """
    asked = Task(organisation=desk.organisation, person=desk.person, kind=kind, given=given, title=title, key=key)
    return _enqueued(asked)


def enqueue_unasked(organisation: Organisation, kind: str, *, title: str, key: str) -> Task | None:
    """Work that nobody asks for, such as what is done every day: once for each key, ``None`` when it was asked before.

    Args:
        organisation: whose.
        kind: of work; nothing is given to it.
        title: what lists of tasks call it.
        key: names this occasion.
    """
    if Task.objects.filter(organisation=organisation, key=key).exists():
        return None
    return _enqueued(Task(organisation=organisation, kind=kind, title=title, key=key))


def _enqueued(asked: Task) -> Task:
    if asked.kind not in KINDS:
        raise ValueError(f"there is no work called {asked.kind}; a room registers it in its module work")
    asked.title = asked.title[:200]
    while True:
        try:
            with transaction.atomic():
                asked.save(force_insert=True)
                return asked
        except IntegrityError:
            same = _open_one(asked.organisation, asked.key)
            if same is not None:  # else it ended in this very moment
                return same


def _open_one(organisation: Organisation, key: str | None) -> Task | None:
    return Task.objects.filter(organisation=organisation, key=key, state__in=OPEN).first() if key else None


def cancel(desk: Desk, task: Task, *, key: str | None = None) -> None:
    """Give up a task: at once while it waits, else where its work next says how far it is. One that ended stays so.

    Raises:
        PermissionDenied: it is neither one's own, nor is one an administrator.
    """
    with suppress(DoneBeforeError), _deed("cancelled", desk, task, key) as (now, draft):
        if now.state == State.WAITING:
            _set(now, state=State.CANCELLED, ended=timezone.now())
            draft.after = "cancelled"
        elif now.state == State.RUNNING:
            _set(now, asked_to_cancel=True)
            draft.after = "asked to cancel"


def again(desk: Desk, task: Task, *, key: str | None = None) -> None:
    """Start a task again that failed or was cancelled; any other stays as it is.

    Raises:
        PermissionDenied: it is neither one's own, nor is one an administrator.
    """
    with suppress(DoneBeforeError), _deed("started again", desk, task, key) as (now, draft):
        if now.is_open or now.state == State.DONE or _open_one(desk.organisation, now.key):
            draft.after = draft.before
            return
        cleared = {"share": 0, "doing": "", "problem": "", "result": None, "attempts": 0, "asked_to_cancel": False}
        _set(now, state=State.WAITING, holder="", started=None, ended=None, **cleared)
        draft.after = State.WAITING


@contextmanager
def _deed(what: str, desk: Desk, task: Task, key: str | None) -> Iterator[tuple[Task, Draft]]:
    """Change a task as it stands now, and log it."""
    if not may_steer(desk, task):
        raise PermissionDenied("Only who asked for a task, or an administrator, may stop it or start it again.")
    with recorded(Deed(what, "task", task.title, desk.person, desk.organisation, key=key)) as draft:
        now = Task.objects.select_for_update().get(pk=task.pk, organisation=desk.organisation)
        draft.before = now.state
        yield now, draft


def may_steer(desk: Desk, task: Task) -> bool:
    """Whether somebody may stop a task or start it again."""
    return task.person_id == desk.person.pk or desk.may(May.MANAGE_PEOPLE)


def _set(task: Task, **values: Any) -> None:
    Task.objects.filter(pk=task.pk).update(**values)
