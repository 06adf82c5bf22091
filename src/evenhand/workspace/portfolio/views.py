"""The first page."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.organisations.queries import organisations_of
from evenhand.workspace.people.models import Person
from evenhand.workspace.portfolio import queries
from evenhand.workspace.portfolio.needs import needs
from evenhand.workspace.portfolio.sheets import portfolio_sheet
from evenhand.workspace.portfolio.spans import timeline_of
from evenhand.workspace.site.downloads import csv_file, workbook_file


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
    """Every payer contract and negotiation of the organisation, and what needs doing."""
    if not queries.begun(desk):
        return render(request, "portfolio/new.html", queries.may_begin(desk))
    today, known = timezone.localdate(), queries.figures(desk)
    lines = queries.lines(desk, known, today)
    shown = {
        **queries.may_begin(desk),
        "lines": lines,
        "known": known,
        "working": known.working or any(line.talks.facts.working for line in lines if line.talks),
        "timeline": timeline_of(lines, today) if lines else None,
        "needs": needs(desk, lines, today),
        "today": today,
    }
    return render(request, "portfolio/portfolio.html", shown)


@at_desk(May.SEE)
def exported(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """The table of contracts as a workbook or as comma-separated text."""
    today = timezone.localdate()
    sheet = portfolio_sheet(queries.lines_now(desk, today), today)
    name = f"portfolio-{desk.organisation.slug}-{today}.{kind}"
    return csv_file(sheet, name) if kind == "csv" else workbook_file([sheet], name)
