"""Headers of every answer, strict and the same everywhere; and errors a person can act on, told on a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

from evenhand.errors import ConflictError, EvenhandError

_OWN = ("'self'",)
_OFF = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)

Answer = Callable[[HttpRequest], HttpResponseBase] | Callable[[HttpRequest], Awaitable[HttpResponseBase]]


def content_policy() -> str:
    """What a page may load and where its forms may go.

    ``FORM_ORIGINS`` in the settings names other origins a form may lead to: a provider of sign-in, to which the
    answer to a form of this site redirects.
    """
    rules = {
        "default-src": ("'none'",),
        "script-src": _OWN,
        "style-src": _OWN,
        "img-src": (*_OWN, "data:"),
        "font-src": _OWN,
        "connect-src": _OWN,
        "form-action": (*_OWN, *getattr(settings, "FORM_ORIGINS", ())),
        "frame-ancestors": ("'none'",),
        "base-uri": ("'none'",),
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def headers() -> dict[str, str]:
    """The headers; an answer that sets one of them itself keeps its own."""
    return {
        "Content-Security-Policy": content_policy(),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _OFF),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }


@sync_and_async_middleware
def strict_headers(get_response: Answer) -> Answer:
    """Put the headers on every answer; the site's own files say themselves how long they may be kept."""
    given = headers()

    def with_headers(response: HttpResponseBase) -> HttpResponseBase:
        for name, value in given.items():
            response.headers.setdefault(name, value)
        return response

    if iscoroutinefunction(get_response):

        async def later(request: HttpRequest) -> HttpResponseBase:
            return with_headers(await get_response(request))

        return later

    def at_once(request: HttpRequest) -> HttpResponseBase:
        return with_headers(get_response(request))  # type: ignore[arg-type]

    return at_once


class BrowsersMethods(MiddlewareMixin):
    """Pages are opened and sent forms, nothing else; only the API knows more methods, and says itself which."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Refuse the others."""
        known = ("GET", "HEAD", "POST")
        return None if request.method in known or request.path.startswith("/api/") else HttpResponseNotAllowed(known)


class ToldErrors(MiddlewareMixin):
    """An error of the engine that no view has told itself becomes a page that says what is wrong: 422, or 409."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page; nothing for what is no error of the engine."""
        if not isinstance(exception, EvenhandError):
            return None
        desk, says = getattr(request, "desk", None), str(exception)
        if desk is not None:  # the server's folders help nobody at a desk
            says = says.replace(f"{desk.organisation.folder}/", "").replace(f" at {desk.organisation.folder}", "")
        status = 409 if isinstance(exception, ConflictError) else 422
        return render(request, "422.html", {"says": says.splitlines()}, status=status)
