"""Payments in a real browser: groups fill in, a claim is understood and decided on, a packet is made and taken out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.payments.models import Matter
from evenhand.workspace.tasks.worker import run_waiting

Visitor = Callable[..., Any]
Cookies = Callable[[Organisation, Role], dict[str, str]]
Pictured = Callable[[Page, str], None]

ALL = "/o/cedar/payments/"


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path) -> Organisation:
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(demo_template / "book"))


def test_an_analyst_disputes_what_was_paid_too_little(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(ALL, cookies=cookies_of(cedar, Role.ANALYST))
    page = visited.page

    def seen(name: str) -> None:
        pictured(page, f"payments-{name}")

    expect(page.locator("main")).to_contain_text("Work out: the payment worklist")
    seen("empty")
    assert visited.complaints_in_any_look() == []

    run_waiting()
    groups = page.get_by_role("group", name="Groups of differences")
    expect(groups).to_contain_text("carve-out not paid", timeout=20_000)
    seen("groups")
    assert visited.complaints_in_any_look() == []

    groups.get_by_role("link", name="Implants · carve-out not paid").first.click()
    expect(page.locator("h1")).to_have_text("Paid as agreed?")
    seen("claims")
    assert visited.complaints_in_any_look() == []
    page.get_by_role("link", name="CR0120946").click()
    expect(page.locator("main")).to_contain_text("Exhibit B §4")
    expect(page.locator("tr.chosen")).to_contain_text("$12,500.00 charged × 38 % = $4,750.00")
    page.get_by_label("Status").select_option("to dispute")
    page.get_by_label("Note").fill("Third time this year.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_role("group", name="Decisions")).to_contain_text("Third time this year.")
    seen("claim")
    assert visited.complaints_in_any_look() == []

    page.go_back()
    page.go_back()
    page.goto(page.url)
    page.get_by_label("Which", exact=True).select_option("all")
    page.get_by_role("button", name="Make a dispute packet of them").click()
    expect(page.locator("h1")).to_contain_text("Dispute with Summit Health")
    run_waiting()
    with page.expect_download(timeout=20_000) as taken:
        page.get_by_role("link", name="Evidence, Excel workbook").click()
    assert taken.value.suggested_filename.startswith("dispute-summit-health-")
    seen("packet")
    assert visited.complaints_in_any_look() == []
    assert Matter.objects.get(status="to dispute").claim == "CR0120946"


def test_an_executive_sees_groups_and_trends_and_no_claim(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(ALL, cookies=cookies_of(cedar, Role.EXECUTIVE))
    page = visited.page
    run_waiting()
    expect(page.get_by_role("group", name="Groups of differences")).to_be_visible(timeout=20_000)
    assert page.get_by_text("CR01").count() == 0
    assert page.get_by_role("link", name="Claims").count() == 0
    assert visited.complaints_in_any_look() == []

    page.get_by_role("link", name="Trends").click()
    expect(page.locator("figure.chart svg")).to_be_visible(timeout=20_000)
    pictured(page, "payments-trends")
    assert visited.complaints_in_any_look() == []
