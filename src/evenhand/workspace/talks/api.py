"""Talks and promises, for programs."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from ninja import Query, Schema
from pydantic import Field

from evenhand.negotiation.record import Commitment, Talk
from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.problems import FormError
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.sent import Sent, multipart
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.talks import actions, queries
from evenhand.workspace.talks.forms import MailForm, PromiseForm, TalkForm
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Talks")
_ONE = "/negotiations/{slug:name}"
_MAILS = multipart(files="E-mails as they were saved: .eml, .msg.")


class TalkShown(Schema):
    """What was said: a call, a meeting, an e-mail, a letter."""

    date: date
    kind: str
    who: list[str]
    said: str
    files: list[str]


class TalkSent(Sent):
    """Something said, to be recorded; an e-mail is sent as it was saved, to ``mails``."""

    kind: Literal["call", "meeting", "letter", "committee", "message"]
    day: date
    who: list[Annotated[str, Field(max_length=120)]] = Field(default_factory=list, max_length=50)
    said: str = Field(min_length=1, max_length=20_000)


class PromiseShown(Schema):
    """What somebody promised, and how it stands today."""

    number: int
    what: str
    owner: str
    made: date | None
    due: date | None
    done: date | None
    stands: str


class PromiseSent(Sent):
    """A promise to be recorded."""

    what: str = Field(min_length=1, max_length=500)
    owner: str = Field(min_length=1, max_length=120)
    day: date
    due: date | None = None


@room.get(f"{_ONE}/talks", May.SEE_POSITIONS, Page[TalkShown])
def talks(desk: Desk, name: str, asked: Query[Asked]) -> dict[str, Any]:
    """What was said, the latest last."""
    return paged(opened(desk, name).found.talks, asked, _talk)


@room.post(f"{_ONE}/talks", May.RECORD, Page[TalkShown], status=201)
def record_talk(desk: Desk, name: str, sent: TalkSent, key: str) -> dict[str, Any]:
    """Record what was said; the answer is the last of what is recorded by now."""
    form = TalkForm(sent.dict(exclude={"who"}) | {"key": key})
    if not form.is_valid():
        raise FormError(form)
    who = tuple(filter(None, (one.strip() for one in sent.who)))
    with suppress(DoneBeforeError):
        actions.record(desk, name, replace(form.talk(), who=who), (), key)
    return _latest(desk, name)


@room.post(f"{_ONE}/mails", May.RECORD, Page[TalkShown], status=201, extra=_MAILS)
def record_mails(request: HttpRequest, desk: Desk, name: str, key: str) -> dict[str, Any]:
    """Record e-mails as they were saved (.eml, .msg): all of them, or none; the answer is as for a talk."""
    desk.negotiation(name)
    form = MailForm({"key": key}, MultiValueDict({"sent": request.FILES.getlist("files")}))
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        actions.record_mails(desk, name, form.cleaned_data["sent"], key)
    return _latest(desk, name)


@room.file(f"{_ONE}/attachments/{{str:attachment}}", May.SEE_POSITIONS)
def fetch(desk: Desk, name: str, attachment: str) -> HttpResponse:
    """A file kept with a talk, to be saved: what ``files`` of a talk says, after the negotiation's address."""
    return attached(*queries.attachment(desk, name, attachment))


@room.get(f"{_ONE}/promises", May.SEE_POSITIONS, Page[PromiseShown])
def promises(desk: Desk, name: str, asked: Query[Asked]) -> dict[str, Any]:
    """What each side promised to do, and by when."""
    return paged(queries.promises(opened(desk, name)), asked, _promise)


@room.post(f"{_ONE}/promises", May.RECORD, Page[PromiseShown], status=201)
def record_promise(desk: Desk, name: str, sent: PromiseSent, key: str) -> dict[str, Any]:
    """Record what somebody promised to do; the answer is what was promised by now."""
    form = PromiseForm(sent.dict() | {"key": key})
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        actions.record_promise(desk, name, form.cleaned_data, key)
    return _all(desk, name)


@room.post(f"{_ONE}/promises/{{int:number}}/done", May.RECORD, Page[PromiseShown])
def keep_promise(desk: Desk, name: str, number: int, key: str) -> dict[str, Any]:
    """Mark what was promised as done today."""
    with suppress(DoneBeforeError):
        actions.keep(desk, name, number, key)
    return _all(desk, name)


def _all(desk: Desk, name: str) -> dict[str, Any]:
    return promises(desk, name, Asked(page=1, size=200))


def _latest(desk: Desk, name: str) -> dict[str, Any]:
    count, size = len(opened(desk, name).found.talks), 50
    return talks(desk, name, Asked(page=max(1, -(-count // size)), size=size))


def _talk(one: Talk) -> dict[str, Any]:
    return {
        "date": one.date,
        "kind": one.kind,
        "who": list(one.who),
        "said": one.said,
        "files": [each.file for each in one.attachments],
    }


def _promise(one: tuple[Commitment, str]) -> dict[str, Any]:
    told = {name: getattr(one[0], name) for name in PromiseShown.model_fields if name != "stands"}
    return told | {"stands": one[1]}
