"""The letter of a notice, made when somebody takes it: a draft until two people have confirmed."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from evenhand.documents.negotiating import NoticeGiven
from evenhand.workspace.escalation.models import NoticeRequest, State
from evenhand.workspace.escalation.noticing import ends_of
from evenhand.workspace.negotiations.reading import Reading


def letter_of(given: Reading, row: NoticeRequest) -> tuple[NoticeGiven, date]:
    """What the letter says, and its day: a draft until the notice is confirmed."""
    draft = row.state != State.CONFIRMED
    written = given.days.today if draft or row.ended is None else timezone.localdate(row.ended)
    ends = ends_of(given, row) if draft else row.ends
    signed = row.asked_by.name or row.asked_by.email
    made = NoticeGiven(row.kind, given.us, given.them, given.contract.name, ends, row.rests_on, signed, draft)
    return made, written
