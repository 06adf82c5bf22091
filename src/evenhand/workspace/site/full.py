"""A disk that is full, told as such wherever it is met: before a view, in it, in an operation."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

from evenhand.claims.sources import FULL

STATUS = 507
SAYS = (
    "The disk is full. Nothing of this was kept, and nothing else was lost; "
    "ask who runs the server to make room, then send it again."
)


def is_full(problem: BaseException | None) -> bool:
    """Whether this says that a disk is full."""
    return isinstance(problem, OSError) and problem.errno in FULL


def told(request: HttpRequest) -> HttpResponse:
    """The page for what nobody foresaw; a full disk is named."""
    if is_full(sys.exc_info()[1]):
        return render(request, "507.html", {"says": SAYS}, status=STATUS)
    return server_error(request)
