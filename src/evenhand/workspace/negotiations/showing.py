"""What all pages of one negotiation share: its tabs, its crumbs, what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from evenhand.errors import ConflictError, EvenhandError
from evenhand.workspace.negotiations.queries import notice_days, who_answers
from evenhand.workspace.negotiations.reading import Reading
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.trail.actions import DoneBeforeError

#: What the browser shows in place of what it sent: the same part, with what is wrong in it.
REFUSED = 422
_TABS = (
    ("Issues and rounds", "negotiation", May.SEE),
    ("What if", "negotiation-what-if", May.SEE_POSITIONS),
    ("Preparation", "negotiation-preparation", May.SEE_POSITIONS),
    ("Talks", "talks", May.SEE_POSITIONS),
    ("Escalation", "escalation", May.SEE_POSITIONS),
    ("Documents", "negotiation-documents", May.SEE_POSITIONS),
    ("History", "negotiation-history", May.SEE_TRAIL),
)


def page(
    request: HttpRequest, desk: Desk, given: Reading, template: str, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of one negotiation."""
    slug = desk.organisation.slug
    told = {
        "given": given,
        "found": given.found,
        "tabs": tabs(request, desk, given.name),
        "crumbs": [("Negotiations", reverse("negotiations", args=[slug]))],
        "sees": desk.may(May.SEE_POSITIONS),
        "negotiates": desk.may(May.NEGOTIATE),
        "answers": who_answers(given.found),
        "notice": notice_days(given),
    }
    return render(request, template, told | more, status=status)


def tabs(request: HttpRequest, desk: Desk, name: str) -> list[tuple[str, str, bool]]:
    """The pages of this negotiation that this person may open."""
    found = []
    for title, address, may in _TABS:
        try:
            url = reverse(address, args=[desk.organisation.slug, name])
        except NoReverseMatch:
            continue
        if desk.may(may):
            found.append((title, url))
    here = max((url for _, url in found if request.path.startswith(url)), key=len, default="")
    return [(title, url, url == here) for title, url in found]


def done(request: HttpRequest, act: Callable[[], object], said: str, *, to: str) -> HttpResponse:
    """Do something and go to a page that says so; what was refused is said there, too."""
    try:
        act()
    except DoneBeforeError:
        pass  # the form was sent twice: it is done
    except ConflictError as problem:
        messages.error(request, f"{problem}. Look at it as it is now, and decide again.")
        return redirect(to)
    except EvenhandError as problem:
        messages.error(request, str(problem))
        return redirect(to)
    messages.success(request, said)
    return redirect(to)


def at(address: str, desk: Desk, *args: Any) -> str:
    """The path of a page of this organisation."""
    return reverse(address, args=[desk.organisation.slug, *args])
