"""Loading in a real browser: files are dropped, looked at, loaded, accounted for, taken out."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django import Settings
from tests.workspace.loading.remittances import remittance

from evenhand.book import Book
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.worker import run_waiting

Visitor = Callable[..., Any]
#: Pictures of the pages are kept where this says.
PICTURES = os.environ.get("EVENHAND_PICTURES")
DROP = """([place, files]) => {
  const dropped = new DataTransfer();
  for (const [name, text] of files) dropped.items.add(new File([text], name));
  document.querySelector(place).dispatchEvent(
    new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def cedar(transactional_db: None, tmp_path: Path, settings: Settings) -> Organisation:
    settings.STAGING = tmp_path / "staging"
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


def signed_in(organisation: Organisation, role: Role) -> dict[str, str]:
    """The cookies of somebody who works there as this."""
    person = Person.objects.create_user(f"{role}@cedar.example", name=f"{role.label} Ames")
    Membership.objects.create(person=person, organisation=organisation, role=role)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return {name: morsel.value for name, morsel in client.cookies.items()}


def pictured(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)


def test_an_analyst_loads_what_was_dropped(visit: Visitor, cedar: Organisation) -> None:
    visited = visit("/o/cedar/loading/", cookies=signed_in(cedar, Role.ANALYST))
    page = visited.page
    pictured(page, "loading-empty")
    assert visited.complaints_in_any_look() == []

    files = [[f"june {number}.835", remittance(number, charge=charge).decode()] for number, charge in _FILES]
    page.evaluate(DROP, [".drop", files])
    expect(page.locator("#chosen li")).to_have_count(3)
    page.get_by_role("button", name="Look at them").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    pictured(page, "loading-looked-at")
    assert visited.complaints_in_any_look() == []

    run_waiting()
    expect(page.get_by_text("Would load 3 files")).to_be_visible()
    pictured(page, "loading-before")
    assert visited.complaints_in_any_look() == []
    page.get_by_role("button", name="Load 3 files").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    run_waiting()
    page.get_by_role("link", name="See the load").click()

    expect(page.get_by_text("file said = book holds + findings")).to_be_visible()
    pictured(page, "loading-report")
    assert visited.complaints_in_any_look() == []
    page.get_by_label("Why").fill("wrong month")
    page.get_by_role("button", name="Take it out").click()
    expect(page.get_by_role("heading", name="Taken out")).to_be_visible()
    pictured(page, "loading-taken-out")
    assert visited.complaints_in_any_look() == []


_FILES = ((1, "150.00"), (2, "150.00"), (3, "160.00"))


def test_what_is_refused_is_told_in_its_place(visit: Visitor, cedar: Organisation, settings: Settings) -> None:
    visited = visit("/o/cedar/loading/", cookies=signed_in(cedar, Role.ANALYST))
    page = visited.page
    settings.UPLOAD_MOST_BYTES = 100
    page.locator("#files").set_input_files([{"name": "a.835", "mimeType": "text/plain", "buffer": remittance(1)}])
    page.get_by_role("button", name="Look at them").click()

    expect(page.get_by_role("alert")).to_contain_text("send it in several goes")
    assert visited.faults() == []
    assert page.locator("#chosen li").count() == 1, "what was chosen is still there"


def test_what_is_too_much_is_told_before_it_is_sent(visit: Visitor, cedar: Organisation, settings: Settings) -> None:
    settings.UPLOAD_MOST_BYTES = 100
    page = visit("/o/cedar/loading/", cookies=signed_in(cedar, Role.ANALYST)).page
    page.locator("#files").set_input_files([{"name": "a.835", "mimeType": "text/plain", "buffer": remittance(1)}])

    assert "too much at once" in page.evaluate("document.getElementById('files').validationMessage")


def test_findings_are_browsed(visit: Visitor, cedar: Organisation, tmp_path: Path) -> None:
    file = tmp_path / "june.835"
    file.write_bytes(remittance(1, charge="160.00"))
    Book.create(cedar.folder).load([file])
    visited = visit("/o/cedar/loading/findings/", cookies=signed_in(cedar, Role.ANALYST))
    page = visited.page
    pictured(page, "findings")
    assert visited.complaints() == []
    page.get_by_role("link", name="One by one").click()
    page.get_by_label("Severity").select_option("note")

    expect(page.get_by_text("No findings fit")).to_be_visible()
    page.get_by_label("Severity").select_option("error")
    expect(page.get_by_role("cell", name="line-balance")).to_be_visible()
    pictured(page, "findings-each")
    assert visited.complaints() == []


def test_somebody_who_only_reads_sees_what_was_loaded(visit: Visitor, cedar: Organisation, tmp_path: Path) -> None:
    file = tmp_path / "june.835"
    file.write_bytes(remittance(1))
    Book.create(cedar.folder).load([file])
    visited = visit("/o/cedar/loading/", cookies=signed_in(cedar, Role.READER))
    page = visited.page

    expect(page.get_by_role("heading", name="In the book")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    assert visited.complaints() == []
    page.locator("table a").first.click()
    expect(page.get_by_text("file said = book holds + findings")).to_be_visible()
    expect(page.get_by_role("button", name="Take it out")).to_have_count(0)
    pictured(page, "load-as-reader")
    assert visited.complaints() == []


def test_tasks_look_after_themselves(visit: Visitor, cedar: Organisation) -> None:
    cookies = signed_in(cedar, Role.ANALYST)
    visited = visit("/o/cedar/loading/", cookies=cookies)
    page = visited.page
    page.locator("#files").set_input_files([{"name": "a.835", "mimeType": "text/plain", "buffer": remittance(1)}])
    page.get_by_role("button", name="Look at them").click()
    page.wait_for_url("**/deliveries/**")
    listed = visit("/o/cedar/tasks/", cookies=cookies)
    pictured(listed.page, "tasks")
    assert listed.complaints() == []
    listed.page.get_by_role("button", name="Cancel").click()
    expect(listed.page.get_by_text("cancelled")).to_be_visible()
    listed.page.get_by_role("button", name="Start again").click()
    expect(listed.page.get_by_text("waiting")).to_be_visible()
    run_waiting()

    expect(listed.page.get_by_text("done", exact=True)).to_be_visible()
    assert listed.complaints() == []
