"""The history of an organisation: who did what, when, why; and the same as a file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.documents.sheet import Field, Sheet
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.downloads import csv_file, workbook_file
from evenhand.workspace.trail.actions import Deed, recorded
from evenhand.workspace.trail.changes import may_read, told
from evenhand.workspace.trail.forms import AskedForm
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import found

_ON_A_PAGE = 50
_FIELDS = (
    Field("number", "Number", "count"),
    Field("at", "When (UTC)"),
    Field("by", "Who"),
    Field("what", "What"),
    Field("kind", "Kind"),
    Field("name", "Which"),
    Field("before", "Before"),
    Field("after", "After"),
    Field("why", "Why"),
    Field("digest", "Hash"),
)


@at_desk(May.SEE_TRAIL)
def history(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A page of events, the newest first."""
    form = AskedForm(desk, request.GET)
    page = Paginator(found(desk, form.asked()), _ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "events": [told(desk, event) for event in page]}
    return render(request, "trail/history.html", shown)


@at_desk(May.SEE_TRAIL)
def export(request: HttpRequest, desk: Desk, form: str) -> HttpResponse:
    """All events that are asked for, as CSV or as a workbook; that it was taken is itself an event."""
    rows = [_row(desk, event) for event in found(desk, AskedForm(desk, request.GET).asked()).iterator(2_000)]
    with recorded(Deed("exported", "history", f"{len(rows)} events", desk.person, desk.organisation)) as draft:
        draft.after = request.GET.urlencode()
    name = f"history-{desk.organisation.slug}"
    sheet = Sheet("history", f"History of {desk.organisation.name}", _FIELDS, rows)
    return csv_file(sheet, f"{name}.csv") if form == "csv" else workbook_file([sheet], f"{name}.xlsx")


def _row(desk: Desk, event: Event) -> dict[str, object]:
    row: dict[str, object] = {field.key: getattr(event, field.key) for field in _FIELDS}
    row["at"] = f"{event.at:%Y-%m-%d %H:%M:%S}"
    hidden = {} if may_read(desk, event) else dict.fromkeys(("before", "after", "why"), "not for this role")
    return row | hidden
