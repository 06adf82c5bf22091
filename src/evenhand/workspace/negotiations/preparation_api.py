"""Preparation, for programs: goals, value proposition, people, the message, walk-away prices, documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from evenhand.workspace.api.problems import FormError
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.negotiations import asking, prepared
from evenhand.workspace.negotiations.forms import MessageForm
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.tasks.api import TaskShown, task_shown
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Preparation")
_ONE = "/negotiations/{slug:name}"
_HERE = f"{_ONE}/preparation"
_SHORT = 200


class GoalSent(Sent):
    """Something we want of it."""

    goal: str = Field(max_length=_SHORT)


class ProofSent(Sent):
    """One point of the value proposition: the number that shows it, of which period, from where."""

    claim: str = Field(max_length=_SHORT)
    number: str = Field("", max_length=_SHORT)
    period: str = Field("", max_length=_SHORT)
    source: str = Field("", max_length=_SHORT)


class PersonSent(Sent):
    """Somebody who takes part; `approves` marks a leader who must agree."""

    name: str = Field(max_length=_SHORT)
    side: Literal["us", "them"]
    role: str = Field("", max_length=_SHORT)
    organisation: str = Field("", max_length=_SHORT)
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=_SHORT)
    approves: bool = False


class TakenOut(Sent):
    """Which one is taken out: a goal by its words, a point by its claim, a person by name."""

    one: str = Field(max_length=_SHORT)


class MessageSent(Sent):
    """The one message all of us give."""

    message: str = Field(max_length=2000)


class ProofShown(Schema):
    """One point of the value proposition."""

    claim: str
    number: str
    period: str
    source: str


class PersonShown(Schema):
    """Somebody who takes part."""

    name: str
    side: str
    role: str
    organisation: str
    email: str
    phone: str
    approves: bool


class ZoneShown(Schema):
    """Both sides' walk-away prices for one unit of service, and in what share of draws both gain from some price."""

    ours: Decimal
    theirs: Decimal
    today: Decimal
    exists: Decimal | None
    unit: str
    as_of: date | None
    source: str


class LookedFor(Schema):
    """One thing looked for: an item of readiness, a known mistake, a guard rail, a signal that it is stuck."""

    kind: Literal["readiness", "mistake", "rail", "impasse"]
    name: str
    state: str
    evidence: str
    helps: str


class PreparationShown(Schema):
    """All a negotiation is prepared by; readiness is among what was looked for once the book has been looked at."""

    goals: list[str]
    value: list[ProofShown]
    people: list[PersonShown]
    message: str
    walk_away: ZoneShown | None
    looked_for: list[LookedFor]
    working: bool = Field(description="The book is being looked at: ask again.")


class DocumentsShown(Schema):
    """The files of the documents as they were last made, and those that could not be made, each with its reason."""

    files: list[str]
    left_out: dict[str, str]
    task: TaskShown | None


@room.get(_HERE, May.SEE_POSITIONS, PreparationShown)
def one(desk: Desk, name: str) -> Stated:
    """Goals, value proposition, people, message, walk-away prices, and what is computed of them."""
    given = opened(desk, name)
    found, seen = given.found, prepared.checked(desk, given)
    told = {
        "goals": list(found.goals),
        "value": [_as(ProofShown, each) for each in found.value],
        "people": [_as(PersonShown, each) for each in found.people],
        "message": found.message,
        "walk_away": found.zone and _as(ZoneShown, found.zone),
        "looked_for": list(_looked_for(seen)),
        "working": bool(seen["facts"].working or seen["rounds_figure"].working),
    }
    return Stated(told, given.state)


@room.post(f"{_HERE}/goals", May.NEGOTIATE, PreparationShown, status=201)
def add_goal(desk: Desk, name: str, sent: GoalSent, key: str) -> Stated:
    """Add a goal."""
    return _added(desk, name, ("goal", sent), key)


