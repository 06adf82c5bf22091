"""Working answers out and keeping them. No event is logged: an answer is a cache and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.book import Book
from evenhand.workspace.figures.asking import Asked
from evenhand.workspace.figures.models import Answer
from evenhand.workspace.figures.signature import signature
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.models import Task
from evenhand.workspace.tasks.queries import last

#: States of a book for which an answer to one question is kept.
_STATES_KEPT = 3
TASK = "figures.answer"


def task_key(asked: Asked, state: str) -> str:
    """Names the task that answers a question in one state of the book."""
    return f"{TASK} {asked.key} {state}"


def ask(desk: Desk, asked: Asked, state: str) -> Task:
    """Have an answer worked out; while that task waits or runs, no second one is made."""
    given = {"question": asked.question.name, "given": dict(asked.given)}
    title = f"Work out: {asked.question.name.replace('_', ' ')}"
    return enqueue(desk, TASK, given, title=title, key=task_key(asked, state))


def ask_again(desk: Desk, name: str, given: Mapping[str, Any]) -> Task:
    """Have an answer that failed worked out anew.

    Raises:
        LookupError: nothing answers to the name, or the answer did not fail.
    """
    asked = Asked.of(name, given)
    state = signature(desk.organisation.folder, negotiations=asked.question.negotiations)
    if last(desk, task_key(asked, state)) is None:
        raise LookupError(f"the question '{name}' was not asked in this state of the book")
    return ask(desk, asked, state)


def work_out(organisation: Organisation, name: str, given: Mapping[str, Any]) -> None:
    """Answer a question on the book as it is now, and keep the answer.

    Raises:
        EvenhandError: the book cannot answer it.
    """
    asked = Asked.of(name, given)
    state = signature(organisation.folder, negotiations=asked.question.negotiations)
    value = asked.question.answered(Book.open(organisation.folder), given)
    with transaction.atomic():
        rows = Answer.objects.filter(organisation=organisation, key=asked.key)
        fresh = {"question": name, "value": value, "made_at": timezone.now()}
        Answer.objects.update_or_create(organisation=organisation, key=asked.key, signature=state, defaults=fresh)
        newest = list(rows.order_by("-made_at").values_list("pk", flat=True)[:_STATES_KEPT])
        rows.exclude(pk__in=newest).delete()
