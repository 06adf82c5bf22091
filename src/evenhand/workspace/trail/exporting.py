"""The history as a file; that it was taken is itself an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.http import HttpResponse

from evenhand.documents.sheet import Field, Sheet
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.site.downloads import csv_file, workbook_file
from evenhand.workspace.trail.actions import Deed, recorded
from evenhand.workspace.trail.changes import may_read
from evenhand.workspace.trail.models import Event
from evenhand.workspace.trail.queries import Asked, found

Form = Literal["csv", "xlsx"]
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


def exported(desk: Desk, asked: Asked, form: str, *, words: str) -> HttpResponse:
    """All events that are asked for, as CSV or as a workbook.

    Args:
        desk: who takes it out, and where.
        asked: which events.
        form: ``csv`` or ``xlsx``.
        words: what was asked for, for the event that says so.
    """
    rows = list(_rows(desk, found(desk, asked).iterator(2_000)))
    with recorded(Deed("exported", "history", f"{len(rows)} events", desk.person, desk.organisation)) as draft:
        draft.after = words
    name = f"history-{desk.organisation.slug}"
    sheet = Sheet("history", f"History of {desk.organisation.name}", _FIELDS, rows)
    return csv_file(sheet, f"{name}.csv") if form == "csv" else workbook_file([sheet], f"{name}.xlsx")


def _rows(desk: Desk, events: Iterable[Event]) -> Iterable[dict[str, object]]:
    for event in events:
        row: dict[str, object] = {field.key: getattr(event, field.key) for field in _FIELDS}
        row["at"] = f"{event.at:%Y-%m-%d %H:%M:%S}"
        hidden = {} if may_read(desk, event) else dict.fromkeys(("before", "after", "why"), "not for this role")
        yield row | hidden
