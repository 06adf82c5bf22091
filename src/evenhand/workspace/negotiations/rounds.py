"""Rounds: the ledger of offers, writing one or sending its files, closing one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.errors import EvenhandError, Problem, UsageError
from evenhand.negotiation.record import Kept, NewRound, Round, add_round, close_round
from evenhand.negotiation.record.model import OPEN
from evenhand.workspace.negotiations import offers, queries
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.negotiations.asking import ask_comparison
from evenhand.workspace.negotiations.offers import Draft, Read
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.round_forms import RoundForm, template_for
from evenhand.workspace.negotiations.showing import REFUSED, at, done, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.site.forms import new_key, sent_key
from evenhand.workspace.trail.actions import DoneBeforeError

CLOSINGS = ("accepted", "rejected", "withdrawn")
_STATES = {"accepted": "good", "rejected": "bad", "withdrawn": "closed", "answered": "closed", OPEN: "open"}


@dataclass(frozen=True, slots=True)
class Line:
    """One round of the ledger; ``closings`` are the states it can be closed with."""

    round: Round
    called: str
    state: str
    closings: tuple[str, ...]


def ledger(given: Reading) -> list[Line]:
    """The rounds, the first one first."""
    return [_line(given, one) for one in given.found.rounds]


def _line(given: Reading, one: Round) -> Line:
    closings = tuple(word for word in CLOSINGS if one.state not in CLOSINGS and (word != "withdrawn" or one.by == "us"))
    called = offers.called(given, one.number) if one.offer else ""
    return Line(one, called or "no file", _STATES[one.state], closings)


@at_desk(May.SEE)
def show(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """One round: what its offer says and changes."""
    given = queries.opened(desk, name)
    one = next((one for one in given.found.rounds if one.number == number), None)
    if one is None or not one.offer:
        raise Http404
    shown: dict[str, Any] = {
        "line": _line(given, one),
        "text": given.kept.offer(given.found, number).read_text("utf-8"),
    }
    try:
        read = offers.check(given, offers.copied(given, number))
        shown["read"] = read
    except EvenhandError as problem:
        shown["problem"] = str(problem)
    return page(request, desk, given, "negotiations/round.html", shown)


@at_desk(May.SEE)
def download(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """The file of a round's offer."""
    file = file_of(queries.opened(desk, name), number)
    return attached(file.read_bytes(), file.name)


def file_of(given: Reading, number: int) -> Path:
    """The file of a round's offer.

    Raises:
        Http404: there is no such round, or nothing was written down of it.
    """
    if all(one.number != number or not one.offer for one in given.found.rounds):
        raise Http404
    return given.kept.offer(given.found, number)


@at_desk(May.NEGOTIATE)
def new(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Record a round: files sent, or an offer written here."""
    given = queries.opened(desk, name)
    if request.method != "POST":
        form, read = _first(request, given), None
        return page(request, desk, given, "negotiations/round_new.html", {"form": form, "read": read})
    form = RoundForm(request.POST, request.FILES, given=given)
    read = None
    if form.is_valid():
        try:
            draft = draft_of(given, form)
            read = offers.check(given, draft)
            if not read.refused:
                record(desk, given, form, draft)
                return redirect(f"{at('negotiation', desk, name)}#rounds")
        except DoneBeforeError:
            return redirect(f"{at('negotiation', desk, name)}#rounds")
        except EvenhandError as problem:
            form.add_error(None, str(problem))
    return page(request, desk, given, "negotiations/round_new.html", {"form": form, "read": read}, REFUSED)


def _first(request: HttpRequest, given: Reading) -> RoundForm:
    """An empty form; with ``copy=2`` filled with that round's offer."""
    number = request.GET.get("copy", "")
    copied = next((one for one in given.found.rounds if str(one.number) == number and one.offer), None)
    if copied is None:
        last = given.found.last_round
        amends = str(last.number) if last is not None and last.offer and last.by == "them" else offers.CONTRACT
        return RoundForm(given=given, initial={"text": template_for(given), "amends": amends})
    draft = offers.copied(given, copied.number)
    told = {"text": draft.text, "amends": draft.amends, "copy": copied.number, "by": copied.by}
    return RoundForm(given=given, initial=told)


def draft_of(given: Reading, form: RoundForm) -> Draft:
    """The offer a filled-in form says."""
    told = form.cleaned_data
    copied = told.get("copy")
    held = {} if copied is None else offers.copied(given, copied).tables
    return Draft(told["text"], told["amends"], {**held, **told["tables"]}, told["name"])


def record(desk: Desk, given: Reading, form: RoundForm, draft: Draft) -> None:
    """Keep an offer that was read as the next round, and have the offers compared.

    Raises:
        DoneBeforeError: this request was carried out already.
    """
    told = form.cleaned_data
    answers = None if draft.amends == offers.CONTRACT else int(draft.amends)
    made = NewRound(told["by"], told["day"], told["note"], answers)
    asked = Request(f"recorded a round by {told['by']} of", told["key"])
    with offers.ready(given, draft) as file:
        changed(desk, given.name, asked, lambda kept: add_round(kept, file, made))
    ask_comparison(desk, given, key=new_key())


@require_POST
@at_desk(May.NEGOTIATE)
def check(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """What an offer says, as it is written."""
    given = queries.opened(desk, name)
    form = RoundForm(request.POST, given=given)
    form.full_clean()
    text = request.POST.get("text", "")
    read = Read((Problem(offers.FILE, None, "nothing is written yet", "begin with 'offer: its name'"),))
    if text.strip() and "amends" in form.cleaned_data:
        told = form.cleaned_data
        copied = told.get("copy")
        tables = {} if copied is None else offers.copied(given, copied).tables
        try:
            read = offers.check(given, Draft(text, told["amends"], tables))
        except EvenhandError as problem:
            read = Read((Problem(offers.FILE, None, str(problem)),))
    return render(request, "negotiations/parts/read.html", {"read": read})


@require_POST
@at_desk(May.NEGOTIATE)
def close(request: HttpRequest, desk: Desk, name: str, number: int) -> HttpResponse:
    """Accept, reject or withdraw a round."""
    state = request.POST.get("state", "")
    if state not in CLOSINGS:
        raise Http404
    key, to = sent_key(request), f"{at('negotiation', desk, name)}#rounds"

    def act() -> None:
        close_as(desk, name, (number, state), key=key)

    return done(request, act, f"Round {number} is {state}.", to=to)


def close_as(desk: Desk, name: str, closed: tuple[int, str], *, key: str) -> None:
    """Close a round, given by its number, with one of ``CLOSINGS``.

    Raises:
        DoneBeforeError: this request was carried out already.
        UsageError: somebody closed it before; nothing is changed.
    """
    number, state = closed

    def unless_closed(kept: Kept) -> object:
        held = next((one.state for one in kept.read().rounds if one.number == number), "")
        if held in CLOSINGS:
            raise UsageError(f"round {number} was {held} already, by somebody else meanwhile; nothing was changed")
        return close_round(kept, number, state)

    changed(desk, name, Request(f"{state} round {number} of", key), unless_closed)
