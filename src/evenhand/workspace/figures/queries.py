"""Asking a book: the answer if it is kept, and its making if not. Nothing is worked out while somebody waits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db.models import Max

from evenhand.workspace.figures.actions import ask, task_key
from evenhand.workspace.figures.asking import Asked
from evenhand.workspace.figures.models import Answer
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.tasks.models import State, Task
from evenhand.workspace.tasks.queries import last

How = Literal["ready", "working", "failed"]


@dataclass(frozen=True, slots=True)
class Figure:
    """An answer as a page shows it.

    Attributes:
        question, given: what was asked.
        state: ``ready``; ``working``: a task makes it, ask again; ``failed``: ``problem`` says why.
        value: the answer; with ``stale`` that of an earlier state of the book. Decimals and days are text.
        made_at: when ``value`` was worked out.
    """

    question: str
    given: Mapping[str, Any]
    state: How
    value: Mapping[str, Any] | None = None
    made_at: datetime | None = None
    stale: bool = False
    problem: str = ""
    task: Task | None = None

    @property
    def working(self) -> bool:
        """Whether to ask again in a moment."""
        return self.state == "working"

    @property
    def failed(self) -> bool:
        """Whether there is no answer, for a reason."""
        return self.state == "failed"

    @property
    def given_text(self) -> str:
        """What was given, as a form carries it."""
        return json.dumps(self.given)


def answer(desk: Desk, name: str, **given: Any) -> Figure:
    """The answer to a question about the desk's book.

    Where none is kept for the book as it is now, a task is set to work and an earlier answer, if there is one, is
    given meanwhile.
    """
    asked = Asked.of(name, given)
    state = signature(desk.organisation.folder, negotiations=asked.question.negotiations)
    rows = Answer.objects.filter(organisation=desk.organisation, key=asked.key)
    kept = rows.filter(signature=state).first()
    if kept is not None:
        return Figure(name, given, "ready", kept.value, kept.made_at)
    older = rows.order_by("-made_at").first()
    shown = Figure(name, given, "working")
    if older is not None:
        shown = replace(shown, value=older.value, made_at=older.made_at, stale=True)
    task = last(desk, task_key(asked, state))
    if task is not None and task.state in (State.FAILED, State.CANCELLED):
        return replace(shown, state="failed", problem=task.problem or "It was cancelled.", task=task)
    return replace(shown, task=ask(desk, asked, state))


def last_made(desk: Desk) -> datetime | None:
    """When the newest answer about the desk's book was made."""
    found: datetime | None = Answer.objects.filter(organisation=desk.organisation).aggregate(last=Max("made_at"))[
        "last"
    ]
    return found
