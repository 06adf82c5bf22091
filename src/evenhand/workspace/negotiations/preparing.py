"""The page of preparation: goals, value proposition, people, message, walk-away; readiness, rails, impasse."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.workspace.negotiations import prepared, queries
from evenhand.workspace.negotiations.asking import ask_walk_away
from evenhand.workspace.negotiations.forms import GoalForm, MessageForm, PersonForm, ProofForm
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.negotiations.work import WALK_AWAY
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import KeyedForm, sent_key
from evenhand.workspace.tasks.queries import last


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
        **prepared.checked(desk, given),
    }
    return page(request, desk, given, "negotiations/preparation.html", told, status)


@require_POST
@at_desk(May.NEGOTIATE)
def add(request: HttpRequest, desk: Desk, name: str, what: str) -> HttpResponse:
    """Add a goal, a point of the value proposition, a person."""
    if what not in prepared.ADDING:
        raise Http404
    given, form = queries.opened(desk, name), prepared.ADDING[what].form(request.POST)
    if not form.is_valid():
        return _page(request, desk, given, {what: form}, REFUSED)
    to = f"{at('negotiation-preparation', desk, name)}#{what}s"
    return done(request, lambda: prepared.add(desk, name, what, form), "It is added.", to=to)


@require_POST
@at_desk(May.NEGOTIATE)
def remove(request: HttpRequest, desk: Desk, name: str, what: str) -> HttpResponse:
    """Take one out again."""
    if what not in prepared.REMOVING:
        raise Http404
    key, one = sent_key(request), request.POST.get("one", "")
    to = f"{at('negotiation-preparation', desk, name)}#{what}s"
    return done(request, lambda: prepared.remove(desk, name, what, one, key=key), "It is out.", to=to)


@require_POST
@at_desk(May.NEGOTIATE)
def message(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Set the one message all of us give."""
    given, form = queries.opened(desk, name), MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, given, {"message": form}, REFUSED)
    to = f"{at('negotiation-preparation', desk, name)}#message"
    return done(request, lambda: prepared.give(desk, name, form), "All of us give this message.", to=to)


@require_POST
@at_desk(May.NEGOTIATE)
def walk_away(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have both sides' walk-away prices worked out."""
    given, key = queries.opened(desk, name), sent_key(request)
    to = at("negotiation-preparation", desk, name)
    said = "The walk-away is being worked out."
    return done(request, lambda: ask_walk_away(desk, given, key=key), said, to=to)
