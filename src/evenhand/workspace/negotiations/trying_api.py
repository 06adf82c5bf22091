"""What-ifs, for programs: answered at once, priced exactly by a task, written as an offer."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from ninja import Schema
from pydantic import Field

from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation.what_if import LEAST, MOST, Moves, Tried, WhatIf
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.sent import Sent
from evenhand.workspace.figures.queries import Figure
from evenhand.workspace.negotiations import api_shapes as shapes
from evenhand.workspace.negotiations import asking, offers, queries, trying
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks.queries import shown

room = Room("What-if")
_HERE = "/negotiations/{slug:name}/what-if"


class MovesSent(Sent):
    """What is tried, in percent: rates of terms by name, all rates, the yearly escalator; lesser-of taken out."""

    terms: dict[str, Decimal] = Field(default_factory=dict, max_length=500)
    everything: Decimal = Field(Decimal(0), ge=LEAST, le=MOST, max_digits=7, decimal_places=3)
    lesser_of: bool = True
    escalator: Decimal | None = Field(None, ge=LEAST, le=MOST, max_digits=7, decimal_places=3)


class TermTried(Schema):
    """One term in dollars a year, as the contract stands and as is tried."""

    term: str
    today: Decimal
    then: Decimal


class TriedShown(Schema):
    """What it comes to, in dollars; `counted_as_today` claims are counted as they stand, as their rules price anew."""

    ready: bool
    task: UUID | None
    problem: str
    today: Decimal | None = None
    then: Decimal | None = None
    exact: bool | None = None
    counted_as_today: int | None = None
    terms: list[TermTried] = Field(default_factory=list)


class ExactlyShown(Schema):
    """A what-if priced exactly by a task: dollars a year, and how far that is from what was shown at once."""

    task: UUID
    state: str
    problem: str
    then: Decimal | None
    apart: Decimal | None


class OfferWritten(Schema):
    """What is tried as the text of an offer of ours, and what it changes; it is not recorded."""

    text: str
    checked: shapes.Checked


class _Asked(NamedTuple):
    """What is tried, and on what."""

    given: Reading
    ready: WhatIf
    moves: Moves


@room.post(_HERE, May.SEE_POSITIONS, TriedShown)
def what_if(desk: Desk, name: str, moves: MovesSent) -> dict[str, Any]:
    """What the contract would pay with other rates or rules, at once; `ready` is false while claims are made ready."""
    given = queries.opened(desk, name)
    made = trying.figure(desk, given)
    found = trying.ready(desk, given, made)
    if found is None:
        return _not_ready(made)
    tried = found.ask(_moves(given, moves))
    if tried is None:
        raise UsageError("every claim has to be priced to know this; ask what-if/exactly, which a task works out")
    return _tried(tried)


@room.post(f"{_HERE}/exactly", May.SEE_POSITIONS, ExactlyShown, status=201)
def exactly(desk: Desk, name: str, moves: MovesSent) -> dict[str, Any]:
    """Have every claim priced again under what is tried; a task does it."""
    asked = _asked(desk, name, moves)
    task = asking.ask_exactly(desk, asked.given, asked.ready, asked.moves)
    return priced(desk, name, task.pk)


@room.get(f"{_HERE}/exactly/{{uuid:task}}", May.SEE_POSITIONS, ExactlyShown)
def priced(desk: Desk, name: str, task: UUID) -> dict[str, Any]:
    """What came of pricing it exactly."""
    given, found = queries.opened(desk, name), shown(desk, task)
    made = asking.exactly_of(given, found)
    told = {"task": found.pk, "state": found.state, "problem": found.problem}
    return told | {"then": made and made.then, "apart": made and made.apart}


@room.post(f"{_HERE}/offer", May.NEGOTIATE, OfferWritten)
def offer(desk: Desk, name: str, moves: MovesSent) -> dict[str, Any]:
    """What is tried as an offer, to be looked at before it is recorded as a round."""
    asked = _asked(desk, name, moves)
    text = trying.offer_of(asked.given, asked.ready, asked.moves)
    return {"text": text, "checked": shapes.checked(offers.check(asked.given, offers.Draft(text)))}


def _asked(desk: Desk, name: str, sent: MovesSent) -> _Asked:
    given = queries.opened(desk, name)
    found = trying.ready(desk, given, trying.figure(desk, given))
    if found is None:
        raise UsageError("claims are being made ready; ask what-if until it says it is")
    return _Asked(given, found, _moves(given, sent))


def _moves(given: Reading, sent: MovesSent) -> Moves:
    known = {term for _, issue in trying.groups(given) for term in issue.terms}
    unknown = sorted(set(sent.terms) - known)
    if unknown:
        raise SelectionError(f"the contract has no paying term '{unknown[0]}'; it has {', '.join(sorted(known))}")
    return Moves(sent.terms, sent.everything, sent.lesser_of, sent.escalator)


def _not_ready(made: Figure) -> dict[str, Any]:
    return {"ready": False, "task": made.task.pk if made.task else None, "problem": made.problem}


def _tried(found: Tried) -> dict[str, Any]:
    terms = [{name: getattr(one, name) for name in TermTried.model_fields} for one in found.terms]
    kept = {name: getattr(found, name) for name in ("today", "then", "exact", "counted_as_today")}
    return {"ready": True, "task": None, "problem": "", **kept, "terms": terms}
