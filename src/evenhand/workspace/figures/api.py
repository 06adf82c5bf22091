"""Figures of a book, for programs: worked out by a task, kept, and given with the day they are of."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404
from ninja import Schema
from pydantic import Field

from evenhand.workspace.api.room import Room
from evenhand.workspace.figures.actions import ask_again
from evenhand.workspace.figures.queries import Figure, answer
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May

room = Room("Figures")

#: Questions of the book as a whole, and of one contract; none of them shows a single claim.
Whole = Literal["payers", "variance", "medicare", "findings"]
OfContract = Literal["terms", "data_facts"]


class FigureShown(Schema):
    """An answer, or how far it is."""

    question: str
    given: dict[str, Any]
    state: Literal["ready", "working", "failed"] = Field(description="`working`: a task makes it; ask again.")
    value: dict[str, Any] | None = Field(description="With `stale`, that of an earlier state of the book.")
    made_at: datetime | None
    stale: bool
    problem: str = Field(description="Why there is no answer, where there is none.")
    task: UUID | None


@room.get("/figures/{question}", May.SEE, FigureShown)
def of_the_book(desk: Desk, question: Whole) -> dict[str, Any]:
    """How payers pay, what they owe, percent of Medicare, what was wrong in files.

    Nothing is worked out while you wait: ask again while `state` is `working`.
    """
    return _shown(answer(desk, question))


@room.get("/contracts/{contract}/figures/{question}", May.SEE, FigureShown)
def of_a_contract(desk: Desk, contract: str, question: OfContract) -> dict[str, Any]:
    """Which terms of a contract pay, and how complete the claims of its payer are."""
    if contract not in desk.book().contract_folders():
        raise Http404
    return _shown(answer(desk, question, contract=contract))


@room.post("/figures/{question}/again", May.SEE, FigureShown)
def again(desk: Desk, question: Whole) -> dict[str, Any]:
    """Have an answer that failed worked out anew."""
    return _again(desk, question)


@room.post("/contracts/{contract}/figures/{question}/again", May.SEE, FigureShown)
def again_of_a_contract(desk: Desk, contract: str, question: OfContract) -> dict[str, Any]:
    """Have an answer about a contract that failed worked out anew."""
    if contract not in desk.book().contract_folders():
        raise Http404
    return _again(desk, question, contract=contract)


def _again(desk: Desk, question: str, **given: str) -> dict[str, Any]:
    try:
        ask_again(desk, question, given)
    except LookupError as problem:
        raise Http404 from problem
    return _shown(answer(desk, question, **given))


def _shown(found: Figure) -> dict[str, Any]:
    kept = ("question", "state", "value", "made_at", "stale", "problem")
    told = {name: getattr(found, name) for name in kept}
    return told | {"given": dict(found.given), "task": found.task.pk if found.task else None}
