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

_A_PAGE = 100


@at_desk(May.SEE)
def by_rule(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Findings counted by rule, for everybody; examples for those who may see claims."""
    form, sees = FindingsForm(request.GET, queries.rules(desk)), desk.may(May.SEE_CLAIMS)
    sheet = queries.findings_by_rule(desk, form.chosen(), examples=sees)
    return render(request, "loading/findings.html", {"form": form, "sheet": sheet, "sees": sees})


@at_desk(May.SEE_CLAIMS)
def one_by_one(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Each finding, with where it stands in its file."""
    form = FindingsForm(request.GET, queries.rules(desk))
    count = queries.findings_count(desk, form.chosen())
    shown = Paginator(range(count), _A_PAGE).get_page(request.GET.get("page"))  # numbers the rows; one page is read
    sheet = queries.findings(desk, form.chosen(), most=_A_PAGE, skip=_A_PAGE * (shown.number - 1))
    given = {"form": form, "sheet": sheet, "shown": shown, "sees": True, "detail": True}
    return render(request, "loading/findings.html", given)


@at_desk(May.SEE_CLAIMS)
def workbook(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The findings chosen as a workbook: by rule, and one by one."""
    chosen = FindingsForm(request.GET, queries.rules(desk)).chosen()
    sheets = [queries.findings_by_rule(desk, chosen, examples=True), queries.findings(desk, chosen)]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "findings.xlsx")
        write_workbook(place, [replace(sheets[0], name="by rule"), replace(sheets[1], name="one by one")])
        return HttpResponse(
            place.read_bytes(),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"Content-Disposition": 'attachment; filename="findings.xlsx"'},
        )
