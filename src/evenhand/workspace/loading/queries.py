"""What was brought in, what the book holds of it, what was wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from evenhand.book import Book, Load, Report
from evenhand.book.folder import is_book
from evenhand.documents.finding_sheets import Chosen, by_rule, how_many, one_by_one
from evenhand.documents.finding_sheets import rules as rules_of
from evenhand.documents.load_sheets import file_sheet, loads_sheet, summary_sheets, verdict
from evenhand.documents.sheet import Sheet
from evenhand.documents.words import counted
from evenhand.workspace.loading.arranging import arranged
from evenhand.workspace.loading.kept import as_sheet
from evenhand.workspace.loading.models import Delivery
from evenhand.workspace.loading.staging import shown_name
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.models import Organisation
from evenhand.workspace.trail.models import Event

#: Columns of the list of loads that fit a page; the load itself shows the others.
_LISTED = ("id", "loaded_at", "loaded_by", "files", "submitted_claims", "submitted_charges", "remitted_claims")
_MORE = ("remitted_charges", "findings")
#: The most rows of findings that go into one workbook.
EXPORTED = 100_000


def delivery_of(organisation: Organisation, id_: str | UUID) -> Delivery:
    """A delivery of an organisation.

    Raises:
        Http404: there is none.
    """
    found = Delivery.objects.filter(organisation=organisation, pk=id_).select_related("looking", "loading", "person")
    if not found:
        raise Http404
    return found[0]


def delivery_before(desk: Desk, event: Event) -> Delivery:
    """The delivery an event tells of.

    Raises:
        Http404: it is gone.
    """
    found = Delivery.objects.filter(organisation=desk.organisation, person=desk.person, brought__lte=event.at)
    named = (one for one in found.order_by("-brought") if str(one)[:300] == event.name)
    return next(named, None) or _none()


def _none() -> Delivery:
    raise Http404


def open_deliveries(desk: Desk) -> QuerySet[Delivery]:
    """What was brought in and neither loaded nor given up, by anybody of the organisation, the newest first."""
    found = Delivery.objects.filter(organisation=desk.organisation, ended=None)
    return found.select_related("person", "looking", "loading").order_by("-brought")


@dataclass(frozen=True)
class Seen:
    """What the look at a delivery, or its loading, came to."""

    says: str
    sheets: Sequence[Sheet]
    new: int = 0


def seen(delivery: Delivery) -> Seen | None:
    """What the last finished look at it says; ``None`` before that."""
    for task in (delivery.loading, delivery.looking):
        if task is not None and task.result and "sheets" in task.result:
            told = task.result
            return Seen(told["says"], arranged([as_sheet(one) for one in told["sheets"]]), told.get("new", 0))
    return None


def book(desk: Desk) -> Book | None:
    """The organisation's book; ``None`` before the first load."""
    return desk.book() if is_book(desk.organisation.folder) else None


def loads(desk: Desk) -> tuple[Sheet, Sheet]:
    """The loads in the book and those taken out, the newest first; ``url`` of a row is the id of its load."""
    held = book(desk)
    inside = held.loads() if held else ()
    outside = held.unloaded() if held else ()
    return _listed(desk, inside, ", the newest first"), _listed(desk, outside, " that can be put back")


def _listed(desk: Desk, held: Sequence[Load], title: str) -> Sheet:
    names = _brought_by(desk)
    sheet = loads_sheet(held[::-1], title=f"{counted(len(held), 'load')}{title}")
    fields = tuple(field for field in sheet.fields if field.key in (*_LISTED, *_MORE))
    rows = []
    for row in sheet.rows:
        load = str(row["id"]).removeprefix("· ")  # a load merged into another
        rows.append({**row, "load": load, "loaded_by": names.get(load, row["loaded_by"])})
    return replace(sheet, fields=fields, rows=rows)


def _brought_by(desk: Desk) -> dict[str, str]:
    found = Delivery.objects.filter(organisation=desk.organisation).exclude(load="").select_related("person")
    return {one.load: str(one.person) for one in found if one.person}


@dataclass(frozen=True)
class LoadPage:
    """A load as a page shows it."""

    load: Load
    inside: bool
    by: str
    delivery: Delivery | None
    says: str
    sheets: Sequence[Sheet]


def load_page(desk: Desk, id_: str) -> LoadPage:
    """One load, in the book or taken out.

    Raises:
        Http404: there is none of this id.
    """
    held = book(desk)
    inside = {one.id: one for load in (held.loads() if held else ()) for one in (load, *load.parts)}
    outside = {load.id: load for load in (held.unloaded() if held else ())}
    load = inside.get(id_) or outside.get(id_)
    if load is None:
        raise Http404
    report = Report(load, load.files, ())
    sheets = arranged([*summary_sheets(report), file_sheet(load.files, shown_name)])
    delivery = Delivery.objects.filter(organisation=desk.organisation, load=load.id).first()
    by = _brought_by(desk).get(load.id, load.loaded_by)
    return LoadPage(load, load.id in inside, by, delivery, verdict(report), sheets)


# Findings


def findings_by_rule(desk: Desk, chosen: Chosen, *, examples: bool) -> Sheet:
    """Findings counted by rule; an example may name a claim, so it is for those who may see claims."""
    held = book(desk)
    if held is None:
        return Sheet("findings", "Findings", (), [], empty="Nothing was loaded yet.")
    sheet = by_rule(held, chosen)
    kept = sheet.fields if examples else tuple(field for field in sheet.fields if field.key != "example")
    return replace(sheet, title="Findings by rule", fields=kept)


def findings(desk: Desk, chosen: Chosen, *, most: int = EXPORTED, skip: int = 0) -> Sheet:
    """Findings one by one, files by the names people gave them."""
    held = book(desk)
    if held is None:
        return Sheet("findings", "Findings", (), [], empty="Nothing was loaded yet.")
    sheet = one_by_one(held, chosen, most=most, skip=skip)
    return replace(sheet, rows=[{**row, "file": shown_name(row["file"])} for row in sheet.rows])


def rules(desk: Desk) -> list[str]:
    """The rules there are findings of."""
    held = book(desk)
    return rules_of(held) if held else []


def findings_count(desk: Desk, chosen: Chosen) -> int:
    """How many findings are chosen."""
    held = book(desk)
    return how_many(held, chosen) if held else 0
