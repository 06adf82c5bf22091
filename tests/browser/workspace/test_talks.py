"""The record of talks in a real browser: as each role, a call with its file, an e-mail, a promise, search."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.talks.work import look_into_folders

Visitor = Callable[..., Any]
Cookies = Callable[[Organisation, Role], dict[str, str]]
Pictured = Callable[[Page, str], None]
ALL, ONE = "/o/cedar/talks/", "/o/cedar/negotiations/summit/talks/"


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path, tmp_path: Path) -> Organisation:
    shutil.copytree(demo_template / "book", tmp_path / "book")
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


def test_readers_do_not_see_talks(visit: Visitor, cedar: Organisation, cookies_of: Cookies) -> None:
    visited = visit(ALL, cookies=cookies_of(cedar, Role.READER))

    expect(visited.page.get_by_role("heading", level=1)).not_to_have_text("Talks")
    assert visited.faults() == []


def test_counsel_records_a_call_an_email_and_a_promise_and_finds_them(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, tmp_path: Path
) -> None:
    visited = visit(ONE, cookies=cookies_of(cedar, Role.COUNSEL))
    page = visited.page
    letter, saved = tmp_path / "letter.pdf", tmp_path / "offer.eml"
    letter.write_bytes(b"%PDF-1.7\n")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "R. Alvarez <ra@summit.example>",
        "Final offer",
        "19 Nov 2026 09:30 -0600",
    )
    mail.set_content("Two percent and no more.")
    saved.write_bytes(mail.as_bytes())

    page.get_by_text("Record a call, a meeting, a letter").click()
    page.get_by_label("Who took part").fill("R. Alvarez")
    page.get_by_label("Who said what").fill("They want three years.")
    page.get_by_label("Files", exact=False).first.set_input_files(letter)
    assert visited.complaints_in_any_look() == []
    page.get_by_role("button", name="Record it", exact=True).click()
    expect(page.get_by_text("They want three years.")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="letter.pdf").click()
    assert fetched.value.suggested_filename == "letter.pdf"

    page.get_by_text("Record e-mails as saved").click()
    page.locator("#mail_sent").set_input_files(saved)
    page.get_by_role("button", name="Record them").click()
    expect(page.get_by_text("Two percent and no more.")).to_be_visible()

    page.get_by_text("Record a promise", exact=True).click()
    page.get_by_label("What is to be done").fill("Send the rate file")
    page.get_by_label("Who promised it").fill("Summit Health")
    page.get_by_label("By when").fill("2026-11-01")
    page.get_by_role("button", name="Record the promise").click()
    expect(page.get_by_role("row", name="Send the rate file")).to_contain_text("late")
    assert visited.complaints_in_any_look() == []

    page.get_by_role("link", name="Search all talks").click()
    page.get_by_label("Search", exact=True).press_sequentially("two percent", delay=20)
    expect(page.locator("#hits")).to_contain_text("Two percent and no more.")
    assert visited.complaints_in_any_look() == []


def test_the_page_shows_what_came_through_the_folder(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured, tmp_path: Path, settings: Settings
) -> None:
    settings.MAIL_FOLDER = tmp_path / "mail"
    look_into_folders()
    folder = tmp_path / "mail" / "cedar" / "summit"
    (folder / "offer.eml").write_bytes(b"From: Rosa <r@s.example>\nSubject: Final offer\n\nTwo percent and no more.\n")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\n")
    look_into_folders()
    look_into_folders()
    (folder / "later.msg").write_bytes(b"still being copied")

    visited = visit(ONE, cookies=cookies_of(cedar, Role.EXECUTIVE))

    part = visited.page.get_by_role("region", name="The folder of e-mails")
    expect(part).to_contain_text(str(folder))
    expect(part).to_contain_text("later.msg")
    expect(part.get_by_role("row", name="scan.pdf")).to_contain_text("is no e-mail")
    expect(part).to_contain_text("came through the folder as offer.eml")
    pictured(visited.page, "talks-folder")
    assert visited.complaints_in_any_look() == []


def test_the_link_to_a_calendar_is_shown_once(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(ALL, cookies=cookies_of(cedar, Role.EXECUTIVE))
    page = visited.page

    page.get_by_role("button", name="Make a link").click()

    link = page.get_by_label("Your link, shown this once").input_value()
    pictured(page, "talks-calendar")
    assert visited.complaints() == []
    assert page.request.get(link).text().startswith("BEGIN:VCALENDAR")
    page.get_by_role("button", name="Revoke it").click()
    assert page.request.get(link).status == 404
