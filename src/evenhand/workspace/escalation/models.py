"""A request for a notice: asked for by one person, to be confirmed by another."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from evenhand.workspace.organisations.models import Organisation

#: How long a request waits for the second person.
WAITS = timedelta(days=7)


class Kind(models.TextChoices):
    """How the contract is ended."""

    NON_RENEWAL = "non-renewal", "Non-renewal: the contract ends with its term"
    TERMINATION = "termination", "Termination without cause"


class State(models.TextChoices):
    """How far a request has come."""

    WAITING = "waiting", "waiting"
    CONFIRMED = "confirmed", "confirmed"
    WITHDRAWN = "withdrawn", "withdrawn"
    EXPIRED = "expired", "expired"


class NoticeRequest(models.Model):
    """One request.

    ``seen`` and ``contract`` name the state of negotiation and contract it was made from. ``ends`` is the contract's
    last day as it was worked out then, or as it was given by hand, for which ``why_day`` says why.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="notice_requests")
    negotiation = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices_asked")
    asked = models.DateTimeField(default=timezone.now)
    why = models.TextField()
    ends = models.DateField()
    why_day = models.TextField(blank=True)
    rests_on = models.CharField(max_length=300, blank=True)
    duties = models.JSONField(default=list)
    seen = models.CharField(max_length=16)
    contract = models.CharField(max_length=64)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="notices_ended"
    )
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "negotiation"), condition=models.Q(state="waiting"), name="one_notice_waits"
            ),
        )

    def __str__(self) -> str:
        return f"notice of {self.kind}, {self.negotiation}, asked for on {self.asked:%Y-%m-%d}"

    @property
    def until(self) -> datetime:
        """When it expires."""
        return self.asked + WAITS

    @property
    def is_open(self) -> bool:
        """Whether it can still be confirmed."""
        return self.state == State.WAITING and timezone.now() < self.until

    @property
    def in_words(self) -> str:
        """How far it has come, today."""
        return self.state if self.is_open or self.state != State.WAITING else str(State.EXPIRED)
