"""Walking the site in a browser: every page as every role, each distinct page looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from playwright.sync_api import Browser
from tests.browser.workspace.album import Album
from tests.browser.workspace.conftest import Visit

from evenhand.workspace.people.models import Person

PHONE, DESKTOP = 390, 1280
REFUSAL = "You may not do this"
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
#: What is another each time a page is made.
_FRESH = re.compile(r'value="[\w-]{20,}"|<svg.*?</svg>', re.DOTALL)
_CONTROLS = re.compile(r'<(?:form|button|input|select|textarea|summary)\b|\bname="\w+"')


@dataclass
class Walk:
    """What was found on a walk through a site of a kind, "full" or "empty".

    ``seen`` are the pages looked at, ``judged`` those axe has looked at, ``files`` the addresses that are no page.
    """

    browser: Browser
    site: str
    kind: str
    album: Album
    seen: set[tuple[str, str]] = field(default_factory=set)
    judged: set[tuple[str, frozenset[str]]] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def entered(self, person: Person | None) -> Iterator[Walker]:
        """Somebody at the site, in a browser of their own; nobody has not signed in."""
        client = Client()
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        context = self.browser.new_context(viewport={"width": DESKTOP, "height": 900})
        context.add_cookies([{"name": n, "value": one.value, "url": self.site} for n, one in client.cookies.items()])
        yield Walker(self, client, Visit(context.new_page()), person.name if person else "nobody")
        context.close()

    def new(self, name: str, main: str) -> bool:
        """Whether nobody has seen this page as it is."""
        mark = (name, _FRESH.sub("", main))
        known = mark in self.seen
        self.seen.add(mark)
        return not known

    def unjudged(self, name: str, main: str) -> bool:
        """Whether axe has not seen the page with these things to fill in and press."""
        mark = (name, frozenset(_CONTROLS.findall(main)))
        known = mark in self.judged
        self.judged.add(mark)
        return not known


@dataclass
class Walker:
    """Somebody who walks: asks for a page, and looks at it in the browser if it is one nobody has seen."""

    walk: Walk
    client: Client
    visit: Visit
    called: str

    def __post_init__(self) -> None:
        page = self.visit.page
        page.on("console", lambda message: self.visit.said.append(message.text))
        page.on("pageerror", lambda error: self.visit.said.append(str(error)))
        page.on("request", lambda asked: self.visit.note(asked.url, self.walk.site))

    def opens(self, name: str, at: str) -> int:
        """Open an address.

        Returns:
            How it was answered.
        """
        answer = self.client.get(at)
        main, refused = _main(answer), answer.status_code == 403
        if refused and REFUSAL not in main:
            self.walk.complaints.append(f"{self.called}, {at}: refused without a word")
        if _is_file(answer):
            self.walk.files.add(name)
        called = "refused" if refused else name
        if main and (refused or answer.status_code == 200) and self.walk.new(called, main):
            self._looks(called, at, main)
        return int(answer.status_code)

    def _looks(self, name: str, at: str, main: str) -> None:
        visit, page = self.visit, self.visit.page
        visit.said.clear()
        visit.elsewhere.clear()
        page.set_viewport_size({"width": DESKTOP, "height": 900})
        page.goto(self.walk.site + at, wait_until="load")
        wrong = visit.complaints() if self.walk.unjudged(name, main) else visit.plain_complaints()
        self.walk.album.keep(page, name, self.walk.kind, DESKTOP)
        page.set_viewport_size({"width": PHONE, "height": 900})
        wrong += [f"on a phone {visit.sideways()} pixels too wide"] if visit.sideways() > 0 else []
        self.walk.album.keep(page, name, self.walk.kind, PHONE)
        told = [one for one in wrong if name != "refused" or "status of 403" not in one]
        self.walk.complaints += [f"{self.called}, {at}: {one}" for one in told]


def _main(answer: Any) -> str:
    """What a page is about; nothing for what is no whole page: files, parts of pages, answers to forms."""
    if _is_file(answer):
        return ""
    found = _MAIN.search(answer.content.decode())
    return found[0] if found else ""


def _is_file(answer: Any) -> bool:
    return answer.status_code == 200 and not answer.headers.get("Content-Type", "").startswith("text/html")


def walked(walker: Walker, places: Iterable[tuple[str, str]], expected: Callable[[str], set[int]]) -> None:
    """Open all of these, by name and address; what is answered otherwise than expected is a complaint.

    A file is taken out by one person only: others' leave is tested with the addresses, and some take a second to make.
    """
    for name, at in places:
        if name in walker.walk.files and 200 in expected(name):
            continue
        status = walker.opens(name, at)
        if status not in expected(name):
            walker.walk.complaints.append(f"{walker.called}, {at}: answered {status}")
