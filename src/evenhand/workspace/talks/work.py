"""Reminders by e-mail: once a day for each person, of what is due within a week or late."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.documents.words import counted
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Membership, Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.talks.models import Reminder
from evenhand.workspace.talks.queries import Due, due
from evenhand.workspace.tasks.actions import enqueue_unasked
from evenhand.workspace.tasks.registry import Job, every_hour, work

REMIND = "talks.remind"
WITHIN = 7
#: Days by themselves that nobody has to do anything for.
_NO_WORK = ("term",)


@work(REMIND)
def remind(job: Job) -> dict[str, Any]:
    """Write to everybody who records talks here and has something due; who was written to today is left alone."""
    people = Membership.objects.filter(organisation=job.organisation, person__is_active=True).select_related("person")
    told = sorted({one.person for one in people}, key=lambda person: person.email)
    sent = 0
    for number, person in enumerate(told):
        job.progress(number / len(told), f"writing to {person}")
        desk = desk_of(person, job.organisation.slug)
        if desk.may(May.RECORD):
            sent += _remind(desk, job.organisation)
    return {"sent": sent}


def _remind(desk: Desk, organisation: Organisation) -> int:
    listed = [one for one in due(desk, within=WITHIN) if one.kind not in _NO_WORK]
    if not listed:
        return 0
    try:
        with transaction.atomic():  # what cannot be sent is not noted as sent
            Reminder.objects.create(organisation=organisation, person=desk.person, day=timezone.localdate())
            _write(desk, listed)
    except IntegrityError:
        return 0  # written to today already
    return 1


def _write(desk: Desk, listed: list[Due]) -> None:
    lines = [f"{one.day}{' (late)' if one.late else ''}  {one.called}: {one.what}" for one in listed]
    subject = f"{desk.organisation.name}: {counted(len(listed), 'thing')} due within {WITHIN} days"
    body = "\n".join([f"{desk.person},", "", *lines, "", "You get this because you record talks there."])
    message = EmailMessage(" ".join(subject.split()), body, settings.DEFAULT_FROM_EMAIL, [desk.person.email])
    message.connection = get_connection()
    message.send()


@every_hour
def look_for_reminders() -> None:
    """Once a day, where there is a server to send them, have everybody reminded."""
    if not settings.CONFIGURATION.smtp:
        return
    for organisation in Organisation.objects.all():
        key = f"{REMIND} {timezone.localdate()}"
        enqueue_unasked(organisation, REMIND, title="Remind people of what is due", key=key)
