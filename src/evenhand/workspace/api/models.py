"""A token: lets a program act for a person in one organisation, within what it was given."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May


class Token(models.Model):
    """Its secret is shown once and kept as a digest only. ``minute`` and ``asked`` count its requests of a minute."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)
    made = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("person", "made")),)

    def __str__(self) -> str:
        return f"{self.name} ({self.begins}…)"

    @property
    def given(self) -> frozenset[May]:
        """What it was given; what its person may not do now it may not either."""
        return frozenset(what for what in May if scope(what) in self.scopes)

    @property
    def in_words(self) -> str:
        """What it was given, in words."""
        return "; ".join(what for what in May if what in self.given)

    @property
    def state(self) -> str:
        """Whether it opens anything: ``open``, ``revoked`` or ``over``."""
        if self.revoked:
            return "revoked"
        return "open" if self.until > timezone.now() else "over"


def scope(what: May) -> str:
    """How a token writes what it was given.

    >>> scope(May.SEE_CLAIMS)
    'see-claims'
    """
    return what.name.lower().replace("_", "-")
