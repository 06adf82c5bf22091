"""The history of an organisation: who did what, when, why; and the same as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.changes import runs, told
from evenhand.workspace.trail.exporting import exported
from evenhand.workspace.trail.forms import AskedForm
from evenhand.workspace.trail.queries import found

_ON_A_PAGE = 50


@at_desk(May.SEE_TRAIL)
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A page of events, the newest first."""
    form = AskedForm(desk, request.GET)
    page = Paginator(found(desk, form.asked()), _ON_A_PAGE).get_page(request.GET.get("page"))
    events = [told(desk, event) for event in page]
    shown = {"form": form, "page": page, "events": events, "runs": list(runs(events))}
    return render(request, "trail/history.html", shown)


@at_desk(May.SEE_TRAIL)
def export(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """All events that are asked for, as CSV or as a workbook; that it was taken is itself an event."""
    return exported(desk, AskedForm(desk, request.GET).asked(), form, words=request.GET.urlencode())
