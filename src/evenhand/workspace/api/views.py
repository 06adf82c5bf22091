"""A person's tokens: made, shown once, revoked; and a plain page that lists the operations."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.workspace.api import actions, queries
from evenhand.workspace.api.forms import TokenForm
from evenhand.workspace.api.models import Token
from evenhand.workspace.api.on_pages import ON_PAGES
from evenhand.workspace.api.site import operations
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.people.models import Person
from evenhand.workspace.site.forms import sent_key
from evenhand.workspace.trail.actions import DoneBeforeError


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens there are; a new one is shown in the very answer that made it, and never again."""
    person = cast(Person, request.user)
    form = TokenForm(request.POST or None, person=person)
    told: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            told["made"], told["secret"] = _make(person, form)
            form = TokenForm(person=person)
        except PermissionDenied as problem:
            form.add_error("scopes", str(problem))
        except DoneBeforeError:
            messages.warning(
                request, "That token was made already; its secret was shown then. Revoke it and make another."
            )
            return redirect("tokens")
    told |= {"form": form, "tokens": queries.tokens(person)}
    return render(request, "api/tokens.html", told, status=422 if form.errors else 200)


def _make(person: Person, form: TokenForm) -> tuple[Token, str]:
    told = form.cleaned_data
    return actions.make(desk_of(person, told["organisation"].slug), form.wanted(), key=told["key"])


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Make one open nothing any more."""
    try:
        actions.revoke(cast(Person, request.user), number, key=sent_key(request))
        messages.success(request, "Revoked. Whoever uses it is refused from now on.")
    except DoneBeforeError:
        pass
    return redirect("tokens")


@login_required
def about(request: HttpRequest) -> HttpResponse:
    """What operations there are, in plain lines."""
    return render(request, "api/about.html", {"operations": operations(), "on_pages": ON_PAGES})
