"""Entering as one of the ready people: only where the settings say that this is a demo."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from evenhand.workspace.people.actions import enter_as
from evenhand.workspace.people.models import Person
from evenhand.workspace.ready.people import PEOPLE


@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Choose whom to look around as."""
    if not settings.CONFIGURATION.demo:
        raise Http404
    if request.method != "POST":
        return render(request, "ready/enter.html", {"people": PEOPLE})
    known = {ready.email for ready in PEOPLE}
    if request.POST.get("email") not in known:
        raise Http404
    return enter_as(request, get_object_or_404(Person, email=request.POST["email"]))
