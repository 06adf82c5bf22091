"""The first page in a real browser: figures fill in, the calendar reads, nothing is missing for anybody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from evenhand.workspace.organisations.models import Organisation, Role
from evenhand.workspace.tasks.worker import run_waiting

Visitor = Callable[..., Any]
Cookies = Callable[[Organisation, Role], dict[str, str]]
Pictured = Callable[[Page, str], None]


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path) -> Organisation:
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(demo_template / "book"))


@pytest.mark.parametrize(("role", "width", "scheme"), [(Role.LEAD, 1280, "light"), (Role.READER, 390, "dark")])
def test_figures_fill_in_by_themselves(
    visit: Visitor, cedar: Organisation, width: int, scheme: str, role: Role, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit("/o/cedar/", width=width, scheme=scheme, cookies=cookies_of(cedar, role))
    contracts = visited.page.locator("#contracts")
    expect(contracts).to_contain_text("Being worked out")
    assert visited.complaints() == []

    run_waiting()
    expect(visited.page.locator("#worked-out[hx-trigger]")).to_have_count(0, timeout=20_000)
    expect(contracts).to_contain_text("claims that begin")
    expect(visited.page.locator("#negotiations")).to_contain_text("of 13")
    expect(contracts.locator("svg.spark")).to_have_count(6)
    pictured(visited.page, f"portfolio-{role}-{width}-{scheme}")
    assert visited.complaints() == []


def test_one_gets_from_a_payer_to_its_contract_and_back(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies
) -> None:
    page = visit("/o/cedar/", cookies=cookies_of(cedar, Role.LEAD)).page

    page.locator("#contracts").get_by_role("link", name="Summit Health").click()
    expect(page.locator("h1")).to_have_text("Cedar Ridge Orthopaedics with Summit Health")
    page.get_by_role("navigation", name="Where this is").get_by_role("link", name="Contracts").click()
    expect(page.locator("h1")).to_have_text("Contracts")


def test_the_calendar_has_a_table_behind_it(visit: Visitor, cedar: Organisation, cookies_of: Cookies) -> None:
    page = visit("/o/cedar/", cookies=cookies_of(cedar, Role.LEAD)).page
    calendar = page.locator("#calendar")

    expect(calendar.locator("svg.strip")).to_have_count(3)
    calendar.locator("summary").click()
    expect(calendar.get_by_role("cell", name="last day for notice").first).to_be_visible()


def test_a_new_organisation_sees_what_to_do(
    visit: Visitor, transactional_db: None, tmp_path: Path, cookies_of: Cookies, pictured: Pictured
) -> None:
    new = Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "none"))
    visited = visit("/o/cedar/", cookies=cookies_of(new, Role.LEAD))
    pictured(visited.page, "portfolio-empty")
    assert visited.complaints_in_any_look() == []

    visited.page.get_by_role("link", name="Add a contract").click()
    expect(visited.page.locator("h1")).to_have_text("Add a contract")
    assert visited.complaints_in_any_look() == []
