"""Pages of the running site in a real browser, with everything they say, ask for and lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from tests.browser.workspace.album import Album

from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.trail.guard import unguarded

Scheme = Literal["light", "dark"]
LOOKS: tuple[tuple[int, Scheme], ...] = ((390, "dark"), (1280, "light"))
AXE = Axe()
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WANTED = {"runOnly": _RULES, "resultTypes": ["violations"]}  # telling of what is right takes longer than to look


@dataclass
class Visit:
    """A page that was opened: what it said on the console, and which other hosts it asked."""

    page: Page
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def note(self, asked: str, here: str) -> None:
        """Keep an address that is none of this site."""
        if not asked.startswith((here, "data:")):
            self.elsewhere.append(asked)

    def faults(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA, one line each."""
        found = AXE.run(self.page, options=_WANTED).response["violations"]
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    def sideways(self) -> int:
        """How many pixels the page is wider than its window."""
        over: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return over

    def plain_complaints(self) -> list[str]:
        """What must be empty and is known at once: all but what axe finds."""
        over = [f"{self.sideways()} pixels too wide"] if self.sideways() > 0 else []
        return [*self.said, *self.elsewhere, *over]

    def complaints(self) -> list[str]:
        """Everything that must be empty."""
        return [*self.plain_complaints(), *self.faults()]

    def complaints_in_any_look(self) -> list[str]:
        """Complaints as on a desk in daylight and as on a phone in the dark, of the same page one after the other."""
        found: list[str] = []
        before = self.page.viewport_size
        for width, scheme in LOOKS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)
            found += [f"{width}, {scheme}: {one}" for one in self.complaints()]
        if before:
            self.page.set_viewport_size(before)
        return found


Visitor = Callable[..., Visit]


@pytest.fixture(scope="module", autouse=True)
def beside_a_browser() -> Iterator[None]:
    """Let the database be used: the browser's loop runs in the thread of the tests, but nothing of Django is in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
        yield


@pytest.fixture(scope="module")
def a_log_that_can_be_cleared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the tables be emptied after each test, as a running site needs; else the log would refuse it."""
    with django_db_blocker.unblock(), unguarded(connection):
        yield


@pytest.fixture
def visit(browser: Browser, a_log_that_can_be_cleared: None, live_server: LiveServer) -> Iterator[Visitor]:
    """Open an address of the running site, ``visit("/o/cedar/", width=390, scheme="dark")``.

    ``cookies`` are those of a client that is signed in, by name.
    """
    opened: list[Page] = []

    def opens(
        path: str, *, width: int = 1280, scheme: Scheme = "light", cookies: dict[str, str] | None = None
    ) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url} for name, value in (cookies or {}).items()]
        )
        visited = Visit(context.new_page())
        opened.append(visited.page)
        visited.page.on("console", lambda message: visited.said.append(message.text))
        visited.page.on("pageerror", lambda error: visited.said.append(str(error)))
        visited.page.on("request", lambda asked: visited.note(asked.url, live_server.url))
        visited.page.goto(live_server.url + path)
        visited.page.wait_for_load_state("networkidle")
        return visited

    yield opens
    for page in opened:
        page.context.close()


@pytest.fixture
def cookies_of() -> Callable[[Organisation, Role], dict[str, str]]:
    """The cookies of somebody who works in an organisation as this."""

    def made(organisation: Organisation, role: Role) -> dict[str, str]:
        person = Person.objects.create_user(f"{role}@cedar.example", name=f"{role.label} Ames")
        Membership.objects.create(person=person, organisation=organisation, role=role)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return {name: morsel.value for name, morsel in client.cookies.items()}

    return made


@pytest.fixture
def pictured() -> Callable[..., None]:
    """Keep a picture of a page in the folder ``EVENHAND_PICTURES`` names, if it names one."""
    return Album.asked().keep
