"""Asking for what takes longer than a click: rounds compared, walk-away prices, documents, a what-if priced exactly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.http import Http404

from evenhand.negotiation.what_if import Moves, WhatIf
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.work import COMPARE, DOCUMENTS, EXACTLY, WALK_AWAY, documents_folder
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.models import Task
from evenhand.workspace.tasks.queries import last


def ask_comparison(desk: Desk, given: Reading, *, key: str) -> Task:
    """Have the rounds compared in dollars, and what each comes to kept with it."""
    return _asked(desk, given, COMPARE, "Compare the rounds", key)


def ask_walk_away(desk: Desk, given: Reading, *, key: str) -> Task:
    """Have both sides' walk-away prices worked out."""
    return _asked(desk, given, WALK_AWAY, "Walk-away prices", key)


def ask_documents(desk: Desk, given: Reading, *, key: str) -> Task:
    """Have the documents made as the negotiation stands now."""
    return _asked(desk, given, DOCUMENTS, "Documents", key)


def _asked(desk: Desk, given: Reading, kind: str, title: str, key: str) -> Task:
    asked = {"name": given.name, "request": key}
    return enqueue(desk, kind, asked, title=f"{title}: {given.found.name}", key=f"{kind} {given.name}")


def ask_exactly(desk: Desk, given: Reading, what_if: WhatIf, moves: Moves) -> Task:
    """Have every claim priced again under what is tried."""
    told = what_if.ask(moves)
    asked = {
        "name": given.name,
        "on": what_if.on.isoformat(),
        "percents": {term: str(percent) for term, percent in moves.percents.items()},
        "everything": str(moves.everything),
        "lesser_of": moves.lesser_of,
        "shown": None if told is None else str(told.then),
    }
    return enqueue(desk, EXACTLY, asked, title=f"Price a what-if exactly: {given.found.name}")


class Exactly(NamedTuple):
    """What pricing every claim came to, in dollars, and how far that is from what was shown at once."""

    then: Decimal
    apart: Decimal | None


def exactly_of(given: Reading, task: Task) -> Exactly | None:
    """What a task came to that was asked for in this negotiation; nothing while it works."""
    if not task.result or task.given.get("name") != given.name or task.kind != EXACTLY:
        return None
    then, said = Decimal(task.result["then"]), task.result["shown"]
    return Exactly(then, None if said is None else then - Decimal(said))


def last_documents(desk: Desk, name: str) -> Task | None:
    """The task that made the documents last, or makes them."""
    return last(desk, f"{DOCUMENTS} {name}")


def documents_of(desk: Desk, name: str) -> list[Path]:
    """The files of a negotiation's documents, as they were last made."""
    folder = documents_folder(desk.organisation, name)
    return sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []


def document_of(desk: Desk, name: str, file: str) -> Path:
    """One of them.

    Raises:
        Http404: there is none of this name.
    """
    found = next((one for one in documents_of(desk, name) if one.name == file), None)
    if found is None:
        raise Http404
    return found


def left_out_of(task: Task | None) -> dict[str, Any]:
    """The documents that could not be made, each with its reason."""
    return dict(task.result["left_out"]) if task and task.result else {}
