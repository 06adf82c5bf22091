"""A person's own page, and where somebody without an invitation ends."""

from __future__ import annotations

from typing import cast

from allauth.account.views import password_reset
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.workspace.people import actions, queries
from evenhand.workspace.people.forms import NameForm
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.actions import DoneBeforeError


@login_required
def own(request: HttpRequest) -> HttpResponse:
    """One's name, how one signs in, where one is signed in."""
    person = cast(Person, request.user)
    form = NameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename(person, form.cleaned_data["name"], key=form.cleaned_data["key"])
        except DoneBeforeError:
            person.refresh_from_db()
        messages.success(request, "Your name is kept.")
        return redirect("own")
    told = {
        "form": form,
        "factors": queries.factors(person),
        "demanded": settings.SECOND_FACTOR_DEMANDED,
        "sessions": queries.sessions(person),
    }
    return render(request, "people/own.html", told, status=422 if form.errors else 200)


@login_required
@require_POST
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """Sign out somewhere else, or here."""
    actions.end_session(cast(Person, request.user), number)
    messages.success(request, "The session was ended.")
    return redirect("own")


def uninvited(request: HttpRequest) -> HttpResponse:
    """How one gets in: by an invitation."""
    return render(request, "account/signup_closed.html", {"empty": queries.nobody_yet()})


def forgotten(request: HttpRequest) -> HttpResponse:
    """A link to a new password by letter; where no letters are sent, whom to ask."""
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return render(request, "people/no-letters.html")
    return cast(HttpResponse, password_reset(request))


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Second factors are on one's own page."""
    return redirect("own")
