"""What holds for every request of somebody signed in: sessions last while one clicks, a second factor is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect

_SEEN = "seen"
_EVERY = 300
#: What somebody without a second factor may open: setting it up, saying again who they are, going away.
_WITHOUT = {
    "mfa_activate_totp",
    "account_reauthenticate",
    "account_logout",
    "account_login",
    "account_inactive",
    "invitation",
    "health",
}


class SlidingSession(MiddlewareMixin):
    """A session ends some hours after the last click; it is written anew every few minutes only.

    What a page asks by itself (a GET by HTMX) is no click: a page left open does not keep anybody signed in.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Lengthen the session when it was not for a while."""
        if "_auth_user_id" not in request.session or _by_itself(request):
            return
        now, seen = int(time.time()), request.session.get(_SEEN, 0)
        if now - seen >= min(_EVERY, settings.SESSION_COOKIE_AGE // 20):
            request.session[_SEEN] = now


class SecondFactor(MiddlewareMixin):
    """Whoever has no second factor yet is sent to set one up, where the site demands it."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let through, or send to the page where it is set up."""
        if not settings.SECOND_FACTOR_DEMANDED or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in _WITHOUT or is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return None
        asked_by_script = request.headers.get("HX-Request") == "true"
        there = redirect("mfa_activate_totp")
        return HttpResponseClientRedirect(there.url) if asked_by_script else there


def _by_itself(request: HttpRequest) -> bool:
    return request.method == "GET" and request.headers.get("HX-Request") == "true"
