"""Signing in and what people change about it goes into the site's own log."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.http import HttpRequest

from evenhand.workspace.people.callers import address_of
from evenhand.workspace.people.models import Person


def start() -> None:
    """Listen to allauth."""
    account.user_logged_in.connect(_signed_in)
    account.password_changed.connect(_password)
    account.password_set.connect(_password)
    account.password_reset.connect(_password)
    mfa.authenticator_added.connect(_added)
    mfa.authenticator_removed.connect(_removed)


def _signed_in(request: HttpRequest, user: Person, **more: Any) -> None:
    _told("signed in", request, user, f"from {address_of(request)}")


def _password(request: HttpRequest, user: Person, **more: Any) -> None:
    _told("set a new password", request, user)


def _added(request: HttpRequest, user: Person, authenticator: Any, **more: Any) -> None:
    _told("set up a second factor", request, user, authenticator.get_type_display())


def _removed(request: HttpRequest, user: Person, authenticator: Any, **more: Any) -> None:
    _told("removed a second factor", request, user, authenticator.get_type_display())


def _told(what: str, request: HttpRequest, person: Person, after: str = "") -> None:
    from evenhand.workspace.trail.actions import Deed, recorded

    with recorded(Deed(what, "person", person.email, person)) as draft:
        draft.after = after
