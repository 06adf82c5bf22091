"""Which tasks somebody may look at: one's own; administrators those of everybody."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks.models import Task


def tasks(desk: Desk) -> QuerySet[Task]:
    """The tasks to list for this person, the newest first."""
    found = Task.objects.filter(organisation=desk.organisation).select_related("person").order_by("-created")
    return found if desk.may(May.MANAGE_PEOPLE) else found.filter(person=desk.person)


def shown(desk: Desk, id_: UUID) -> Task:
    """A task whose id this person has: ids cannot be guessed, so some page meant for this person showed it.

    Raises:
        Http404: the organisation has no such task.
    """
    rows = Task.objects.select_related("person")
    return get_object_or_404(rows, organisation=desk.organisation, pk=id_)


def last(desk: Desk, key: str) -> Task | None:
    """The task that was last asked for under a key, however it ended and whoever asked for it."""
    return Task.objects.filter(organisation=desk.organisation, key=key).order_by("-created").first()
