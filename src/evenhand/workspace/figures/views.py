"""Asking again for an answer that failed."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from evenhand.workspace.figures.actions import ask_again
from evenhand.workspace.organisations.desk import Desk, at_desk
from evenhand.workspace.organisations.policy import May


@require_POST
@at_desk(May.SEE)
def again(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Have it worked out anew and go back to the page."""
    try:
        ask_again(desk, request.POST.get("question", ""), dict(json.loads(request.POST.get("given", "{}"))))
    except (LookupError, ValueError, TypeError, RecursionError):
        return HttpResponseBadRequest("No such question.")
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("portfolio", organisation=desk.organisation.slug)
