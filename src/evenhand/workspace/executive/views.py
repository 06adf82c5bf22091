"""The executive's page: seen, live, and on paper."""

from __future__ import annotations

from django.core.handlers.asgi import ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from evenhand.workspace.executive.board import board
from evenhand.workspace.executive.live import changes
from evenhand.workspace.executive.paper import board_pdf
from evenhand.workspace.executive.queries import state_of
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.portfolio.queries import begun, may_begin
from evenhand.workspace.site.downloads import attachment


@at_desk(May.SEE)
def executive(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One screen for who decides."""
    if not begun(desk):
        return render(request, "portfolio/new.html", may_begin(desk))
    return render(request, "executive/executive.html", {"board": board(desk, timezone.localdate())})


@at_desk(May.SEE)
def stream(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Server-sent events: the page asks for itself anew when one comes.

    A server that cannot hold a connection open without a thread of its own says so: the browser then asks no more.
    """
    if not isinstance(request, ASGIRequest):
        return HttpResponse(status=204)

    def state() -> str:
        close_old_connections()
        return state_of(desk)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingHttpResponse(changes(state), content_type="text/event-stream", headers=headers)


@at_desk(May.SEE)
def pdf(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page as a PDF, to be saved."""
    today = timezone.localdate()
    return attachment(board_pdf(desk, today, request), f"{desk.organisation.slug}-{today}.pdf", "application/pdf")
