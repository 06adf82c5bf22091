"""Pages of findings: what was wrong in the files."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand.documents.workbook import write_workbook
from evenhand.workspace.loading import queries
from evenhand.workspace.loading.forms import FindingsForm
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import seen

_A_PAGE = 100


@at_desk(May.SEE)
def by_rule(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Findings counted by rule, for everybody; examples for those who may see claims, whose look is logged."""
    form, sees = FindingsForm(request.GET, queries.rules(desk)), desk.may(May.SEE_CLAIMS)
    sheet = queries.findings_by_rule(desk, form.chosen(), examples=sees)
    if sees and sheet.rows:
        seen(desk, "findings", f"examples, {form.words()}")
    return render(request, "loading/findings.html", {"form": form, "sheet": sheet, "sees": sees})


@at_desk(May.SEE_CLAIMS)
def one_by_one(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Each finding, with where it stands in its file; that they were looked at is logged."""
    form = FindingsForm(request.GET, queries.rules(desk))
    count = queries.findings_count(desk, form.chosen())
    shown = Paginator(range(count), _A_PAGE).get_page(request.GET.get("page"))  # numbers the rows; one page is read
    sheet = queries.findings(desk, form.chosen(), most=_A_PAGE, skip=_A_PAGE * (shown.number - 1))
    seen(desk, "findings", f"one by one, {form.words()}, page {shown.number}")
    given = {"form": form, "sheet": sheet, "shown": shown, "sees": True, "detail": True}
    return render(request, "loading/findings.html", given)


@at_desk(May.SEE_CLAIMS)
def workbook(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The findings chosen as a workbook, by rule and one by one; that it was taken is logged."""
    form = FindingsForm(request.GET, queries.rules(desk))
    chosen = form.chosen()
    seen(desk, "findings", f"workbook, {form.words()}")
    sheets = [queries.findings_by_rule(desk, chosen, examples=True), queries.findings(desk, chosen)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "findings.xlsx")
        write_workbook(place, [replace(sheets[0], name="by rule"), replace(sheets[1], name="one by one")])
        return HttpResponse(
            place.read_bytes(),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": 'attachment; filename="findings.xlsx"'},
        )
