"""Documents to take away, and the comparison of all rounds: made by tasks, fetched here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand.workspace.negotiations import asking, queries
from evenhand.workspace.negotiations.showing import at, done, page
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.site.files import attached
from evenhand.workspace.site.forms import sent_key

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
    task = asking.last_documents(desk, name)
    told = {"papers": _papers(desk, name), "task": task, "left_out": asking.left_out_of(task)}
    return page(request, desk, given, "negotiations/documents.html", told)


def _papers(desk: Desk, name: str) -> list[dict[str, Any]]:
    found, made = asking.documents_of(desk, name), []
    for key, (title, says) in PAPERS.items():
        files = [file.name for file in found if file.stem == f"{name}-{key}"]
        made.append({"title": title, "says": says, "files": files, "key": key})
    return made


@require_POST
@at_desk(May.SEE_POSITIONS)
def make(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have the documents made as the negotiation stands now."""
    given, key = queries.opened(desk, name), sent_key(request)

    to = at("negotiation-documents", desk, name)
    return done(request, lambda: asking.ask_documents(desk, given, key=key), "The documents are being made.", to=to)


@at_desk(May.SEE_POSITIONS)
def fetch(request: HttpRequest, desk: Desk, name: str, file: str) -> HttpResponse:
    """One of the files."""
    queries.opened(desk, name)
    found = asking.document_of(desk, name, file)
    return attached(found.read_bytes(), found.name)


@require_POST
@at_desk(May.NEGOTIATE)
def compare(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """Have every round's worth worked out and kept with the rounds."""
    given, key = queries.opened(desk, name), sent_key(request)

    to = f"{at('negotiation', desk, name)}#rounds"
    return done(request, lambda: asking.ask_comparison(desk, given, key=key), "The rounds are being compared.", to=to)
