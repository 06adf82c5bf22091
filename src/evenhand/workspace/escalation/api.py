"""The steps of an escalation, for programs. Nobody signs for another: a token signs in its own person's name."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.escalation import actions, queries
from evenhand.workspace.escalation.leaders import Leader, leaders, mine
from evenhand.workspace.escalation.queries import ESCALATION
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.tasks.queries import last
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Escalation")
_HERE = "/negotiations/{slug:name}/escalation"
Word = Literal["escalation", "termination"]


class StepShown(Schema):
    """One of the five steps."""

    key: str
    title: str
    done: bool
    says: str
    next: bool = Field(description="Whether it is the next one.")


class CheckShown(Schema):
    """One thing that is looked for before it goes up; without a `must` nothing does."""

    name: str
    state: str
    evidence: str
    source: str
    must: bool
    missing: bool


class OpenShown(Schema):
    """One open issue: our target and what we believe of theirs, in words and in dollars a year."""

    issue: str
    name: str
    ours: str
    theirs: str
    ours_worth: Decimal | None
    theirs_worth: Decimal | None
    gap: Decimal | None


class LeaderShown(Schema):
    """Somebody who must agree: the number of the member who can sign in this name, and the day it was signed."""

    name: str
    member: int | None
    given: date | None
    note: str
    why_nobody: str


class EscalationShown(Schema):
    """How far an escalation is; `checks` are null while the book is looked at: ask again."""

    steps: list[StepShown]
    checks: list[CheckShown] | None
    open_issues: list[OpenShown]
    leaders: list[LeaderShown]
    own: list[str] = Field(description="The leaders' names under which this person may sign.")
    files: list[str] = Field(description="The files of the brief, as it was last written.")
    task: UUID | None = Field(description="What writes the brief, or wrote it last.")


class WordSent(Sent):
    """Anything to add."""

    note: str = Field("", max_length=2000)


class TriedSent(Sent):
    """TriedSent it goes up although something is missing."""

    why: str = Field("", max_length=2000)


@room.get(_HERE, May.SEE_POSITIONS, EscalationShown)
def one(desk: Desk, name: str) -> Stated:
    """How far the escalation is; its ETag is what a leader signs."""
    given = opened(desk, name)
    asked, checks = leaders(desk, given.found, ESCALATION), queries.checks(desk, given)
    task = last(desk, f"{actions.BRIEF} {name}")
    told = {
        "steps": [_kept(StepShown, step) for step in queries.steps(given, asked)],
        "checks": None if checks is None else [_kept(CheckShown, check) for check in checks],
        "open_issues": [_open(found) for found in queries.open_issues(given, queries.positions(desk, given))],
        "leaders": leaders_shown(asked),
        "own": mine(desk, given.found) if desk.may(May.APPROVE) else [],
        "files": queries.brief_files(desk, name),
        "task": task.pk if task else None,
    }
    return Stated(told, given.state)


@room.post(f"{_HERE}/tried", May.NEGOTIATE, EscalationShown)
def say_tried(desk: Desk, name: str, sent: TriedSent, key: str) -> Stated:
    """Say that all else was tried; where something is missing, say why it goes up nevertheless."""
    with suppress(DoneBeforeError):
        actions.tried(desk, name, why=sent.why, key=key)
    return one(desk, name)


@room.post(f"{_HERE}/issues", May.NEGOTIATE, EscalationShown)
def list_issues(desk: Desk, name: str, key: str) -> Stated:
    """List what is open as it stands, and ask every leader."""
    with suppress(DoneBeforeError):
        actions.list_open(desk, name, key=key)
    return one(desk, name)


@room.post(f"{_HERE}/sign/{{what}}", May.APPROVE, list[LeaderShown])
def sign(desk: Desk, name: str, what: Word, sent: WordSent, key: str, state: str) -> Stated:
    """Sign off in this person's own name. `If-Match` is the state of the negotiation that was read."""
    with suppress(DoneBeforeError):
        actions.sign(desk, name, what, note=sent.note, state=state[:16], key=key)
    return _leaders(desk, name, what)


@room.post(f"{_HERE}/take-back/{{what}}", May.APPROVE, list[LeaderShown])
def take_back(desk: Desk, name: str, what: Word, sent: WordSent, key: str) -> Stated:
    """Take this person's own sign-off back."""
    with suppress(DoneBeforeError):
        actions.withdraw(desk, name, what, note=sent.note, key=key)
    return _leaders(desk, name, what)


@room.post(f"{_HERE}/brief", May.NEGOTIATE, EscalationShown)
def write_brief(desk: Desk, name: str, key: str) -> Stated:
    """Have the brief written, once every leader agrees; a task does it."""
    actions.ask_brief(desk, name, key=key)
    return one(desk, name)


@room.file(f"{_HERE}/brief/{{file}}", May.SEE_POSITIONS)
def brief_file(desk: Desk, name: str, file: str) -> HttpResponse:
    """One file of the brief."""
    opened(desk, name)
    return attached(queries.brief_file(desk, name, file), file)


@room.post(f"{_HERE}/escalated", May.NEGOTIATE, EscalationShown)
def go_up(desk: Desk, name: str, key: str) -> Stated:
    """Record that it was escalated, once every step before is done."""
    with suppress(DoneBeforeError):
        actions.go_up(desk, name, key=key)
    return one(desk, name)


def leaders_shown(found: list[Leader]) -> list[dict[str, Any]]:
    """Leaders for a program."""
    kept = ("name", "given", "note", "why_nobody")
    return [{key: getattr(each, key) for key in kept} | {"member": each.member and each.member.pk} for each in found]


def _leaders(desk: Desk, name: str, what: str) -> Stated:
    given = opened(desk, name)
    return Stated(leaders_shown(leaders(desk, given.found, what)), given.state)


def _open(found: queries.Open) -> dict[str, Any]:
    held = found.issue
    told = {name: getattr(found, name) for name in ("theirs", "ours_worth", "theirs_worth", "gap")}
    return told | {"issue": held.id, "name": held.name, "ours": held.target}


def _kept(shape: type[Schema], given: Any) -> dict[str, Any]:
    return {name: getattr(given, name) for name in shape.model_fields}
