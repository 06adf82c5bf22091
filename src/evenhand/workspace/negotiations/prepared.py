"""What a negotiation is prepared by: changed from pages and programs alike, and what is computed of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from evenhand.errors import EvenhandError
from evenhand.negotiation.readiness import DataFacts, impasse, pitfalls, readiness
from evenhand.negotiation.record import (
    Kept,
    Seen,
    add_goal,
    add_person,
    add_proof,
    give_message,
    remove_goal,
    remove_person,
    remove_proof,
)
from evenhand.workspace.figures.queries import answer
from evenhand.workspace.negotiations import trying
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.negotiations.forms import GoalForm, MessageForm, PersonForm, ProofForm
from evenhand.workspace.negotiations.reading import Reading, rails
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.site.forms import KeyedForm


class Adding(NamedTuple):
    """A list one adds to: its form, what the log says of it, and the change."""

    form: type[KeyedForm]
    what: str
    change: Callable[[Kept, Any], object]


ADDING = {
    "goal": Adding(GoalForm, "added a goal to", lambda kept, form: add_goal(kept, form.cleaned_data["goal"])),
    "proof": Adding(ProofForm, "added to the value proposition of", lambda kept, form: add_proof(kept, form.proof())),
    "person": Adding(PersonForm, "named somebody in", lambda kept, form: add_person(kept, form.person())),
}
REMOVING: dict[str, tuple[str, Callable[[Kept, str], object]]] = {
    "goal": ("took a goal out of", remove_goal),
    "proof": ("took a point out of the value proposition of", remove_proof),
    "person": ("took somebody out of", remove_person),
}


def add(desk: Desk, name: str, what: str, form: KeyedForm) -> None:
    """Add what a valid form of ``ADDING`` says.

    Raises:
        DoneBeforeError: this request was carried out already.
        UsageError: it is there already.
    """
    adding = ADDING[what]
    asked = Request(adding.what, form.cleaned_data["key"])
    changed(desk, name, asked, lambda kept: adding.change(kept, form))


def remove(desk: Desk, name: str, what: str, one: str, *, key: str) -> None:
    """Take one of ``REMOVING`` out again, by its own words or name.

    Raises:
        DoneBeforeError: this request was carried out already.
        SelectionError: there is none such.
    """
    said, change = REMOVING[what]
    changed(desk, name, Request(said, key), lambda kept: change(kept, one))


def give(desk: Desk, name: str, form: MessageForm) -> None:
    """Set the one message all of us give, as a valid form says.

    Raises:
        DoneBeforeError: this request was carried out already.
        ConflictError: somebody else changed it since the form was made.
    """
    told = form.cleaned_data
    seen = Seen("the message", told["based_on"], lambda found: found.message)
    asked = Request("gave the message of", told["key"], seen=seen)
    changed(desk, name, asked, lambda kept: give_message(kept, told["message"]))


def checked(desk: Desk, given: Reading) -> dict[str, Any]:
    """Readiness, known mistakes, rails, signals of impasse: what is known so far."""
    facts = answer(desk, "data_facts", contract=trying.contract_name(desk, given))
    rounds, _ = trying.rounds(desk, given)
    worths = trying.round_worths_of(rounds)
    told: dict[str, Any] = {"facts": facts, "rounds_figure": rounds}
    try:
        report = rails(given)
    except EvenhandError as problem:
        return told | {"rails_problem": str(problem)}
    told |= {
        "rails": report,
        "mistakes": pitfalls(given.found, given.days, report.flags),
        "stuck": impasse(given.found, given.days, worths),
    }
    if facts.value is not None:
        told["ready"] = readiness(given.found, given.days, _facts(facts.value))
    return told


def _facts(value: Any) -> DataFacts:
    days = ("first_day", "last_day", "benchmark", "benchmark_first")
    told: dict[str, Any] = {key: _day(one) if key in days else one for key, one in value.items()}
    return DataFacts(**told)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else text
