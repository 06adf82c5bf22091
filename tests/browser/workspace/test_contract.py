"""A contract in a real browser: read, searched, changed while it is checked as one types, brought back."""

from __future__ import annotations

import shutil
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
BASE = "/o/cedar/contracts/summit-health/"


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path, tmp_path: Path) -> Organisation:
    shutil.copytree(demo_template / "book", tmp_path / "book")
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(tmp_path / "book"))


def test_rates_are_found_while_one_types(visit: Visitor, cedar: Organisation, cookies_of: Cookies) -> None:
    visited = visit(f"{BASE}rates/", cookies=cookies_of(cedar, Role.READER))
    page = visited.page

    page.get_by_label("Code, modifier or setting").press_sequentially("99213", delay=20)

    expect(page.locator("#rates")).to_contain_text("1–2 of 2 rates")
    expect(page.locator("#rates tbody th")).to_have_text(["99213", "99213"])
    assert "code=99213" in page.url
    assert visited.complaints() == []


def test_terms_at_work_appear_when_they_are_worked_out(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(f"{BASE}terms/", cookies=cookies_of(cedar, Role.READER))
    expect(visited.page.locator("#at-work")).to_contain_text("Being worked out")

    run_waiting()

    expect(visited.page.locator("#at-work")).to_contain_text("Terms that pay, most dollars first", timeout=10_000)
    pictured(visited.page, "contract-terms-worked-out")
    assert visited.complaints() == []


def test_a_text_is_checked_as_one_types_kept_and_brought_back(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(f"{BASE}edit/", cookies=cookies_of(cedar, Role.LEAD))
    page = visited.page
    seen, text = page.locator("#seen"), page.locator("#id_text")
    expect(seen).to_contain_text("In order")
    whole = text.input_value()

    text.fill(whole.replace("amount: 4650", "amonut: 4650"))
    expect(seen).to_contain_text("amonut")
    expect(seen).to_contain_text("What would be right")
    pictured(page, "contract-edit-wrong")
    assert visited.complaints_in_any_look() == []

    text.fill(whole.replace("amount: 4650", "amount: 4900"))
    expect(seen).to_contain_text("$4,900.00 per case")
    page.get_by_label("Why").fill("agreed in March")
    pictured(page, "contract-edit")
    page.get_by_role("button", name="Keep this text").click()
    expect(page.locator("#terms")).to_contain_text("$4,900.00 per case")

    page.get_by_role("link", name="Versions").click()
    expect(page.locator("main")).to_contain_text("agreed in March")
    page.get_by_role("link", name="Replaced").click()
    expect(page.locator("main")).to_contain_text("was $4,650.00 per case")
    assert visited.complaints_in_any_look() == []
    run_waiting()
    expect(page.locator("#dollars")).to_contain_text("Worth with all changes", timeout=10_000)
    pictured(page, "contract-version")
    assert visited.complaints_in_any_look() == []
    page.get_by_role("button", name="Bring this version back").click()
    expect(page.locator("#said")).to_contain_text("Brought back")
    assert visited.complaints_in_any_look() == []

    page.get_by_role("link", name="Documents").click()
    page.get_by_label("File").set_input_files({"name": "signed.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"})
    page.get_by_label("What it is").fill("signed by both")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("row", name="signed.pdf")).to_contain_text("signed by both")
    pictured(page, "contract-documents")
    assert visited.complaints_in_any_look() == []


def test_the_second_editor_is_told_and_loses_nothing(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    lead, analyst = cookies_of(cedar, Role.LEAD), cookies_of(cedar, Role.ANALYST)
    first, second = (visit(f"{BASE}edit/", cookies=cookies) for cookies in (lead, analyst))
    for visited, amount in ((first, "4900"), (second, "5000")):
        text = visited.page.locator("#id_text")
        text.fill(text.input_value().replace("amount: 4650", f"amount: {amount}"))
        visited.page.get_by_role("button", name="Keep this text").click()
        visited.page.wait_for_load_state("networkidle")

    expect(second.page.get_by_role("alert")).to_contain_text("Somebody else changed this meanwhile")
    assert "amount: 5000" in second.page.locator("#id_text").input_value()
    expect(second.page.locator("pre")).to_contain_text("amount: 4900")
    pictured(second.page, "contract-conflict")
    assert [one for one in second.said if "409" not in one] == []
    assert second.faults() == []


def test_an_amendment_is_shown_before_it_is_kept(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, pictured: Pictured
) -> None:
    visited = visit(f"{BASE}by-file/", cookies=cookies_of(cedar, Role.LEAD))
    page = visited.page
    amendment = (
        "amendment: <b>First</b>\neffective: 2027-01-01\nsigned: 2026-11-01\nadjust: [{terms: all, percent: 4}]\n"
    )
    sent = {"name": "2027 <i>.yaml", "mimeType": "text/yaml", "buffer": amendment.encode()}

    page.get_by_label("File", exact=True).set_input_files(sent)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.locator("#seen")).to_contain_text("In order")
    pictured(page, "contract-by-file")
    assert visited.complaints() == []
    page.get_by_role("button", name="Keep it").click()

    expect(page.locator("#amendments")).to_contain_text("<b>First</b>")
    assert visited.complaints() == []
