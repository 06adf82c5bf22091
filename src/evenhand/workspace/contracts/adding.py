"""Adding a contract, and changing one by a file: what it would change is shown before it is kept."""

from __future__ import annotations

import base64
import binascii

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.errors import ContractError, EvenhandError, UsageError
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.drafts import filled_seen
from evenhand.workspace.contracts.forms import FileForm, KeepForm, NewForm
from evenhand.workspace.contracts.uploads import Fill, filled_by, filled_new, tables_in
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.downloads import XLSX, attachment
from evenhand.workspace.trail.actions import DoneBeforeError


@at_desk(May.CHANGE_CONTRACTS)
def new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add a contract: its folder as an archive, or one to begin with."""
    form = NewForm(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "contracts/new.html", shown, status=422 if form.errors else 200)
    name = form.cleaned_data["name"]
    try:
        archive = form.cleaned_data["archive"]
        actions.add(desk, name, filled_new(archive), form.sent)
    except DoneBeforeError:
        pass
    except ContractError as problem:
        return render(request, "contracts/new.html", {**shown, "problems": problem.problems}, status=422)
    except EvenhandError as problem:
        return render(request, "contracts/new.html", {**shown, "refusal": str(problem)}, status=422)
    messages.success(request, f"{name} is added.")
    at = "contract" if archive else "contract-edit"
    return redirect(at, organisation=desk.organisation.slug, name=name)


@at_desk(May.CHANGE_CONTRACTS)
def by_file(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Take an amendment, a rate table or the contract's workbook; show what it would change."""
    folder = queries.folder_of(desk, name)
    form = FileForm(request.POST or None, request.FILES or None, tables=tables_in(folder))
    shown: dict[str, object] = {"name": name, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "contracts/by_file.html", shown, status=422 if form.errors else 200)
    said, file = form.cleaned_data, form.cleaned_data["file"]
    content = file.read()
    try:
        fill = filled_by(said["kind"], file.name, content, said["target"])
        found = filled_seen(desk.organisation.folder, folder, fill)
    except ContractError as problem:
        return render(request, "contracts/by_file.html", {**shown, "problems": problem.problems}, status=422)
    except EvenhandError as problem:
        return render(request, "contracts/by_file.html", {**shown, "refusal": str(problem)}, status=422)
    given = {"kind": said["kind"], "target": said["target"], "file_name": file.name}
    sent = {**given, "content": base64.b64encode(content).decode(), "based_on": queries.state_of(folder)}
    return render(request, "contracts/by_file.html", {**shown, "seen": found, "keep": KeepForm(initial=sent)})


@at_desk(May.CHANGE_CONTRACTS)
def keep(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Keep what was shown."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        return redirect("contract-by-file", organisation=desk.organisation.slug, name=name)
    try:
        actions.take_file(desk, name, (form.cleaned_data["file_name"], _fill(form)), form.sent)
        messages.success(request, "Kept. The version before is under Versions.")
    except DoneBeforeError:
        pass
    except EvenhandError as problem:
        messages.error(request, str(problem))
        return redirect("contract-by-file", organisation=desk.organisation.slug, name=name)
    return redirect("contract", organisation=desk.organisation.slug, name=name)


def _fill(form: KeepForm) -> Fill:
    said = form.cleaned_data
    try:
        content = base64.b64decode(said["content"], validate=True)
    except binascii.Error as problem:
        raise UsageError("the file did not arrive whole; send it again") from problem
    return filled_by(said["kind"], said["file_name"], content, said["target"])


@at_desk(May.SEE)
def workbook(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The contract as a workbook a negotiator can edit."""
    return attachment(queries.workbook_of(queries.folder_of(desk, name)), f"{name}.xlsx", XLSX)
