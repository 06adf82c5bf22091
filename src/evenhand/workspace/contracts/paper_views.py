"""The papers that lie with a contract: looked at, put there, taken away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.contracts.shelf import PAPERS
from evenhand.errors import ContractError, EvenhandError
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.forms import PaperForm
from evenhand.workspace.contracts.papers import papers_of
from evenhand.workspace.contracts.views import part_of
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.downloads import attachment
from evenhand.workspace.site.forms import new_key, sent_key
from evenhand.workspace.trail.actions import DoneBeforeError


@at_desk(May.SEE)
def papers(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The papers, and a form to put another one there."""
    return _page(request, desk, name, PaperForm())


def _page(request: HttpRequest, desk: Desk, name: str, form: PaperForm, **more: object) -> HttpResponse:
    shown = {**part_of(desk, name), "papers": papers_of(desk, name), "form": form, "key": new_key(), **more}
    status = 422 if form.errors or more else 200
    return render(request, "contracts/papers.html", shown, status=status)


@require_POST
@at_desk(May.CHANGE_CONTRACTS)
def put(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Put a paper there."""
    queries.folder_of(desk, name)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, desk, name, form)
    try:
        actions.put_paper(desk, name, form.cleaned_data["file"], form.sent)
        messages.success(request, "Kept with the contract.")
    except DoneBeforeError:
        pass
    except ContractError:
        return _page(request, desk, name, form, refusal="the contract cannot be read; mend its text first")
    except EvenhandError as problem:
        return _page(request, desk, name, form, refusal=str(problem))
    return redirect("contract-documents", organisation=desk.organisation.slug, name=name)


@require_POST
@at_desk(May.CHANGE_CONTRACTS)
def take_away(request: HttpRequest, desk: Desk, name: str, file: str) -> HttpResponse:
    """Take one away; the version before still has it."""
    queries.file_in(queries.folder_of(desk, name), f"{PAPERS}/{file}")
    try:
        actions.take_paper_away(desk, name, file, Sent(None, key=sent_key(request)))
        messages.success(request, f"{file} is taken away. The version before still has it.")
    except DoneBeforeError:
        pass
    except EvenhandError as problem:
        messages.error(request, str(problem))
    return redirect("contract-documents", organisation=desk.organisation.slug, name=name)


@at_desk(May.SEE)
def earlier(request: HttpRequest, desk: Desk, name: str, stamp: str, file: str) -> HttpResponse:
    """A paper of an earlier version, to be saved."""
    found = queries.file_in(queries.earlier_folder(desk, name, stamp), f"{PAPERS}/{file}")
    return attachment(found.read_bytes(), found.name)
