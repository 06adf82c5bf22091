"""Documents to take away, and the comparison of all rounds: made by tasks, fetched here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.workspace.negotiations import queries
from evenhand.workspace.negotiations.showing import at, done, page
from evenhand.workspace.negotiations.work import COMPARE, DOCUMENTS, documents_folder
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.queries import last

#: What each document is, and whom it is for.
PAPERS = {
    "positions": ("Position sheet", "every issue with our positions; for our own side only"),
    "comparison": ("Offer comparison", "all rounds side by side in dollars; for our own side only"),
    "letter": ("Proposal letter", "to the other side, without anything that is ours alone"),
    "one-pager": ("One-pager", "for executives; for our own side only"),
}


@at_desk(May.SEE_POSITIONS)
def documents(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """The documents as they were last made."""
    given = queries.opened(desk, name)
    task = last(desk, f"{DOCUMENTS} {name}")
    left_out = task.result["left_out"] if task and task.result else {}
    told = {"papers": _papers(documents_folder(desk.organisation, name), name), "task": task, "left_out": left_out}
    return page(request, desk, given, "negotiations/documents.html", told)


def _papers(folder: Path, name: str) -> list[dict[str, Any]]:
    found = sorted(file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else []
    made = []
    for key, (title, says) in PAPERS.items():
        files = [file.name for file in found if file.stem == f"{name}-{key}"]
        made.append({"title": title, "says": says, "files": files, "key": key})
    return made


@require_POST
@at_desk(May.SEE_POSITIONS)
def make(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have the documents made as the negotiation stands now."""
    given, key = queries.opened(desk, name), sent_key(request)

    def act() -> object:
        asked = {"name": name, "request": key}
        return enqueue(desk, DOCUMENTS, asked, title=f"Documents: {given.found.name}", key=f"{DOCUMENTS} {name}")

    return done(request, act, "The documents are being made.", to=at("negotiation-documents", desk, name))


@at_desk(May.SEE_POSITIONS)
def fetch(request: HttpRequest, desk: Desk, name: str, file: str) -> HttpResponse:
    """One of the files."""
    queries.opened(desk, name)
    folder = documents_folder(desk.organisation, name)
    found = next((one for one in folder.iterdir() if one.name == file), None) if folder.is_dir() else None
    if found is None:
        raise Http404
    return attached(found.read_bytes(), found.name)


@require_POST
@at_desk(May.NEGOTIATE)
def compare(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have every round's worth worked out and kept with the rounds."""
    given, key = queries.opened(desk, name), sent_key(request)

    def act() -> object:
        return ask_comparison(desk, name, given.found.name, key)

    return done(request, act, "The rounds are being compared.", to=f"{at('negotiation', desk, name)}#rounds")


def ask_comparison(desk: Desk, name: str, called: str, key: str) -> object:
    """Have the rounds compared in dollars."""
    asked = {"name": name, "request": key}
    return enqueue(desk, COMPARE, asked, title=f"Compare the rounds: {called}", key=f"{COMPARE} {name}")
