"""The papers that lie with a contract, for programs."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema

from evenhand.contracts.shelf import PAPERS
from evenhand.workspace.api.paging import Asked, Page, paged
from evenhand.workspace.api.problems import FormError
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.sent import multipart
from evenhand.workspace.contracts import actions, queries
from evenhand.workspace.contracts.actions import Sent
from evenhand.workspace.contracts.forms import PaperForm
from evenhand.workspace.contracts.papers import Paper, papers_of
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.trail.actions import DoneBeforeError

room = Room("Documents")
_ALL = "/contracts/{contract}/documents"
_FORM = multipart(file="The document.", why="What it is.")


class PaperShown(Schema):
    """A document: who put it there, when, and what it is."""

    name: str
    size: int
    digest: str
    by: str
    at: datetime
    why: str


@room.get(_ALL, May.SEE, Page[PaperShown])
def listed(desk: Desk, contract: str, asked: Query[Asked]) -> dict[str, Any]:
    """What lies with a contract: signed copies, amendments as signed, letters."""
    return paged(papers_of(desk, contract), asked, _paper)


def _paper(one: Paper) -> dict[str, Any]:
    return {name: getattr(one, name) for name in PaperShown.model_fields}


@room.post(_ALL, May.CHANGE_CONTRACTS, Page[PaperShown], status=201, extra=_FORM)
def put(request: HttpRequest, desk: Desk, contract: str, key: str) -> dict[str, Any]:
    """Put a document with a contract; the answer is what lies there then."""
    queries.folder_of(desk, contract)
    form = PaperForm({"key": key, "why": request.POST.get("why", "")}, request.FILES)
    if not form.is_valid():
        raise FormError(form)
    with suppress(DoneBeforeError):
        actions.put_paper(desk, contract, form.cleaned_data["file"], form.sent)
    return listed(desk, contract, Asked(page=1, size=actions.MOST_PAPERS))


@room.file(f"{_ALL}/{{str:document}}", May.SEE)
def fetch(desk: Desk, contract: str, document: str) -> HttpResponse:
    """One document, to be saved."""
    found = queries.file_in(queries.folder_of(desk, contract), f"{PAPERS}/{document}")
    return attached(found.read_bytes(), found.name)


@room.post(f"{_ALL}/{{str:document}}/take-away", May.CHANGE_CONTRACTS, Page[PaperShown])
def take_away(desk: Desk, contract: str, document: str, key: str) -> dict[str, Any]:
    """Take a document away; the version before still has it. The answer is what lies there then."""
    queries.folder_of(desk, contract)
    with suppress(DoneBeforeError):
        actions.take_paper_away(desk, contract, document, Sent(None, key=key))
    return listed(desk, contract, Asked(page=1, size=actions.MOST_PAPERS))
