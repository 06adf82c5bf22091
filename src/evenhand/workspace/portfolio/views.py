"""The first page."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.organisations.queries import organisations_of
from evenhand.workspace.people.models import Person


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The organisation somebody works in; with several, a choice of them."""
    person = cast(Person, request.user)
    found = organisations_of(person)
    if len(found) == 1:
        return redirect("portfolio", organisation=found[0].slug)
    return render(request, "portfolio/choice.html", {"organisations": found})


@at_desk(May.SEE)
def portfolio(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every payer contract and negotiation of the organisation."""
    return render(request, "portfolio/portfolio.html", {"contracts": list(desk.book().contract_folders())})
