"""Every page of the site as each role in a real browser; a page added anywhere is walked without being named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser.workspace.album import Album
from tests.browser.workspace.walking import Walk, Walker, walked
from tests.workspace.conftest import PASSWORD, book_folder, book_template  # noqa: F401
from tests.workspace.security.conftest import every_address, objects, parts_of, url  # noqa: F401
from tests.workspace.security.test_permissions import PUBLIC, leave_of

from evenhand.workspace.figures.queries import answer
from evenhand.workspace.organisations.actions.inviting import invite
from evenhand.workspace.organisations.actions.starting import STARTERS, first_token, start
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Organisation, Role, Side
from evenhand.workspace.organisations.policy import allowed
from evenhand.workspace.payments.choosing import Chosen
from evenhand.workspace.payments.models import Matter
from evenhand.workspace.payments.packets import ask_packet
from evenhand.workspace.people.models import Person
from evenhand.workspace.ready.fill import fill
from evenhand.workspace.ready.people import PEOPLE
from evenhand.workspace.ready.work import work
from evenhand.workspace.tasks.actions import cancel
from evenhand.workspace.tasks.models import Task
from evenhand.workspace.tasks.worker import run_waiting

Places = list[tuple[str, str]]
_LEAVES = {name: leave_of(pattern) for name, pattern in every_address()}
#: What ends the walk, or never ends itself.
_NOT_OPENED = {"account_logout", "executive_stream"}
#: Roles in the order of the walk: who may open most comes first, so that most is looked at once.
_WALKERS = (Role.LEAD, *(role for role in Role if role != Role.LEAD))
#: What a page may answer to whoever may open it: it, somewhere else, only forms, nothing of this name, not so asked.
_ANSWERS = {200, 302, 400, 404, 405, 422}


@pytest.fixture
def own(transactional_db: None, book_folder: Path) -> Organisation:  # noqa: F811
    """The demo's practice, with its figures worked out and payments in dispute."""
    practice, _ = fill(book_folder)
    work(practice, lambda _: None)
    return practice


@pytest.fixture
def people(own: Organisation) -> dict[str, Person]:
    """The demo's people by their roles; one has a password, one looks after the installation."""
    found = {str(role): Person.objects.get(email=ready.email) for ready in PEOPLE for role in ready.roles}
    found["lead"].set_password(PASSWORD)
    found["administrator"].is_operator = True
    for one in found.values():
        one.save()
    return found


@pytest.fixture
def places(own: Organisation, people: dict[str, Person], objects: dict[str, Any], url: Any) -> Places:  # noqa: F811
    """Every page with its address, with objects in it that are worth a look."""
    desk = desk_of(people["lead"], own.slug)
    cancel(desk, Task.objects.get(pk=objects["task"]))  # it asks for nothing that could be worked out
    answer(desk, "terms", contract=objects["contract"])
    matter = Matter.objects.filter(steps__isnull=False).exclude(pk=objects["matter"]).first()
    assert matter is not None
    packet = ask_packet(desk, Chosen(), key="walked", numbers=[matter.pk])
    run_waiting()
    token = invite(desk, "lee@cedarridge.example", [Role.ANALYST])
    objects.update({"matter": matter.pk, "packet": packet.pk, "invitation:token": token})
    return [(name, url(name, pattern)) for name, pattern in every_address() if name not in _NOT_OPENED]


@pytest.fixture
def walk(
    browser: Browser, live_server: LiveServer, a_log_that_can_be_cleared: None, settings: Settings, request: Any
) -> Iterator[Walk]:
    """A walk of which pictures are taken, if somebody asked for them."""
    settings.GALLERY, settings.CONFIGURATION = True, replace(settings.CONFIGURATION, demo=True)
    kind = "empty" if "empty" in request.node.name else "full"
    made = Walk(browser, live_server.url, kind, Album.asked())
    yield made
    made.album.index()


def _leave(name: str, roles: Iterable[Role]) -> set[int]:
    """How somebody with these roles may be answered."""
    leave = _LEAVES[name]
    if leave is None:  # one's own: refused, for one, to whoever has no password
        return _ANSWERS | {403}
    return _ANSWERS if leave in allowed(roles) else {403, 405}


def test_every_page_as_each_role(walk: Walk, places: Places, people: dict[str, Person]) -> None:
    with walk.entered(None) as nobody:
        walked(nobody, [(name, at) for name, at in places if name in PUBLIC], lambda _: _ANSWERS)
    for role in _WALKERS:
        with walk.entered(people[str(role)]) as walker:
            walked(walker, places, partial(_leave, roles=[role]))
    assert not walk.complaints, "\n".join(walk.complaints)


def test_every_page_of_an_empty_organisation(walk: Walk, transactional_db: None, settings: Settings) -> None:
    with walk.entered(None) as nobody:
        walked(nobody, [("first", reverse("first", args=[first_token()]))], lambda _: {200})
    founder = Person.objects.create_user("dana@maple.example", name="Dana Whitfield")
    new = start(founder, "Maple Street Clinic", Side.PROVIDER)
    alone = [name for name, pattern in every_address() if set(parts_of(pattern)) == {"organisation"}]
    with walk.entered(founder) as walker:
        for name in alone:
            if name not in _NOT_OPENED:
                at = reverse(name, args=[new.slug])
                walked(walker, [(name, at)], partial(_leave, roles=STARTERS))
                walk.complaints += [] if _leads_on(walker, at) else [f"{name}: nothing to do next"]
    assert not walk.complaints, "\n".join(walk.complaints)


def _leads_on(walker: Walker, at: str) -> bool:
    """Whether a page, if it is one, has something to go to or to fill in."""
    page = walker.visit.page
    return not page.url.endswith(at) or page.locator("main :is(a[href], form, button)").count() > 0
