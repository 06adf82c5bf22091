"""The pages of a notice: how the contract can be ended, asking for it, confirming it, the letter."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from evenhand.errors import EvenhandError
from evenhand.negotiation.rails import ADVICE, ways_to_end
from evenhand.workspace.escalation import noticing
from evenhand.workspace.escalation.forms import AskForm, ConfirmForm, WithdrawForm, WordForm
from evenhand.workspace.escalation.leaders import leaders, mine
from evenhand.workspace.escalation.letters import letter_file
from evenhand.workspace.escalation.models import Kind
from evenhand.workspace.escalation.queries import TERMINATION, request_of, requests
from evenhand.workspace.negotiations.queries import opened
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.trail.actions import DoneBeforeError


@at_desk(May.SEE_POSITIONS)
def notice(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """How the contract can be ended, what leadership says, what waits."""
    return _notice(request, desk, opened(desk, name), None)


def _notice(request: HttpRequest, desk: Desk, given: Reading, form: ConfirmForm | None) -> HttpResponse:
    rows = requests(desk, given.name)
    waiting = next((one for one in rows if one.is_open), None)
    told: dict[str, Any] = {
        "ways": ways_to_end(given.contract, given.days.today).values(),
        "rows": [one for one in rows if one != waiting],
        "waiting": waiting,
        "leaders": leaders(desk, given.found, TERMINATION),
        "own": mine(desk, given.found) if desk.may(May.APPROVE) else [],
        "word_form": WordForm(initial={"based_on": given.state}),
        "hindrances": noticing.hindrances(desk, given),
        "over": noticing.notice_given(given) is not None,
        "gives": desk.may(May.GIVE_NOTICE),
        "advice": ADVICE,
    }
    if waiting is not None:
        ends = noticing.ends_of(given, waiting)
        outdated = noticing.outdated(desk, given, waiting)
        fresh = ConfirmForm(owed=noticing.duties_of(given, ends), initial={"ends": ends})
        told |= {"ends": ends, "outdated": outdated, "withdraw_form": WithdrawForm()}
        told |= {"confirm_form": form or fresh, "is_own": waiting.asked_by == desk.person}
    return page(request, desk, given, "escalation/notice.html", told, REFUSED if form and form.errors else 200)


@at_desk(May.GIVE_NOTICE)
def ask(request: HttpRequest, desk: Desk, name: str, kind: str) -> HttpResponse:
    """Ask for a notice of this kind."""
    given = opened(desk, name)
    if kind not in Kind.values:
        raise Http404
    way = noticing.way_of(given, kind)
    owed = noticing.duties_of(given, way.ends or given.days.today)
    form = AskForm(request.POST or None, owed=owed, initial={"based_on": given.state})
    if request.method == "POST" and form.is_valid() and _asked(desk, name, kind, form):
        return redirect(at("notice", desk, name))
    told = {"form": form, "way": way, "kind": Kind(kind), "hindrances": noticing.hindrances(desk, given)}
    shown = told | {"advice": ADVICE}
    return page(request, desk, given, "escalation/ask.html", shown, REFUSED if form.errors else 200)


def _asked(desk: Desk, name: str, kind: str, form: AskForm) -> bool:
    said = form.cleaned_data
    why, state, key, ends, why_day = (said[one] for one in ("why", "based_on", "key", "ends", "why_day"))
    try:
        noticing.ask(desk, name, noticing.Asked(kind, why, form.confirmed, state, key, ends, why_day))
    except DoneBeforeError:
        pass  # the form was sent twice: it is done
    except EvenhandError as problem:
        form.add_error(None, str(problem))
    return form.is_valid()


@require_POST
@at_desk(May.GIVE_NOTICE)
def confirm(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """Confirm a request as the second person."""
    given, row = opened(desk, name), request_of(desk, name, number)
    form = ConfirmForm(request.POST, owed=noticing.duties_of(given, noticing.ends_of(given, row)))
    if not form.is_valid() and row.is_open:
        return _notice(request, desk, given, form)
    if not form.is_valid():
        return redirect(at("notice", desk, name))
    said = noticing.Confirmed(
        form.cleaned_data["payer"], form.confirmed, form.cleaned_data["ends"], form.cleaned_data["key"]
    )
    told = "The notice is recorded. Nothing was sent: take the letter below, and send it as the contract demands."
    return done(request, lambda: noticing.confirm(desk, name, number, said), told, to=at("notice", desk, name))


@require_POST
@at_desk(May.GIVE_NOTICE)
def withdraw(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """Withdraw a request."""
    opened(desk, name)
    request_of(desk, name, number)
    form, to = WithdrawForm(request.POST), at("notice", desk, name)
    if not form.is_valid():
        return redirect(to)
    said = form.cleaned_data
    return done(
        request,
        lambda: noticing.withdraw(desk, name, number, why=said["why"], key=said["key"]),
        "The request is withdrawn.",
        to=to,
    )


@at_desk(May.SEE_POSITIONS)
def letter(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """The letter, to be saved: a draft until the notice is confirmed."""
    return attached(*letter_file(opened(desk, name), request_of(desk, name, number)))
