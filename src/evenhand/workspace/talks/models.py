"""A link to somebody's calendar, and the reminders that were sent."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils import timezone

from evenhand.workspace.organisations.models import Organisation


class Feed(models.Model):
    """A secret link to the days of one person in one organisation; only the hash of the secret is kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="feeds")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=timezone.now)
    revoked = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"calendar of {self.person} at {self.organisation}"


class Reminder(models.Model):
    """One person was reminded on one day."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reminders")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField()
    sent = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "person", "day"), name="one_reminder_a_day"),)

    def __str__(self) -> str:
        return f"{self.person} reminded on {self.day}"


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
