"""An event of the log, and where each organisation's chain of events ends."""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import models

from evenhand.workspace.organisations.models import Organisation

#: What the first event of a chain takes as the hash before it.
FIRST = "0" * 64


class Event(models.Model):
    """One thing somebody did: never changed and never deleted (the database itself refuses)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="events")
    chain = models.CharField(max_length=20)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="events")
    by = models.CharField(max_length=300)
    what = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.TextField(blank=True)
    key = models.CharField(max_length=64, null=True, unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "number"), name="one_number_an_event"),)
        indexes = (models.Index(fields=("organisation", "kind", "name")),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by}: {self.what} {self.name}"

    def worked_out(self) -> str:
        """The hash this event should have, over all it says and the hash before it."""
        told = {
            "chain": self.chain,
            "number": self.number,
            "at": self.at.isoformat(),
            "person": self.person_id,
            **{name: getattr(self, name) for name in ("by", "what", "kind", "name", "before", "after", "why", "key")},
            "previous": self.previous,
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Head(models.Model):
    """The end of one chain: whoever adds an event takes this row first, so numbers have no gaps and no doubles."""

    chain = models.CharField(max_length=20, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=FIRST)

    def __str__(self) -> str:
        return f"{self.number} events of chain {self.chain}"


def chain_of(organisation: Organisation | None) -> str:
    """The chain an organisation's events are in; the installation's own is called ``site``."""
    return "site" if organisation is None else f"organisation-{organisation.pk}"
