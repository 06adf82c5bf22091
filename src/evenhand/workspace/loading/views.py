"""Pages of loading: bring files in, look, load, take back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from evenhand.documents.sheet import Sheet
from evenhand.errors import EvenhandError
from evenhand.workspace.loading import actions, queries
from evenhand.workspace.loading.forms import WhyForm
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.forms import sent_key


@at_desk(May.SEE)
def page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Bring files in; what was loaded, what was taken out."""
    return render(request, "loading/loading.html", what_is_there(desk))


def what_is_there(desk: Desk) -> dict[str, object]:
    """What the page shows."""
    inside, outside = queries.loads(desk)
    return {
        "may_load": desk.may(May.LOAD),
        "most": {"bytes": settings.UPLOAD_MOST_BYTES, "files": settings.UPLOAD_MOST_FILES},
        "deliveries": queries.open_deliveries(desk),
        "inside": _linked(desk, inside),
        "outside": _linked(desk, outside),
    }


def _linked(desk: Desk, sheet: Sheet) -> Sheet:
    """Each row leads to its load."""
    for row in sheet.rows:
        row["url"] = reverse("load", args=[desk.organisation.slug, row["load"]])  # type: ignore[index]
    return sheet


@at_desk(May.LOAD)
def delivery(request: HttpRequest, desk: Desk, delivery: UUID) -> HttpResponse:
    """What was brought in: what each file is, then loading it; a part of the page asks for itself only."""
    found = queries.delivery_of(desk.organisation, delivery)
    task = found.loading or found.looking
    given = {"delivery": found, "task": task, "seen": queries.seen(found)}
    part = getattr(request, "htmx", False)
    return render(request, f"loading/{'parts/' if part else ''}delivery.html", given)


@require_POST
@at_desk(May.LOAD)
def load(request: HttpRequest, desk: Desk, delivery: UUID) -> HttpResponse:
    """Load it."""
    actions.load(desk, queries.delivery_of(desk.organisation, delivery), key=sent_key(request))
    return redirect("delivery", organisation=desk.organisation.slug, delivery=delivery)


@require_POST
@at_desk(May.LOAD)
def give_up(request: HttpRequest, desk: Desk, delivery: UUID) -> HttpResponse:
    """Remove its files."""
    try:
        actions.give_up(desk, queries.delivery_of(desk.organisation, delivery), key=sent_key(request))
        messages.success(request, "Given up; the files are removed, the book is as it was.")
    except ValidationError as problem:
        messages.error(request, problem.message)
    return redirect("loading", organisation=desk.organisation.slug)


@at_desk(May.SEE)
def loaded(request: HttpRequest, desk: Desk, load: str) -> HttpResponse:
    """One load: whether all of it is accounted for, and by kind and file."""
    return _load_page(request, desk, load, WhyForm(), 200)


def _load_page(request: HttpRequest, desk: Desk, load: str, form: WhyForm, status: int) -> HttpResponse:
    given = {"shown": queries.load_page(desk, load), "form": form, "may_load": desk.may(May.LOAD)}
    return render(request, "loading/load.html", given, status=status)


@require_POST
@at_desk(May.LOAD)
def take_out(request: HttpRequest, desk: Desk, load: str) -> HttpResponse:
    """Take a load out, or put it back: whichever it is not."""
    shown, form = queries.load_page(desk, load), WhyForm(request.POST)
    if not form.is_valid():
        return _load_page(request, desk, load, form, 422)
    act, says = (actions.unload, "Taken out.") if shown.inside else (actions.restore, "Put back, under a new name.")
    try:
        act(desk, load, why=form.cleaned_data["why"], key=form.cleaned_data["key"])
    except EvenhandError as problem:
        form.add_error(None, str(problem))
        return _load_page(request, desk, load, form, 422)
    messages.success(request, says)
    return redirect("loading", organisation=desk.organisation.slug)
