"""An organisation, who works in it as what, and negotiations that only some of them may see."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone


class Side(models.TextChoices):
    """The side of the table an organisation sits on."""

    PROVIDER = "provider", "Provider"
    PAYER = "payer", "Health plan"


class Role(models.TextChoices):
    """What somebody works as; ``policy`` says what each may do."""

    ADMINISTRATOR = "administrator", "Administrator"
    LEAD = "lead", "Contracting lead"
    ANALYST = "analyst", "Analyst"
    COUNSEL = "counsel", "Counsel"
    EXECUTIVE = "executive", "Executive"
    READER = "reader", "Read-only"


class Organisation(models.Model):
    """One client on one side: its book lies in a folder of its own and is never mixed with another's."""

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=60, unique=True)
    side = models.CharField(max_length=8, choices=Side.choices, default=Side.PROVIDER)
    book = models.CharField(max_length=1000)
    started = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        """Where its book lies."""
        return Path(self.book)


class Membership(models.Model):
    """Somebody works in an organisation as something; several roles are several rows."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "organisation", "role"), name="one_row_a_role"),)

    def __str__(self) -> str:
        return f"{self.person} as {self.get_role_display()} of {self.organisation}"


class Invitation(models.Model):
    """A link by which somebody becomes a member; only a digest of it is kept, so nobody can read it here."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    roles = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations_given")
    made = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"

    @property
    def in_words(self) -> str:
        """The roles it gives."""
        return ", ".join(role.label for role in Role if role in self.roles)


class Access(models.Model):
    """A negotiation that somebody may see; one without any is open to all members."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="accesses")
    negotiation = models.CharField(max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="accesses")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "negotiation", "person"), name="one_row_an_access"),
        )

    def __str__(self) -> str:
        return f"{self.person} may see {self.negotiation}"
