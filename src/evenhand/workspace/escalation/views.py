"""The page of an escalation, and what is done on it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.workspace.escalation import actions, queries
from evenhand.workspace.escalation.forms import TriedForm, WordForm
from evenhand.workspace.escalation.leaders import leaders, mine
from evenhand.workspace.escalation.queries import ESCALATION, TERMINATION
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.showing import at, done, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.tasks.queries import last


@at_desk(May.SEE_POSITIONS)
def escalation(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Every step, with what is computed and what people say."""
    given = opened(desk, name)
    asked = leaders(desk, given.found, ESCALATION)
    made = queries.positions(desk, given)
    checks = queries.checks(desk, given)
    told: dict[str, Any] = {
        "steps": queries.steps(given, asked),
        "now": {one.key: one for one in queries.steps(given, asked)},
        "checks": checks,
        "facts": queries.facts(desk, given),
        "missing": [one for one in checks or () if one.missing],
        "open_issues": queries.open_issues(given, made),
        "positions": made,
        "gap": queries.gap_of_offers(given),
        "leaders": asked,
        "own": mine(desk, given.found) if desk.may(May.APPROVE) else [],
        "tried_form": TriedForm(),
        "word_form": WordForm(initial={"based_on": given.state}),
        "files": queries.brief_files(desk, name),
        "task": last(desk, f"{actions.BRIEF} {name}"),
    }
    return page(request, desk, given, "escalation/escalation.html", told)


@require_POST
@at_desk(May.NEGOTIATE)
def tried(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Say that all else was tried."""
    key, why = sent_key(request), _text(request, "why")
    return done(request, lambda: actions.tried(desk, name, why=why, key=key), "It is said.", to=_back(desk, name))


@require_POST
@at_desk(May.NEGOTIATE)
def issues(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """List what is open."""
    key = sent_key(request)
    said = "The open issues are listed, and every leader is asked."
    return done(request, lambda: actions.list_open(desk, name, key=key), said, to=_back(desk, name))


@require_POST
@at_desk(May.APPROVE)
def sign(request: HttpRequest, desk: Desk, name: str, what: str) -> HttpResponse:
    """Sign off in one's own name."""
    to, key = _page_of(desk, name, what), sent_key(request)
    note, state = _text(request, "note"), request.POST.get("based_on", "")[:16] or "none"
    return done(
        request, lambda: actions.sign(desk, name, what, note=note, state=state, key=key), "You have signed off.", to=to
    )


@require_POST
@at_desk(May.APPROVE)
def take_back(request: HttpRequest, desk: Desk, name: str, what: str) -> HttpResponse:
    """Take one's own word back."""
    to, key, note = _page_of(desk, name, what), sent_key(request), _text(request, "note")
    return done(
        request, lambda: actions.withdraw(desk, name, what, note=note, key=key), "Your sign-off is taken back.", to=to
    )


@require_POST
@at_desk(May.NEGOTIATE)
def brief(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have the brief written."""
    key = sent_key(request)
    return done(
        request, lambda: actions.ask_brief(desk, name, key=key), "The brief is being written.", to=_back(desk, name)
    )


@at_desk(May.SEE_POSITIONS)
def brief_file(request: HttpRequest, desk: Desk, name: str, file: str) -> HttpResponse:
    """A file of the brief, to be saved."""
    opened(desk, name)
    return attached(queries.brief_file(desk, name, file), file)


@require_POST
@at_desk(May.NEGOTIATE)
def escalated(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Record that it went up."""
    key = sent_key(request)
    return done(
        request, lambda: actions.go_up(desk, name, key=key), "It is recorded as escalated.", to=_back(desk, name)
    )


def _text(request: HttpRequest, name: str) -> str:
    return " ".join(request.POST.get(name, "").split())[:2000]


def _back(desk: Desk, name: str) -> str:
    opened(desk, name)  # a negotiation that is closed to somebody is not there
    return at("escalation", desk, name)


def _page_of(desk: Desk, name: str, what: str) -> str:
    opened(desk, name)
    if what not in (ESCALATION, TERMINATION):
        raise Http404
    return at("escalation" if what == ESCALATION else "notice", desk, name)
