"""The what-if table: sliders, and what they come to at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from evenhand.negotiation.positions import POSITIONS
from evenhand.negotiation.what_if import LEAST, MOST, Moves, Tried, WhatIf
from evenhand.workspace.negotiations import offers, queries, trying
from evenhand.workspace.negotiations.asking import ask_exactly, exactly_of
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.negotiations.round_forms import RoundForm
from evenhand.workspace.negotiations.showing import REFUSED, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.tasks.queries import shown

#: How far a slider goes, each way, in percent; the number beside it goes further.
REACH = 25


class TryForm(forms.Form):
    """What is tried: a change in percent for each group of rates, for all of them, and the rules."""

    def __init__(self, given: Reading, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.given = given
        for name, issue in trying.groups(given):
            self.fields[name] = _percent(issue.called)
        self.fields["everything"] = _percent("All rates")
        self.fields["escalator"] = _percent("Yearly escalator")
        self.fields["lesser_of"] = forms.BooleanField(required=False)

    def moves(self) -> Moves:
        """What it says."""
        told = self.cleaned_data
        percents = {
            term: told[name] for name, issue in trying.groups(self.given) if told.get(name) for term in issue.terms
        }
        escalator = told.get("escalator")
        same = escalator == trying.escalator_today(self.given)
        return Moves(percents, told.get("everything") or Decimal(0), told["lesser_of"], None if same else escalator)


def _percent(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=LEAST, max_value=MOST, max_digits=7, decimal_places=3
    )


@at_desk(May.SEE_POSITIONS)
def table(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The table; ``from=target`` begins with one of our positions."""
    given = queries.opened(desk, name)
    made = trying.figure(desk, given)
    what_if = trying.ready(desk, given, made)
    told: dict[str, Any] = {"figure": made, "what_if": what_if, "starts": _starts(), "reach": REACH}
    if what_if is not None:
        begun = request.GET.get("from", "")
        moves = trying.position_moves(given, begun) if begun in POSITIONS else Moves()
        tried = what_if.ask(moves)
        told |= _told(desk, given, what_if, (moves, tried))
        told["escalator"] = trying.escalator_today(given)
        told["lesser_of"] = what_if.limited
    return page(request, desk, given, "negotiations/what_if.html", told)


def _starts() -> list[tuple[str, str]]:
    return [("", "As the contract stands"), *((position, trying.CALLED[position]) for position in POSITIONS)]


def _told(desk: Desk, given: Reading, what_if: WhatIf, asked: tuple[Moves, Tried | None]) -> dict[str, Any]:
    moves, tried = asked
    rounds, offered = trying.rounds(desk, given)
    return {
        "given": given,
        "moves": moves,
        "tried": tried,
        "levers": [] if tried is None else trying.levers(given, moves, tried),
        "held": [_against(one, tried) for one in (*trying.held(given, what_if), *offered)],
        "rounds": rounds,
        "medicare": trying.of_medicare(desk, given, tried),
        "years": [] if tried is None else [(was, then, then - was) for was, then in tried.years],
    }


def _against(one: trying.Held, tried: Tried | None) -> trying.Held:
    if one.change is None or tried is None:
        return one
    return replace(one, better=tried.change - one.change)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is tried, and on what: what is ready to answer it."""

    given: Reading
    what_if: WhatIf
    moves: Moves


def _asked(request: HttpRequest, desk: Desk, name: str) -> Asked | HttpResponse:
    """What the form asks, or the page that says why it cannot be answered."""
    given = queries.opened(desk, name)
    form = TryForm(given, request.POST)
    what_if = trying.ready(desk, given, trying.figure(desk, given))
    if form.is_valid() and what_if is not None:
        return Asked(given, what_if, form.moves())
    told = {"form": form, "gone": what_if is None, "given": given}
    return render(request, "negotiations/parts/tried.html", told, status=REFUSED)


@require_POST
@at_desk(May.SEE_POSITIONS)
def tried(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """What the sliders come to."""
    asked = _asked(request, desk, name)
    if isinstance(asked, HttpResponse):
        return asked
    told = _told(desk, asked.given, asked.what_if, (asked.moves, asked.what_if.ask(asked.moves)))
    return render(request, "negotiations/parts/tried.html", told | {"at_once": True})


@require_POST
@at_desk(May.SEE_POSITIONS)
def exactly(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have every claim priced again under what is tried."""
    asked = _asked(request, desk, name)
    if isinstance(asked, HttpResponse):
        return asked
    task = ask_exactly(desk, asked.given, asked.what_if, asked.moves)
    return render(request, "negotiations/parts/exactly.html", {"task": task, "given": asked.given})


@at_desk(May.SEE_POSITIONS)
def priced(request: HttpRequest, desk: Desk, name: str, task: UUID) -> HttpResponse:
    """What came of pricing it exactly."""
    given, found = queries.opened(desk, name), shown(desk, task)
    made = exactly_of(given, found)
    told = {"task": found, "given": given} | (made._asdict() if made else {})
    return render(request, "negotiations/parts/exactly.html", told)


@require_POST
@at_desk(May.NEGOTIATE)
def offer(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """What is tried as an offer, to be looked at before it is recorded."""
    asked = _asked(request, desk, name)
    if isinstance(asked, HttpResponse):
        return asked
    given = asked.given
    text = trying.offer_of(given, asked.what_if, asked.moves)
    written = RoundForm(given=given, initial={"text": text, "amends": offers.CONTRACT, "by": "us"})
    read = offers.check(given, offers.Draft(text))
    return page(request, desk, given, "negotiations/round_new.html", {"form": written, "read": read})
