"""A task: what is to be done, for whom, how far it is, who holds it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from evenhand.workspace.organisations.models import Organisation


class State(models.TextChoices):
    """Where a task stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


#: The states of a task that has not come to its end.
OPEN = (State.WAITING, State.RUNNING)


class Task(models.Model):
    """One piece of work. ``holder`` names the worker that holds it, until ``lease_until``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tasks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="tasks")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    given = models.JSONField(default=dict)
    key = models.CharField(max_length=200, null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    share = models.FloatField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    problem = models.TextField(blank=True)
    asked_to_cancel = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    holder = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    created = models.DateTimeField(default=timezone.now)
    started = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "key"), condition=models.Q(state__in=OPEN), name="one_open_task_a_key"
            ),
        )
        indexes = (models.Index(fields=("state", "created")), models.Index(fields=("organisation", "created")))

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it has not come to its end."""
        return self.state in OPEN

    @property
    def percent(self) -> int:
        """How much is done, in whole per cent."""
        return round(100 * self.share)
