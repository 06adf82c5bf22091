"""Holding a task: taking it, keeping it, telling how far it is, letting go.

Every change names the holder, so a worker that was thought dead and wakes up again changes nothing any more.
"""

from __future__ import annotations

import os
import socket
import uuid
from datetime import timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.utils import timezone

from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.registry import PRIORITY

#: How long a task stays with a worker that says nothing.
LEASE = timedelta(seconds=20)
#: A task whose worker dies this often is not begun again.
MOST_ATTEMPTS = 3
_KILLED = (
    f"The worker was stopped {MOST_ATTEMPTS} times while it did this, so it is not tried again by itself. Perhaps the "
    "machine lacks memory or disk. Start it again, or ask whoever runs the workspace to look."
)


def take(lease: timedelta = LEASE) -> Task | None:
    """Take the oldest of the most urgent tasks that nobody holds; ``None`` when there is none.

    Looking and taking are two statements, and the second one takes only what still is as it was seen: of several
    workers one gets it, on every database.
    """
    while True:
        now = timezone.now()
        seen = Task.objects.filter(Q(state=State.WAITING) | _lost(now)).order_by(_urgency(), "created", "id").first()
        if seen is None:
            return None
        as_seen = Task.objects.filter(pk=seen.pk, state=seen.state, holder=seen.holder, attempts=seen.attempts)
        if seen.state == State.RUNNING and _is_over(seen, as_seen.filter(_lost(now))):
            continue
        holder = f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:12]}"
        taken = as_seen.filter(Q(state=State.WAITING) | _lost(now)).update(
            state=State.RUNNING,
            holder=holder,
            lease_until=now + lease,
            attempts=F("attempts") + 1,
            started=now,
            ended=None,
        )
        if taken:
            return Task.objects.select_related("organisation", "person").get(pk=seen.pk)


def _urgency() -> OrderBy:
    """The order of kinds, the highest priority first."""
    cases = [When(kind=kind, then=Value(priority)) for kind, priority in PRIORITY.items() if priority]
    return Case(*cases, default=Value(0), output_field=IntegerField()).desc()


def _lost(now: Any) -> Q:
    return Q(state=State.RUNNING, lease_until__lt=now)


def _is_over(seen: Task, as_seen: QuerySet[Task]) -> bool:
    """Whether a task whose worker died comes to its end here instead of being begun again."""
    if seen.asked_to_cancel:
        as_seen.update(state=State.CANCELLED, ended=timezone.now(), lease_until=None)
        return True
    if seen.attempts >= MOST_ATTEMPTS:
        as_seen.update(state=State.FAILED, problem=_KILLED, ended=timezone.now(), lease_until=None)
        return True
    return False


def renew(task: Task, lease: timedelta = LEASE) -> bool:
    """Keep a task; whether it was still held."""
    return bool(_held(task).update(lease_until=timezone.now() + lease))


def tell(task: Task, share: float, doing: str) -> bool | None:
    """Write down how far it is; whether it is to be cancelled, ``None`` when it is not held any more."""
    asked = _held(task).values_list("asked_to_cancel", flat=True).first()
    if asked is False:
        _held(task).update(share=min(1.0, max(0.0, share)), doing=doing[:200])
    return asked


def let_go(task: Task, state: State, *, result: dict[str, Any] | None = None, problem: str = "") -> bool:
    """End it; whether it was still held."""
    share = {"share": 1.0} if state == State.DONE else {}
    ended = _held(task).update(
        state=state, result=result, problem=problem, doing="", ended=timezone.now(), lease_until=None, **share
    )
    return bool(ended)


def give_back(task: Task) -> bool:
    """Let somebody else do it from the start: the worker is being stopped, which is no attempt that failed."""
    back = _held(task).update(
        state=State.WAITING, holder="", lease_until=None, attempts=F("attempts") - 1, share=0, doing=""
    )
    return bool(back)


def _held(task: Task) -> QuerySet[Task]:
    return Task.objects.filter(pk=task.pk, state=State.RUNNING, holder=task.holder)
