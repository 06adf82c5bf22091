"""Reminders by e-mail, once a day for each person, of what is due within a week or late; e-mails that were dropped."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.utils import timezone

from evenhand.documents.words import counted
from evenhand.errors import EvenhandError, ReadError
from evenhand.negotiation.record import Kept, Negotiation
from evenhand.workspace.negotiations.queries import is_over
from evenhand.workspace.negotiations.reading import negotiations_of
from evenhand.workspace.organisations.desk import Desk, desk_of
from evenhand.workspace.organisations.models import Membership, Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.talks import actions, attachments, dropping
from evenhand.workspace.talks.models import Reminder
from evenhand.workspace.talks.queries import Due, due
from evenhand.workspace.tasks.actions import enqueue_unasked
from evenhand.workspace.tasks.registry import HOUR, Job, every, work

REMIND = "talks.remind"
WITHIN = 7
#: Days by themselves that nobody has to do anything for.
_NO_WORK = ("term",)
#: Seconds between two looks at the folders of e-mails, and how many are taken from one at each.
LOOK, AT_ONCE = 15.0, 20
_WATCH = dropping.Watch()
_SAID: set[str] = set()
log = logging.getLogger(__name__)


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


@every(LOOK)
def look_into_folders() -> None:
    """Record the e-mails that were dropped into the folders of negotiations, and refuse what is none."""
    for organisation in Organisation.objects.all():
        for kept, found in negotiations_of(organisation):
            with _told(f"E-mails of {organisation.slug}, {kept.name}"):
                _look(organisation, kept, found)


def _look(organisation: Organisation, kept: Kept, found: Negotiation) -> None:
    folder = dropping.folder_of(organisation, kept.name)
    if not is_over(found):
        folder = dropping.made(organisation, kept.name, found)
    if folder is None or not folder.is_dir():
        return
    for file in _WATCH.whole(folder)[:AT_ONCE]:
        with _told(f"E-mails of {organisation.slug}, {kept.name}"):
            take(organisation, kept, file)


def take(organisation: Organisation, kept: Kept, file: Path) -> None:
    """Record one e-mail, then move it; where it was recorded before, only move it."""
    try:
        read = actions.read_as_talk(*attachments.checked_mail(file.name, dropping.content_of(file)))
    except ReadError as problem:
        return dropping.refuse(file, str(problem))
    except ValidationError as problem:
        return dropping.refuse(file, " ".join(problem.messages))
    with suppress(actions.HeldError):
        actions.record_dropped(organisation, kept, read)
    return dropping.record(file)


@contextmanager
def _told(about: str) -> Iterator[None]:
    """What goes wrong is said once, and leaves what comes after alone: the e-mail stays where it is."""
    try:
        yield
    except (EvenhandError, OSError) as problem:
        said = f"{about}: {getattr(problem, 'strerror', None) or problem}"
        if said not in _SAID:
            _SAID.add(said)
            log.warning("%s", said)


@every(HOUR)
def look_for_reminders() -> None:
    """Once a day, where there is a server to send them, have everybody reminded."""
    if not settings.CONFIGURATION.smtp:
        return
    for organisation in Organisation.objects.all():
        key = f"{REMIND} {timezone.localdate()}"
        enqueue_unasked(organisation, REMIND, title="Remind people of what is due", key=key)
