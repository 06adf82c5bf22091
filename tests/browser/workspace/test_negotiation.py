"""A negotiation in a real browser: as each role, changed in place, tried with sliders, offers checked as one types."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evenhand.book import Book
from evenhand.negotiation.record import negotiation, position
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.tasks.worker import run_waiting

Visitor = Callable[..., Any]
Cookies = Callable[[Organisation, Role], dict[str, str]]
Pictured = Callable[[Page, str], None]
ALL, ONE = "/o/cedar/negotiations/", "/o/cedar/negotiations/summit/"
PARTS = ("", "what-if/", "preparation/", "documents/", "history/", "rounds/2/", "rounds/new/")


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path, tmp_path: Path) -> Organisation:
    shutil.copytree(demo_template / "book", tmp_path / "book")
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


def test_an_issue_is_changed_in_its_place(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(ONE, cookies=cookies_of(cedar, Role.LEAD))
    page, row = visited.page, visited.page.locator("#issue-implants")

    row.get_by_role("link", name="Change").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Our target").fill("2.75 %")
    pictured(page, "negotiation-issue")
    assert visited.complaints_in_any_look() == []
    page.get_by_role("button", name="Save").click()

    expect(row).to_contain_text("2.75 %")
    assert visited.complaints_in_any_look() == []


def test_the_second_of_two_is_shown_both(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(ONE, cookies=cookies_of(cedar, Role.LEAD))
    page = visited.page
    page.locator("#issue-implants").get_by_role("link", name="Change").click()
    page.get_by_label("Our target").fill("2.75 %")
    position(negotiation(Book.open(cedar.folder), "summit"), "implants", target="3.5 %")

    page.get_by_role("button", name="Save").click()

    told = page.get_by_role("alert")
    expect(told).to_contain_text("Somebody else changed this meanwhile")
    expect(told).to_contain_text("3.5 %")
    expect(told).to_contain_text("2.75 %")
    pictured(page, "negotiation-conflict")
    assert [one for one in visited.complaints() if "422" not in one] == []


def test_sliders_answer_at_once_by_mouse_and_keys(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    cookies = cookies_of(cedar, Role.LEAD)
    visit(f"{ONE}what-if/", cookies=cookies).page.close()
    run_waiting()
    visited = visit(f"{ONE}what-if/", cookies=cookies)
    page = visited.page
    before = page.locator("#then-rate-fee-schedule").inner_text()

    page.get_by_label("Fee schedule, slider").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")

    expect(page.locator("#rate-fee-schedule")).to_have_value("1")
    expect(page.locator("#then-rate-fee-schedule")).not_to_have_text(before)
    expect(page.locator("#change-rate-fee-schedule")).to_contain_text("+$")
    page.get_by_label("Implants, change in percent").fill("-10")
    expect(page.get_by_label("Implants, slider")).to_have_value("-10")
    expect(page.locator("#change-rate-implants")).to_contain_text("−$")
    pictured(page, "negotiation-what-if-tried")
    assert visited.complaints() == []

    page.get_by_role("button", name="Price this exactly").click()
    expect(page.locator("#exactly .progress")).to_be_visible()
    run_waiting()
    expect(page.locator("#exactly")).to_contain_text("just what the table said", timeout=10_000)
    page.get_by_role("button", name="Write it as an offer of ours").click()
    expect(page.locator("#id_text")).to_have_value(re.compile("percent: -10"))
    assert visited.complaints() == []


def test_an_offer_is_checked_as_one_types_and_recorded(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(f"{ONE}rounds/new/?copy=3", cookies=cookies_of(cedar, Role.LEAD))
    page, text = visited.page, visited.page.locator("#id_text")
    whole = text.input_value()

    text.fill(whole + "\nnonsense: 1\n")
    expect(page.locator("#read")).to_contain_text("nonsense")
    pictured(page, "negotiation-offer-refused")
    text.fill(whole)
    expect(page.locator("#read")).to_contain_text("What it changes")
    pictured(page, "negotiation-offer-read")
    assert visited.complaints() == []
    page.get_by_role("button", name="Record it").click()

    expect(page.locator("#round-4")).to_be_visible()
    assert visited.complaints() == []
