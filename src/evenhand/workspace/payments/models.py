"""Differences between what was paid and what was agreed, and what people decided about each.

Figures of the engine are kept in rows of the database because they are sorted, filtered and paged together with what
people decided, in one query. They are a cache of one state of the book: a new state gets a new worklist, and what
people decided stands apart, under what names a claim's line in every state. Amounts are whole cents, so that every
database adds them up exactly.
"""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from evenhand.workspace.organisations.models import Organisation


class Status(models.TextChoices):
    """What is decided about a difference."""

    NEW = "new", "new"
    TO_DISPUTE = "to dispute", "to dispute"
    DISPUTED = "disputed", "disputed"
    PAID = "paid", "paid"
    WRITTEN_OFF = "written off", "written off"
    NONE = "not a variance", "not a variance"


#: What still asks for work.
OUTSTANDING = (Status.NEW, Status.TO_DISPUTE, Status.DISPUTED)
#: What somebody is after.
PURSUED = (Status.TO_DISPUTE, Status.DISPUTED)


def dollars(cents: int) -> Decimal:
    """Whole cents as an amount.

    >>> dollars(123450)
    Decimal('1234.50')
    """
    return Decimal(cents).scaleb(-2)


class Worklist(models.Model):
    """All differences in one state of the book; ``told`` is the folder of the book's cache with their claims."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="worklists")
    signature = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)
    ready = models.BooleanField(default=False)
    told = models.CharField(max_length=80)
    over = models.JSONField(encoder=DjangoJSONEncoder)
    payers = models.JSONField(encoder=DjangoJSONEncoder)
    not_compared = models.JSONField(encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return f"worklist of {self.organisation}, {self.made_at:%Y-%m-%d %H:%M}"


class Cause(models.Model):
    """Differences of one kind: payer, term, reason, which way, family of codes."""

    worklist = models.ForeignKey(Worklist, on_delete=models.CASCADE, related_name="causes")
    payer = models.CharField(max_length=200)
    term = models.CharField(max_length=300)
    reason = models.CharField(max_length=120)
    direction = models.CharField(max_length=12)
    family = models.CharField(max_length=80)
    cite = models.CharField(max_length=300, blank=True)
    pattern = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.payer}: {self.term}, {self.reason}"


class Matter(models.Model):
    """What people decided about one difference, whatever the book knows of it by now.

    ``identity`` names payer, claim number, day and line; it is the same in every state of the book. ``expected``,
    ``actual`` and ``amount`` are what the difference was when ``status`` was set; ``gone`` is when somebody pursued it
    and the book showed it no more.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="matters")
    identity = models.CharField(max_length=64)
    payer = models.CharField(max_length=200)
    claim = models.CharField(max_length=80)
    line = models.CharField(max_length=80)
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.NEW)
    assigned = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="matters")
    follow_up = models.DateField(null=True)
    note = models.TextField(blank=True)
    expected = models.BigIntegerField(null=True)
    actual = models.BigIntegerField(null=True)
    amount = models.BigIntegerField(null=True)
    set_at = models.DateTimeField(null=True)
    gone = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "identity"), name="one_matter_an_identity"),)
        indexes = (models.Index(fields=("organisation", "status", "set_at")),)

    def __str__(self) -> str:
        return f"{self.payer} {self.claim}, {self.line}"

    @property
    def called(self) -> str:
        """Its name for the log, which people read who may not see claims: no claim's number is in it."""
        return f"{self.payer}, matter {self.pk}"

    @property
    def was_expected(self) -> Decimal | None:
        """What was expected when its status was set."""
        return None if self.expected is None else dollars(self.expected)

    @property
    def was_actual(self) -> Decimal | None:
        """What had been allowed when its status was set."""
        return None if self.actual is None else dollars(self.actual)


class Step(models.Model):
    """One decision about one difference, as it was taken; never changed."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=400)
    after = models.CharField(max_length=400)
    note = models.TextField(blank=True)
    expected = models.BigIntegerField(null=True)
    actual = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.matter}: {self.after}"


class Difference(models.Model):
    """One line, or claim compared as a whole, that was paid otherwise than agreed, in one state of the book.

    ``month`` is that of service, as 2026-07: databases are slow to tell it from a day.
    """

    worklist = models.ForeignKey(Worklist, on_delete=models.CASCADE, related_name="differences")
    cause = models.ForeignKey(Cause, on_delete=models.CASCADE, related_name="differences")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="differences")
    claim_key = models.BigIntegerField()
    line_key = models.BigIntegerField()
    claim = models.CharField(max_length=80)
    line = models.CharField(max_length=80)
    compared = models.CharField(max_length=8)
    service_date = models.DateField(null=True)
    month = models.CharField(max_length=7, blank=True)
    payment_date = models.DateField(null=True)
    dispute_by = models.DateField(null=True)
    code = models.CharField(max_length=20, blank=True)
    revenue = models.CharField(max_length=20, blank=True)
    modifiers = models.CharField(max_length=60, blank=True)
    units = models.CharField(max_length=24, blank=True)
    charge = models.BigIntegerField(null=True)
    expected = models.BigIntegerField()
    actual = models.BigIntegerField()
    amount = models.BigIntegerField()
    evidence = models.TextField(blank=True)
    also = models.TextField(blank=True)
    reasons = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("worklist", "cause", "matter", "amount", "month")),
            models.Index(fields=("worklist", "-amount")),
            models.Index(fields=("worklist", "claim_key")),
        )

    def __str__(self) -> str:
        return f"{self.claim}, {self.line}: {dollars(self.actual)} where {dollars(self.expected)} was agreed"


class Packet(models.Model):
    """What one payer is shown of what it paid too little: a letter and its evidence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="packets")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="packets")
    payer = models.CharField(max_length=200)
    asked = models.DateTimeField(default=timezone.now)
    made = models.DateTimeField(null=True)
    count = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    dispute_by = models.DateField(null=True)
    matters = models.ManyToManyField(Matter, related_name="packets")

    def __str__(self) -> str:
        return f"dispute with {self.payer}, {self.asked:%Y-%m-%d}"

    @property
    def dollars(self) -> Decimal:
        """What was paid too little in all."""
        return dollars(self.amount)


class PacketFile(models.Model):
    """One file of a packet."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=8)
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("packet", "kind"), name="one_file_a_kind"),)

    def __str__(self) -> str:
        return f"{self.packet}.{self.kind}"
