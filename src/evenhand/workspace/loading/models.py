"""A delivery: files somebody brought in at one time, until they are loaded or given up."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.tasks.models import Task


class Delivery(models.Model):
    """Its files lie in the staging folder; ``load`` names the load of the book they became."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True)
    brought = models.DateTimeField(default=timezone.now)
    names = models.JSONField(default=list)
    bytes = models.PositiveBigIntegerField(default=0)
    looking = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    loading = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    load = models.CharField(max_length=80, blank=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("organisation", "brought")), models.Index(fields=("organisation", "load")))

    def __str__(self) -> str:
        first = self.names[0] if self.names else "nothing"
        more = len(self.names) - 1
        return f"{first} and {more:,} more" if more > 0 else first
