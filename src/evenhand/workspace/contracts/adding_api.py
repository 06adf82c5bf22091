"""Contracts added, and changed by files, for programs; the workbook and every file of one, to be saved."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse

from evenhand.workspace.api.problems import FormError
from evenhand.workspace.api.room import Stated
from evenhand.workspace.api.sent import multipart
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.api import ContractChecked, ContractShown, checked, one, room
from evenhand.workspace.contracts.drafts import filled_seen
from evenhand.workspace.contracts.forms import FileForm, NewForm
from evenhand.workspace.contracts.uploads import Fill, filled_by, filled_new, tables_in
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.trail.actions import DoneBeforeError

__all__ = ("room",)  # one address has one room: a contract is added where the contracts are listed

_ONE = "/contracts/{contract}"
_NEW = multipart(name="Its short name.", archive="The contract's folder as a zip file.", why="Why it is added.")
_FILE = {
    "kind": "`amendment`, `table` or `workbook`.",
    "target": "The rate table it takes the place of, where it is a table.",
    "file": "The file.",
}
_CHECK, _KEEP = multipart(**_FILE), multipart(**_FILE, why="Why it is changed.")


@room.post("/contracts", May.CHANGE_CONTRACTS, ContractShown, status=201, extra=_NEW)
def add(request: HttpRequest, desk: Desk, key: str) -> Stated:
    """Add a contract: its folder as an archive; without one, a commented contract to edit is begun."""
    form = NewForm({**request.POST.dict(), "key": key}, request.FILES)
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        actions.add(desk, form.cleaned_data["name"], filled_new(form.cleaned_data["archive"]), form.sent)
    return one(desk, form.cleaned_data["name"])


@room.post(f"{_ONE}/files/check", May.CHANGE_CONTRACTS, ContractChecked, extra=_CHECK)
def check_file(request: HttpRequest, desk: Desk, contract: str) -> dict[str, Any]:
    """Read an amendment, a rate table or the contract's workbook without keeping it: what it would change."""
    folder = queries.folder_of(desk, contract)
    return checked(filled_seen(desk.organisation.folder, folder, _sent(request, desk, contract)[1]))


@room.post(f"{_ONE}/files", May.CHANGE_CONTRACTS, ContractShown, extra=_KEEP)
def take_file(request: HttpRequest, desk: Desk, contract: str, key: str, state: str) -> Stated:
    """Keep a contract as a file changes it; the version before is kept, too."""
    why = " ".join(request.POST.get("why", "").split())[:500]
    with suppress(DoneBeforeError):
        actions.take_file(desk, contract, _sent(request, desk, contract), Sent(state, why, key))
    return one(desk, contract)


@room.file(f"{_ONE}/workbook", May.SEE)
def workbook(desk: Desk, contract: str) -> HttpResponse:
    """The contract as a workbook a negotiator can edit; sent back as a file, it changes the contract."""
    return attached(queries.workbook_of(queries.folder_of(desk, contract)), f"{contract}.xlsx")


@room.file(f"{_ONE}/files/{{path:where}}", May.SEE)
def file(desk: Desk, contract: str, where: str) -> HttpResponse:
    """One file of the contract's folder."""
    found = queries.file_in(queries.folder_of(desk, contract), where)
    return attached(found.read_bytes(), found.name)


def _sent(request: HttpRequest, desk: Desk, contract: str) -> tuple[str, Fill]:
    """The file of a request: its name, and what it does to a draft."""
    form = FileForm(request.POST, request.FILES, tables=tables_in(queries.folder_of(desk, contract)))
    if not form.is_valid():
        raise FormError(form)
    said, sent = form.cleaned_data, form.cleaned_data["file"]
    return sent.name, filled_by(said["kind"], sent.name, sent.read(), said["target"])
