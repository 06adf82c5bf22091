"""The letter of a notice, made when somebody takes it: a draft until two people have confirmed."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.utils import timezone

from evenhand.documents.negotiating import NoticeGiven, notice_letter
from evenhand.documents.paper import word_of
from evenhand.workspace.escalation.models import NoticeRequest, State
from evenhand.workspace.escalation.noticing import ends_of
from evenhand.workspace.negotiations.reading import Reading


def letter_file(given: Reading, row: NoticeRequest) -> tuple[bytes, str]:
    """The letter as a Word file, and the name it is saved under.

    Raises:
        Http404: the request is over without a notice, so there is no letter.
    """
    if not row.is_open and row.state != State.CONFIRMED:
        raise Http404
    made, written = _letter_of(given, row)
    draft = "draft-" if made.draft else ""
    return word_of(notice_letter(made, written)), f"{draft}notice-{given.name}-{written}.docx"


def _letter_of(given: Reading, row: NoticeRequest) -> tuple[NoticeGiven, date]:
    """What the letter says, and its day: a draft until the notice is confirmed."""
    draft = row.state != State.CONFIRMED
    written = given.days.today if draft or row.ended is None else timezone.localdate(row.ended)
    ends = ends_of(given, row) if draft else row.ends
    signed = row.asked_by.name or row.asked_by.email
    made = NoticeGiven(row.kind, given.us, given.them, given.contract.name, ends, row.rests_on, signed, draft)
    return made, written
