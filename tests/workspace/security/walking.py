"""Walking the site as an attacker would: every page opened, every form found on it filled in and sent."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, resolve
from tests.workspace.security.conftest import every_address

#: What ends the walk or takes away what it walks on.
NOT_SENT = {
    "account_logout",
    "end-session",
    "end-membership",
    "roles",
    "seers",
    "account_change_password",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "delivery-give-up",
    "load-take-out",
    "round-close",
    "negotiation-undo",
    "task-cancel",
}
_WORDS = ("text", "search", "tel", "url", "")


@dataclass
class Found:
    """A form as it stands on a page: where it goes, what it holds, which of it one can write into."""

    action: str
    held: dict[str, str] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    def filled(self, said: str, name: str, content: bytes) -> dict[str, Any]:
        """What is sent: text everywhere one can write, a file of this name wherever one is taken."""
        sent: dict[str, Any] = {**self.held, **dict.fromkeys(self.words, said)}
        return sent | {one: SimpleUploadedFile(name, content) for one in self.files}


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here
        self.forms: list[Found] = []
        self._form: Found | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {key: value or "" for key, value in attrs}
        if tag == "form" and told.get("method", "get").lower() == "post":
            self._form = Found(told.get("action") or told.get("hx-post") or self.here)
            self.forms.append(self._form)
        elif self._form is not None:
            self._part(self._form, tag, told)

    def _part(self, form: Found, tag: str, told: dict[str, str]) -> None:
        name, kind = told.get("name", ""), told.get("type", "text").lower()
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in told or self._select not in form.held):
            form.held[self._select] = told.get("value", "")
        elif not name:
            return
        elif tag == "textarea" or (tag == "input" and kind in (*_WORDS, "email", "password")):
            form.words.add(name)
        elif kind == "file":
            form.files.add(name)
        elif tag == "input" and (kind not in ("checkbox", "radio") or "checked" in told or name not in form.held):
            form.held[name] = told.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            self._select = ""


def forms_on(answer: Any, here: str) -> list[Found]:
    """The forms of a page that change something."""
    reader = _Reader(here)
    if is_page(answer):
        reader.feed(answer.content.decode())
    return [one for one in reader.forms if one.action.startswith("/") and resolve_name(one.action) not in NOT_SENT]


def resolve_name(at: str) -> str:
    """The name of the page at an address."""
    return resolve(at.partition("?")[0].partition("#")[0]).url_name or ""


def is_page(answer: HttpResponseBase) -> bool:
    """Whether a browser would read it as markup."""
    return not answer.streaming and answer.headers.get("Content-Type", "").startswith(("text/html", "image/svg"))


def addresses(url: Callable[..., str]) -> Iterator[tuple[str, str, URLPattern]]:
    """Every address of the site with real objects in it."""
    for name, pattern in every_address():
        if name not in ("account_logout", "executive_stream"):
            yield name, url(name, pattern), pattern


def sent_everywhere(
    client: Client, places: Iterable[str], said: str, file: tuple[str, bytes]
) -> Iterator[tuple[str, Any]]:
    """Send every form of every page, each with a key of its own; the addresses, and what came back."""
    done: set[tuple[str, frozenset[str]]] = set()
    for place in places:
        for form in forms_on(client.get(place), place):
            mark = (form.action, frozenset(form.words | form.files))
            if mark in done:
                continue
            done.add(mark)
            if "key" in form.held:
                form.held["key"] = secrets.token_urlsafe(24)
            yield form.action, client.post(form.action, form.filled(said, *file))
