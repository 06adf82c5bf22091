"""Negotiations, for programs: begun, their issues, their rounds."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse
from ninja import Query

from evenhand.negotiation.record import Issue
from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.problems import FormError
from evenhand.workspace.api.room import Room, Stated
from evenhand.workspace.negotiations import actions, asking, offers, queries, rounds
from evenhand.workspace.negotiations import api_shapes as shapes
from evenhand.workspace.negotiations import issues as changing
from evenhand.workspace.negotiations.beginning import begin_from
from evenhand.workspace.negotiations.forms import BeginForm, IssueForm, NewIssueForm
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.round_forms import RoundForm
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.tasks.api import TaskShown, task_shown
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Negotiations")
_ONE = "/negotiations/{slug:name}"


@room.get("/negotiations", May.SEE, Page[shapes.NegotiationListed])
def listed(desk: Desk, asked: Query[Asked]) -> dict[str, Any]:
    """The negotiations this person may see."""
    return paged(queries.listed(desk), asked, shapes.listed)


@room.get(_ONE, May.SEE, shapes.NegotiationShown)
def one(desk: Desk, name: str) -> Stated:
    """One negotiation as it stands; its ETag is the state a change is made from."""
    given = queries.opened(desk, name)
    return Stated(shapes.negotiation(desk, given), given.state)


@room.post("/negotiations", May.NEGOTIATE, shapes.NegotiationShown, status=201)
def begin(desk: Desk, sent: shapes.BeginSent, key: str) -> Stated:
    """Begin a negotiation of a contract; every term and provision of it is on the table."""
    known = queries.contracts(desk)
    form = BeginForm({**sent.dict(), "key": key}, contracts=[(name, name) for name in known])
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        begin_from(desk, known[sent.contract], sent.name, sent.effective, key=key)
    return one(desk, sent.name)


@room.get(f"{_ONE}/issues", May.SEE, list[shapes.IssueShown])
def issues(desk: Desk, name: str) -> Stated:
    """What is on the table; our positions, and what we believe of theirs, only for those who may see them."""
    given = queries.opened(desk, name)
    return Stated([shapes.issue(desk, row.issue) for row in queries.rows(given)], given.state)


@room.post(f"{_ONE}/issues", May.NEGOTIATE, list[shapes.IssueShown], status=201)
def add_issue(desk: Desk, name: str, sent: shapes.NewIssueSent, key: str) -> Stated:
    """Put something else on the table; the answer is what is there."""
    form = NewIssueForm({**sent.dict(), "key": key})
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        changing.put(desk, name, form)
    return issues(desk, name)


@room.put(f"{_ONE}/issues/{{slug:issue}}", May.NEGOTIATE, shapes.IssueShown)
def change_issue(desk: Desk, name: str, issue: str, positions: shapes.Positions, key: str, state: str) -> Stated:
    """Change where both sides stand on an issue; what is not sent stays as it is."""
    held = _issue(queries.opened(desk, name), issue)
    told = {**IssueForm.told(held), **positions.dict(exclude_none=True), "based_on": state, "key": key}
    form = IssueForm(told)
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        changing.save(desk, name, held, form)
    now = queries.opened(desk, name)
    return Stated(shapes.issue(desk, _issue(now, issue)), now.state)


@room.get(f"{_ONE}/rounds", May.SEE, list[shapes.RoundShown])
def ledger(desk: Desk, name: str) -> Stated:
    """The rounds, the first one first, with what each came to when offers were last compared."""
    given = queries.opened(desk, name)
    return Stated([shapes.round_(desk, line) for line in rounds.ledger(given)], given.state)


@room.post(f"{_ONE}/rounds/check", May.NEGOTIATE, shapes.Checked)
def check_round(desk: Desk, name: str, offer: shapes.Offer) -> dict[str, Any]:
    """Read an offer without keeping it: everything wrong with it, and what it changes against what it amends."""
    given = queries.opened(desk, name)
    read = offers.check(given, _draft(given, offer)[0])
    return shapes.checked(read)


@room.post(f"{_ONE}/rounds", May.NEGOTIATE, list[shapes.RoundShown], status=201)
def add_round(desk: Desk, name: str, offer: shapes.Offer, key: str) -> Stated:
    """Record a round; the answer is the ledger with it."""
    given = queries.opened(desk, name)
    draft, form = _draft(given, offer, key=key)
    read = offers.check(given, draft)
    if read.refused:
        raise shapes.refused(read)
    with suppress(DoneBeforeError):
        rounds.record(desk, given, form, draft)
    return ledger(desk, name)


@room.post(f"{_ONE}/rounds/{{int:number}}/close", May.NEGOTIATE, list[shapes.RoundShown])
def close_round(desk: Desk, name: str, number: int, closing: shapes.Closing, key: str) -> Stated:
    """Accept, reject or withdraw a round."""
    with suppress(DoneBeforeError):
        rounds.close_as(desk, name, (number, closing.state), key=key)
    return ledger(desk, name)


@room.get(f"{_ONE}/rounds/{{int:number}}", May.SEE, shapes.RoundText)
def round_text(desk: Desk, name: str, number: int) -> dict[str, Any]:
    """What the offer of a round says and changes."""
    given = queries.opened(desk, name)
    text = rounds.file_of(given, number).read_text("utf-8")
    return {"text": text, "checked": shapes.checked(offers.check(given, offers.copied(given, number)))}


@room.file(f"{_ONE}/rounds/{{int:number}}/file", May.SEE)
def round_file(desk: Desk, name: str, number: int) -> HttpResponse:
    """The offer of a round as it was received."""
    file = rounds.file_of(queries.opened(desk, name), number)
    return attached(file.read_bytes(), file.name)


@room.post(f"{_ONE}/rounds/compare", May.NEGOTIATE, TaskShown)
def compare_rounds(desk: Desk, name: str, key: str) -> dict[str, Any]:
    """Have every round's worth worked out and kept with the rounds; a task does it."""
    return task_shown(asking.ask_comparison(desk, queries.opened(desk, name), key=key))


@room.post(f"{_ONE}/undo", May.NEGOTIATE, shapes.NegotiationShown)
def undo(desk: Desk, name: str, key: str, state: str) -> Stated:
    """Take back the last change, if it still is the one that was seen; every version is kept."""
    with suppress(DoneBeforeError):
        actions.undo(desk, name, state, key=key)
    return one(desk, name)


def _draft(given: Reading, offer: shapes.Offer, *, key: str = "none") -> tuple[offers.Draft, RoundForm]:
    told = {**offer.dict(exclude_none=True), "copy": offer.tables_of, "key": key}
    form = RoundForm(told, given=given)
    if not form.is_valid():
        raise FormError(form)
    return rounds.draft_of(given, form), form


def _issue(given: Reading, id_: str) -> Issue:
    found = given.found.issue(id_)
    if found is None:
        raise Http404
    return found
