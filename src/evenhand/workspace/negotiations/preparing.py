"""Preparation: goals, value proposition, people, message, walk-away; readiness, known mistakes, rails, impasse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

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
from evenhand.workspace.negotiations import queries, trying
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.negotiations.forms import GoalForm, MessageForm, PersonForm, ProofForm
from evenhand.workspace.negotiations.reading import Reading, rails
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.negotiations.work import WALK_AWAY
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import KeyedForm, sent_key
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.queries import last


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


@at_desk(May.SEE_POSITIONS)
def preparation(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Everything a negotiation is prepared by."""
    return _page(request, desk, queries.opened(desk, name), {})


def _page(
    request: HttpRequest, desk: Desk, given: Reading, forms: dict[str, KeyedForm], status: int = 200
) -> HttpResponse:
    message = MessageForm(initial={"message": given.found.message, "based_on": given.state})
    told: dict[str, Any] = {
        "goal_form": forms.get("goal") or GoalForm(),
        "proof_form": forms.get("proof") or ProofForm(),
        "person_form": forms.get("person") or PersonForm(),
        "message_form": forms.get("message") or message,
        "walking": last(desk, f"{WALK_AWAY} {given.name}"),
        **_checked(desk, given),
    }
    return page(request, desk, given, "negotiations/preparation.html", told, status)


def _checked(desk: Desk, given: Reading) -> dict[str, Any]:
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


@require_POST
@at_desk(May.NEGOTIATE)
def add(request: HttpRequest, desk: Desk, name: str, what: str) -> HttpResponse:
    """Add a goal, a point of the value proposition, a person."""
    if what not in ADDING:
        raise Http404
    adding, given = ADDING[what], queries.opened(desk, name)
    form = adding.form(request.POST)
    if not form.is_valid():
        return _page(request, desk, given, {what: form}, REFUSED)
    asked = Request(adding.what, form.cleaned_data["key"])
    to = f"{at('negotiation-preparation', desk, name)}#{what}s"
    return done(
        request, lambda: changed(desk, name, asked, lambda kept: adding.change(kept, form)), "It is added.", to=to
    )


@require_POST
@at_desk(May.NEGOTIATE)
def remove(request: HttpRequest, desk: Desk, name: str, what: str) -> HttpResponse:
    """Take one out again."""
    if what not in REMOVING:
        raise Http404
    said, change = REMOVING[what]
    asked, one = Request(said, sent_key(request)), request.POST.get("one", "")
    to = f"{at('negotiation-preparation', desk, name)}#{what}s"
    return done(request, lambda: changed(desk, name, asked, lambda kept: change(kept, one)), "It is out.", to=to)


@require_POST
@at_desk(May.NEGOTIATE)
def message(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Set the one message all of us give."""
    given, form = queries.opened(desk, name), MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, given, {"message": form}, REFUSED)
    told = form.cleaned_data
    seen = Seen("the message", told["based_on"], lambda found: found.message)
    asked = Request("gave the message of", told["key"], seen=seen)
    to = f"{at('negotiation-preparation', desk, name)}#message"

    def act() -> object:
        return changed(desk, name, asked, lambda kept: give_message(kept, told["message"]))

    return done(request, act, "All of us give this message.", to=to)


@require_POST
@at_desk(May.NEGOTIATE)
def walk_away(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have both sides' walk-away prices worked out."""
    given, key = queries.opened(desk, name), sent_key(request)
    asked = {"name": name, "request": key}
    title = f"Walk-away prices: {given.found.name}"

    def act() -> object:
        return enqueue(desk, WALK_AWAY, asked, title=title, key=f"{WALK_AWAY} {name}")

    return done(request, act, "The walk-away is being worked out.", to=at("negotiation-preparation", desk, name))
