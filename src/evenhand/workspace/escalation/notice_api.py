"""Notice that ends a contract, for programs: asked for by one person, confirmed by another; nothing is sent.

A token is one person's. The second person is another one, whatever is used: pages, tokens, both.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field, StringConstraints

from evenhand.negotiation.rails import ways_to_end
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.escalation import noticing
from evenhand.workspace.escalation.api import LeaderShown, leaders_shown
from evenhand.workspace.escalation.leaders import leaders
from evenhand.workspace.escalation.letters import letter_file
from evenhand.workspace.escalation.models import NoticeRequest
from evenhand.workspace.escalation.queries import TERMINATION, request_of, requests
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Notices")
_HERE = "/negotiations/{slug:name}/notices"
_ONE = f"{_HERE}/{{int:notice}}"
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Kind = Literal["non-renewal", "termination"]


class DutyShown(Schema):
    """Something owed to patients and members when the contract ends; each is confirmed by its id."""

    id: str
    what: str
    day: date | None
    source: str
    sure: str


class WayShown(Schema):
    """One way to end the contract by notice given today, and what is owed then."""

    kind: str
    give_by: date | None
    ends: date | None
    says: str
    duties: list[DutyShown]


class NoticeShown(Schema):
    """One request for a notice. `ends` is the contract's last day if it is confirmed today, or was when it was."""

    notice: int
    kind: str
    state: str
    asked_by: str
    asked: datetime
    until: datetime
    why: str
    ends: date
    why_day: str
    own: bool = Field(description="Whether this person asked for it, and so cannot confirm it.")
    outdated: str = Field(description="Why it can no longer be confirmed; empty where it can.")
    duties: list[DutyShown]
    ended_by: str
    ended: datetime | None


class NoticesShown(Schema):
    """How the contract can be ended, what keeps a notice from being asked for, and every request."""

    ways: list[WayShown]
    hindrances: list[str]
    leaders: list[LeaderShown]
    requests: list[NoticeShown]


class NoticeAsked(Sent):
    """A notice to be asked for: every duty by its id; `ends` only where the day is given by hand, with `why_day`."""

    kind: Kind
    why: Reason
    duties: list[str] = Field(default_factory=list, max_length=50)
    ends: date | None = None
    why_day: str = Field("", max_length=2000)


class NoticeConfirmed(Sent):
    """What the second person says: the payer's name, every duty by its id, the last day that was shown."""

    payer: str = Field(max_length=200)
    duties: list[str] = Field(default_factory=list, max_length=50)
    ends: date


class NoticeWithdrawn(Sent):
    """Why it is withdrawn."""

    why: str = Field("", max_length=2000)


@room.get(_HERE, May.SEE_POSITIONS, NoticesShown)
def listed(desk: Desk, name: str) -> Stated:
    """How the contract can be ended, and every request, the latest first; its ETag is what a request is made from."""
    given = opened(desk, name)
    told = {
        "ways": [_way(given, kind) for kind in ways_to_end(given.contract, given.days.today)],
        "hindrances": noticing.hindrances(desk, given),
        "leaders": leaders_shown(leaders(desk, given.found, TERMINATION)),
        "requests": [_request(desk, given, row) for row in requests(desk, name)],
    }
    return Stated(told, given.state)


@room.post(_HERE, May.GIVE_NOTICE, NoticesShown, status=201)
def ask(desk: Desk, name: str, sent: NoticeAsked, key: str, state: str) -> Stated:
    """Ask for a notice; it waits seven days for a second person. `If-Match` is the state that was read."""
    asked = noticing.Asked(sent.kind, sent.why, sent.duties, state, key, sent.ends, sent.why_day)
    with suppress(DoneBeforeError):
        noticing.ask(desk, name, asked)
    return listed(desk, name)


@room.post(f"{_ONE}/confirm", May.GIVE_NOTICE, NoticesShown)
def confirm(desk: Desk, name: str, notice: int, sent: NoticeConfirmed, key: str) -> Stated:
    """Confirm as the second person, and record the notice. Whoever asked is refused, by whatever token."""
    with suppress(DoneBeforeError):
        noticing.confirm(desk, name, notice, noticing.Confirmed(sent.payer, sent.duties, sent.ends, key))
    return listed(desk, name)


@room.post(f"{_ONE}/withdraw", May.GIVE_NOTICE, NoticesShown)
def withdraw(desk: Desk, name: str, notice: int, sent: NoticeWithdrawn, key: str) -> Stated:
    """Withdraw a request that waits."""
    with suppress(DoneBeforeError):
        noticing.withdraw(desk, name, notice, why=sent.why, key=key)
    return listed(desk, name)


@room.file(f"{_ONE}/letter", May.SEE_POSITIONS)
def letter(desk: Desk, name: str, notice: int) -> HttpResponse:
    """The letter as a Word file: a draft until the notice is confirmed."""
    return attached(*letter_file(opened(desk, name), request_of(desk, name, notice)))


def _way(given: Reading, kind: str) -> dict[str, Any]:
    way = noticing.way_of(given, kind)
    owed = noticing.duties_of(given, way.ends or given.days.today)
    return {key: getattr(way, key) for key in ("kind", "give_by", "ends", "says")} | {"duties": owed}


def _request(desk: Desk, given: Reading, row: NoticeRequest) -> dict[str, Any]:
    ends = noticing.ends_of(given, row) if row.is_open else row.ends
    told = {key: getattr(row, key) for key in ("kind", "asked", "until", "why", "why_day", "ended")}
    return told | {
        "notice": row.pk,
        "state": row.in_words,
        "ends": ends,
        "duties": noticing.duties_of(given, ends),
        "asked_by": str(row.asked_by),
        "ended_by": str(row.ended_by or ""),
        "own": row.asked_by == desk.person,
        "outdated": noticing.outdated(desk, given, row),
    }
