"""Changing the text of a contract: checked as one types, kept with every version."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.errors import ContractError, EvenhandError
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.drafts import text_seen
from evenhand.workspace.contracts.errors import ConflictError
from evenhand.workspace.contracts.forms import BasedForm, TextForm
from evenhand.workspace.contracts.versions import CONTRACT_FILE
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import DoneBeforeError


@at_desk(May.CHANGE_CONTRACTS)
def edit(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The text of a contract in a field, and what it would change."""
    folder = queries.folder_of(desk, name)
    if request.method == "POST":
        return _saved(request, desk, name)
    text = queries.file_in(folder, CONTRACT_FILE).read_text(encoding="utf-8")
    form = TextForm(initial={"text": text, "based_on": queries.state_of(folder)})
    return render(request, "contracts/edit.html", {"name": name, "form": form})


def _saved(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    form = TextForm(request.POST)
    if not form.is_valid():
        return render(request, "contracts/edit.html", {"name": name, "form": form}, status=422)
    try:
        actions.save_text(desk, name, form.cleaned_data["text"], form.sent)
    except DoneBeforeError:
        pass
    except ConflictError as problem:
        return _conflict(request, desk, name, form, problem)
    except ContractError as problem:
        shown = {"name": name, "form": form, "problems": problem.problems}
        return render(request, "contracts/edit.html", shown, status=422)
    except EvenhandError as problem:
        shown = {"name": name, "form": form, "refusal": str(problem)}
        return render(request, "contracts/edit.html", shown, status=422)
    messages.success(request, "Kept. The version before is under Versions.")
    return redirect("contract", organisation=desk.organisation.slug, name=name)


def _conflict(request: HttpRequest, desk: Desk, name: str, form: TextForm, problem: ConflictError) -> HttpResponse:
    """Both texts beside each other: nothing was overwritten, and sending again is a decision."""
    folder = queries.folder_of(desk, name)
    theirs = queries.file_in(folder, CONTRACT_FILE).read_text(encoding="utf-8")
    given = {"text": form.cleaned_data["text"], "why": form.cleaned_data["why"]}
    again = TextForm(initial={**given, "based_on": queries.state_of(folder)})
    shown = {"name": name, "form": again, "theirs": theirs, "conflict": str(problem)}
    return render(request, "contracts/edit.html", shown, status=409)


@require_POST
@at_desk(May.CHANGE_CONTRACTS)
def check(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """What is wrong with a text, and what it would change; nothing is kept."""
    folder = queries.folder_of(desk, name)
    seen = text_seen(desk.organisation.folder, folder, request.POST.get("text", ""))
    return render(request, "contracts/parts/seen.html", {"seen": seen})


@require_POST
@at_desk(May.CHANGE_CONTRACTS)
def back(request: HttpRequest, desk: Desk, name: str, stamp: str) -> HttpResponse:
    """Bring an earlier version back; the one it replaces is kept, too."""
    form = BasedForm(request.POST)
    if form.is_valid():
        try:
            actions.bring_back(desk, name, stamp, form.sent)
            messages.success(request, "Brought back. The version it replaced is kept.")
        except DoneBeforeError:
            pass
        except EvenhandError as problem:
            messages.error(request, str(problem))
    return redirect("contract-versions", organisation=desk.organisation.slug, name=name)