@room.post(f"{_HERE}/value", May.NEGOTIATE, PreparationShown, status=201)
def add_proof(desk: Desk, name: str, sent: ProofSent, key: str) -> Stated:
    """Add a point to the value proposition."""
    return _added(desk, name, ("proof", sent), key)


@room.post(f"{_HERE}/people", May.NEGOTIATE, PreparationShown, status=201)
def add_person(desk: Desk, name: str, sent: PersonSent, key: str) -> Stated:
    """Name somebody who takes part."""
    return _added(desk, name, ("person", sent), key)


@room.post(f"{_HERE}/{{what}}/remove", May.NEGOTIATE, PreparationShown)
def remove(desk: Desk, name: str, what: Literal["goals", "value", "people"], sent: TakenOut, key: str) -> Stated:
    """Take a goal, a point of the value proposition or a person out again."""
    kind = {"goals": "goal", "value": "proof", "people": "person"}[what]
    with suppress(DoneBeforeError):
        prepared.remove(desk, name, kind, sent.one, key=key)
    return one(desk, name)


@room.put(f"{_HERE}/message", May.NEGOTIATE, PreparationShown)
def give_message(desk: Desk, name: str, sent: MessageSent, key: str, state: str) -> Stated:
    """Set the one message all of us give."""
    form = MessageForm({"message": sent.message, "based_on": state[:16], "key": key})
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        prepared.give(desk, name, form)
    return one(desk, name)


@room.post(f"{_HERE}/walk-away", May.NEGOTIATE, TaskShown)
def walk_away(desk: Desk, name: str, key: str) -> dict[str, Any]:
    """Have both sides' walk-away prices worked out; a task does it."""
    return task_shown(asking.ask_walk_away(desk, opened(desk, name), key=key))


@room.get(f"{_ONE}/documents", May.SEE_POSITIONS, DocumentsShown)
def documents(desk: Desk, name: str) -> dict[str, Any]:
    """The documents as they were last made."""
    opened(desk, name)
    task = asking.last_documents(desk, name)
    told = {"files": [file.name for file in asking.documents_of(desk, name)], "left_out": asking.left_out_of(task)}
    return told | {"task": task and task_shown(task)}


@room.post(f"{_ONE}/documents", May.SEE_POSITIONS, DocumentsShown)
def make_documents(desk: Desk, name: str, key: str) -> dict[str, Any]:
    """Have the documents made as the negotiation stands now; a task does it."""
    asking.ask_documents(desk, opened(desk, name), key=key)
    return documents(desk, name)


@room.file(f"{_ONE}/documents/{{file}}", May.SEE_POSITIONS)
def document(desk: Desk, name: str, file: str) -> HttpResponse:
    """One file of the documents."""
    opened(desk, name)
    found = asking.document_of(desk, name, file)
    return attached(found.read_bytes(), found.name)


def _added(desk: Desk, name: str, sent: tuple[str, Sent], key: str) -> Stated:
    what, told = sent
    form = prepared.ADDING[what].form({**told.dict(), "key": key})
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        prepared.add(desk, name, what, form)
    return one(desk, name)


def _as(shape: type[Schema], given: Any) -> dict[str, Any]:
    return {name: getattr(given, name) for name in shape.model_fields}


def _looked_for(seen: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in seen["ready"].items if "ready" in seen else ():
        yield _look("readiness", one.name, one.state, one.evidence, one.makes_green)
    for one in seen.get("mistakes", ()):
        yield _look("mistake", one.name, "seen" if one.seen else "not seen", one.evidence, one.avoids)
    for one in seen["rails"].flags if "rails" in seen else ():
        yield _look("rail", f"{one.rail} {one.of.name}", one.state, one.found, one.clears)
    for one in seen["stuck"].signals if "stuck" in seen else ():
        there = {True: "seen", False: "not seen", None: "not known"}[one.there]
        yield _look("impasse", one.name, there, one.evidence, "")


def _look(*given: str) -> dict[str, str]:
    return dict(zip(LookedFor.model_fields, given, strict=True))
