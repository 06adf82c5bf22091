"""Escalation and notice in a real browser: two people, one step after the other, nothing missing for anybody."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from evenhand.book import Book
from evenhand.negotiation.record import Negotiation, Person, negotiation
from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.tasks.worker import run_waiting

Visitor = Callable[..., Any]
Cookies = Callable[[Organisation, Role], dict[str, str]]
Pictured = Callable[[Page, str], None]
PAGE = "/o/cedar/negotiations/summit/escalation/"


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path, tmp_path: Path) -> Organisation:
    """Cedar Ridge, whose executive is the leader its negotiation names, and whose contract ends in a year."""
    shutil.copytree(demo_template / "book", tmp_path / "book")
    kept = negotiation(Book.open(tmp_path / "book"), "summit")

    def with_leader(before: Negotiation) -> Negotiation:
        others = tuple(one for one in before.people if not one.approves)
        leader = Person("Ruth Feldman", role="Chief financial officer", email="executive@cedar.example", approves=True)
        return replace(before, people=(*others, leader))

    kept.change(with_leader)
    file = kept.contract_folder() / "contract.yaml"
    ends = timezone.localdate() + timedelta(days=365)
    file.write_text(file.read_text().replace("ends: 2027-03-31", f"ends: {ends}"))
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


def test_it_goes_up_and_notice_is_given_by_two(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    lead, executive = cookies_of(cedar, Role.LEAD), cookies_of(cedar, Role.EXECUTIVE)
    visit(PAGE, cookies=lead)
    run_waiting()
    first = visit(PAGE, cookies=lead)
    second = visit(PAGE, cookies=executive)
    _goes_up(first, second)
    pictured(first.page, "escalation")
    assert first.complaints_in_any_look() == []
    assert second.complaints_in_any_look() == []

    second.page.goto(first.page.url.split("escalation/")[0] + "escalation/notice/")
    pictured(second.page, "notice-empty")
    second.page.get_by_role("button", name="I agree, as Ruth Feldman").click()
    _asks(first)
    pictured(first.page, "notice-asked")
    assert first.complaints_in_any_look() == []
    _confirms(second)
    pictured(second.page, "notice-given")
    assert second.complaints_in_any_look() == []


def _goes_up(first: Any, second: Any) -> None:
    first.page.get_by_label("Why it goes up nevertheless").fill("Two rounds without movement on fees.")
    first.page.get_by_role("button", name="All else was tried").click()
    first.page.get_by_role("button", name="List them so, and ask the leaders").click()
    second.page.reload()
    second.page.get_by_role("button", name="I agree, as Ruth Feldman").click()
    expect(second.page.get_by_role("button", name="Take my sign-off back")).to_be_visible()
    first.page.reload()
    first.page.get_by_role("button", name="Write the brief").click()
    run_waiting()
    expect(first.page.get_by_role("link", name="summit-one-pager.docx")).to_be_visible(timeout=20_000)
    first.page.get_by_role("button", name="It is escalated").click()
    expect(first.page.get_by_text("Recorded by Contracting lead Ames")).to_be_visible()


def _asks(first: Any) -> None:
    first.page.get_by_role("link", name="Notice of non-renewal or termination").click()
    first.page.get_by_role("link", name="Prepare notice of non-renewal").click()
    assert first.complaints_in_any_look() == []
    for box in first.page.get_by_role("checkbox").all():
        box.check()
    first.page.get_by_label("Why notice is given").fill("No movement since the summer.")
    first.page.get_by_role("button", name="Ask for this notice").click()
    expect(first.page.get_by_text("somebody else must confirm it")).to_be_visible()


def _confirms(second: Any) -> None:
    second.page.reload()
    assert second.complaints_in_any_look() == []
    for box in second.page.get_by_role("checkbox").all():
        box.check()
    second.page.get_by_label("Name of the payer").fill("Summit Health")
    second.page.get_by_role("button", name="Confirm, and give notice").click()
    expect(second.page.get_by_role("link", name="Letter", exact=True)).to_be_visible()


def test_before_anything_is_done_it_says_what_comes_first(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(PAGE, cookies=cookies_of(cedar, Role.COUNSEL))
    pictured(visited.page, "escalation-empty")
    expect(visited.page.get_by_text("is being looked up in the book")).to_be_visible()
    assert visited.complaints_in_any_look() == []
