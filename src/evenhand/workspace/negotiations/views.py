"""The list of negotiations, beginning one, the page of one, taking back its last change, its history."""

from __future__ import annotations

from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.errors import EvenhandError
from evenhand.workspace.negotiations import actions, queries
from evenhand.workspace.negotiations.beginning import begin_from
from evenhand.workspace.negotiations.forms import BeginForm, NewIssueForm
from evenhand.workspace.negotiations.matching import KIND, told
from evenhand.workspace.negotiations.rounds import ledger
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.negotiations.work import COMPARE
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.tasks.queries import last
from evenhand.workspace.trail.actions import DoneBeforeError
from evenhand.workspace.trail.queries import events

_EVENTS = 50


@at_desk(May.SEE)
def listed(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The negotiations; a form begins another."""
    known = queries.contracts(desk)
    choices = [(name, f"{one.parties.payer} ({name})") for name, one in known.items()]
    form = BeginForm(request.POST or None, contracts=choices) if desk.may(May.NEGOTIATE) else None
    if request.method == "POST":
        desk.require(May.NEGOTIATE)
        assert form is not None
        if form.is_valid():
            try:
                _begin(desk, form)
            except DoneBeforeError:
                pass
            except EvenhandError as problem:
                form.add_error("name", str(problem))
        if form.is_valid():
            return redirect(at("negotiation", desk, form.cleaned_data["name"]))
    shown = {"listed": queries.listed(desk), "form": form}
    return render(request, "negotiations/list.html", shown, status=REFUSED if form and form.errors else 200)


def _begin(desk: Desk, form: BeginForm) -> None:
    asked = form.cleaned_data
    contract = queries.contracts(desk)[asked["contract"]]
    begin_from(desk, contract, asked["name"], asked["effective"], key=asked["key"])


@at_desk(May.SEE)
def one(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Issues and rounds."""
    given = queries.opened(desk, name)
    shown = {
        "rows": queries.rows(given),
        "rounds": ledger(given),
        "new_issue": NewIssueForm(),
        "state": given.state,
        "comparing": last(desk, f"{COMPARE} {name}"),
        "worked_out": next((one.worth for one in reversed(given.found.rounds) if one.worth), None),
    }
    return page(request, desk, given, "negotiations/one.html", shown)


@require_POST
@at_desk(May.NEGOTIATE)
def undo(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Take back the last change, if it still is the one that was seen."""
    key, since = sent_key(request), request.POST.get("based_on", "")
    act = partial(actions.undo, desk, name, since, key=key)
    return done(request, act, "The last change is taken back. Every version is kept.", to=at("negotiation", desk, name))


@at_desk(May.SEE_TRAIL)
def history(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Every change: who, when, before, after, why."""
    given = queries.opened(desk, name)
    told(desk.organisation, given.kept)
    found = Paginator(events(desk.organisation, kind=KIND, name=name), _EVENTS).get_page(request.GET.get("page"))
    return page(request, desk, given, "negotiations/history.html", {"events": found})
