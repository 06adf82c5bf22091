"""Markup in every place people write it: no page of the running site executes any of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog

from evenhand.negotiation.record import Issue, add_goal, add_issue
from evenhand.workspace.negotiations.actions import Request, changed
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.actions import enqueue
from evenhand.workspace.tasks.models import State, Task

MARKUP = "<img src=x onerror=alert(1)>\"'{{7*7}}<script>alert(2)</script>"
PAGES = ("", "contracts/", "negotiations/", "tasks/", "people/", "history/", "loading/", "talks/", "executive/")
OF_ONE = ("", "history/", "preparation/", "talks/", "rounds/new/")


@pytest.fixture
def hostile(transactional_db: None, demo_template: Path, tmp_path: Path) -> Organisation:
    """An organisation in which everything that can be called something is called so."""
    shutil.copytree(demo_template / "book", tmp_path / "book")
    return Organisation.objects.create(name=MARKUP, slug="cedar", book=str(tmp_path / "book"))


def test_no_page_runs_what_people_wrote(
    visit: Callable[..., Any], hostile: Organisation, cookies_of: Callable[[Organisation, Role], dict[str, str]]
) -> None:
    cookies = cookies_of(hostile, Role.LEAD)
    lead = Person.objects.get()
    Membership.objects.create(person=lead, organisation=hostile, role=Role.ADMINISTRATOR)
    desk = desk_of(lead, "cedar")
    name = desk.negotiations()[0].name
    changed(desk, name, Request(MARKUP, "k1", why=MARKUP), lambda kept: add_issue(kept, Issue("", MARKUP, "language")))
    changed(desk, name, Request(MARKUP, "k2"), lambda kept: add_goal(kept, MARKUP))
    enqueue(desk, "loading.look", {}, title=MARKUP)
    Task.objects.update(state=State.FAILED, problem=MARKUP)
    Person.objects.update(name=MARKUP)
    places = [f"/o/cedar/{one}" for one in PAGES] + [f"/o/cedar/negotiations/{name}/{one}" for one in OF_ONE]
    opened: list[str] = []

    def noted(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    visited = visit(f"/o/cedar/findings/?file={MARKUP}", cookies=cookies)
    visited.page.on("dialog", noted)
    visited.said.clear()  # that address is none of the site's, and the console says so
    for place in places:
        visited.page.goto(visited.page.url.partition("/o/")[0] + place)
        visited.page.wait_for_timeout(150)
        assert visited.page.locator("img[src=x]").count() == 0, place

    assert opened == []
    assert visited.said == [], "the policy had to stop something, or a page is broken"
    assert visited.elsewhere == []
