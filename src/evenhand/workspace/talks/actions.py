"""Recording what was said, promised and done; making and revoking the link to a calendar."""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone

from evenhand.errors import UsageError
from evenhand.negotiation.record import Kept, Talk, add_talk, add_talks, keep_promise, promise
from evenhand.negotiation.record.mail import Mail, read_mail
from evenhand.workspace.negotiations.actions import Request, changed, changed_unasked
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import plain_name
from evenhand.workspace.site.forms import new_key
from evenhand.workspace.talks import attachments
from evenhand.workspace.talks.dropping import FOLDER
from evenhand.workspace.talks.models import Feed, digest_of
from evenhand.workspace.trail.actions import Deed, recorded

Sent = Sequence[tuple[str, bytes]]


class HeldError(UsageError):
    """The record holds an e-mail already."""


def record(desk: Desk, name: str, talk: Talk, sent: Sent, key: str) -> None:
    """Record what was said, with the files that go with it.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    asked = Request(f"recorded a {talk.kind} of {talk.date} in", key, may=May.RECORD)
    with _laid_out(sent) as files:
        changed(desk, name, asked, lambda kept: add_talk(kept, talk, files))


def record_mails(desk: Desk, name: str, sent: Sent, key: str) -> int:
    """Record e-mails as they were saved: all of them, or none; how many, without those the record holds already.

    Raises:
        DoneBeforeError: this request was carried out already.
        ReadError: one of them is no e-mail, is damaged, or says nothing.
        HeldError: the record holds all of them.
    """
    read = [read_as_talk(file, content) for file, content in sent]
    asked = Request("recorded e-mails in", key, may=May.RECORD)
    return changed(desk, name, asked, lambda kept: _add_mails(kept, read))


def record_dropped(organisation: Organisation, kept: Kept, read: tuple[Talk, Sent]) -> None:
    """Record an e-mail that came through the folder.

    Raises:
        HeldError: the record holds it already: it came before, or came and was not moved before the worker ended.
    """
    why = f"it came through the folder as {read[1][0][0]}"
    asked = Request("recorded an e-mail in", new_key(), why, may=May.RECORD)
    changed_unasked(organisation, kept, asked, lambda marked: _add_mails(marked, [read]), by=FOLDER)


def _add_mails(kept: Kept, read: Sequence[tuple[Talk, Sent]]) -> int:
    """Add the e-mails that the record does not hold; it runs while nobody else may write."""
    held = {talk.attachments[0].sha256 for talk in kept.read().talks if talk.kind == "email" and talk.attachments}
    known = {hashlib.sha256(files[0][1]).hexdigest(): (talk, files) for talk, files in read}
    fresh = [one for digest, one in known.items() if digest not in held]
    if not fresh:
        raise HeldError("the record holds this already; an e-mail is recorded once")
    with ExitStack() as laid:
        add_talks(kept, [(talk, laid.enter_context(_laid_out(files))) for talk, files in fresh])
    return len(fresh)


def read_as_talk(file: str, content: bytes) -> tuple[Talk, Sent]:
    """An e-mail as the record takes it: what it says, then itself and what is attached to it.

    Raises:
        ReadError: it is no e-mail, is damaged, or says nothing.
    """
    found = read_mail(file, content, timezone.localdate())
    return Talk(found.date, "email", found.who, found.said), [(file, content), *_kept_of(found)]


def _kept_of(found: Mail) -> Iterator[tuple[str, bytes]]:
    """What is attached, as far as it is of a kind that is kept; the e-mail itself holds the rest."""
    for name, content in found.files:
        try:
            yield attachments.checked(name, content)
        except ValidationError:
            continue


@contextmanager
def _laid_out(sent: Sent) -> Iterator[list[Path]]:
    """Files on disk, each in a folder of its own, so that equal names do no harm."""
    with tempfile.TemporaryDirectory(prefix="evenhand-talk-") as folder:
        files = []
        for number, (name, content) in enumerate(sent):
            place = Path(folder) / str(number)
            place.mkdir()
            (place / plain_name(name)).write_bytes(content)
            files.append(place / plain_name(name))
        yield files


def record_promise(desk: Desk, name: str, told: dict[str, object], key: str) -> None:
    """Record what somebody promised to do: ``what``, ``owner``, ``day`` and ``due``.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    made, due = told["day"], told["due"]
    assert isinstance(made, date)
    by = due if isinstance(due, date) else None
    asked = Request("recorded a promise in", key, may=May.RECORD)
    changed(desk, name, asked, lambda kept: promise(kept, str(told["what"]), str(told["owner"]), made=made, due=by))


def keep(desk: Desk, name: str, number: int, key: str) -> None:
    """Mark what was promised as done today.

    Raises:
        DoneBeforeError: this request was carried out already.
        SelectionError: there is no such promise.
        UsageError: somebody did so before; nothing is changed.
    """

    def mark(kept: Kept) -> object:
        held = next((one.done for one in kept.read().commitments if one.number == number), None)
        if held is not None:
            raise UsageError(f"promise {number} was marked as done on {held} already; nothing was changed")
        return keep_promise(kept, number, timezone.localdate())

    changed(desk, name, Request(f"marked promise {number} as done in", key, may=May.RECORD), mark)


def new_feed(desk: Desk, key: str) -> str:
    """A new secret link to this person's days here; an older one no longer leads anywhere.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    secret = secrets.token_urlsafe(32)
    deed = Deed("made a link to the calendar of", "calendar", str(desk.person), desk.person, desk.organisation, key=key)
    with recorded(deed):
        _revoke(desk)
        Feed.objects.create(organisation=desk.organisation, person=desk.person, digest=digest_of(secret))
    return secret


def revoke_feed(desk: Desk, key: str) -> None:
    """Let the link to this person's days lead nowhere.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    deed = Deed("revoked the link to the calendar of", "calendar", str(desk.person), desk.person, desk.organisation)
    with recorded(replace(deed, key=key)):
        _revoke(desk)


def _revoke(desk: Desk) -> None:
    held = Feed.objects.filter(organisation=desk.organisation, person=desk.person, revoked=None)
    held.update(revoked=timezone.now())
