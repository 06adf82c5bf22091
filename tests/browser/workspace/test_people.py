"""Coming in, a second factor, another role; a token; what the log says of it; a task given up. In a real browser."""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django import Settings

from evenhand.workspace.figures.actions import TASK
from evenhand.workspace.organisations.desk import desk_of
from evenhand.workspace.organisations.models import Membership, Organisation, Role
from evenhand.workspace.people.models import Person
from evenhand.workspace.tasks.actions import enqueue

Visitor = Callable[..., Any]
Cookies = Callable[[Organisation, Role], dict[str, str]]
PASSWORD = "correct horse battery staple"


@pytest.fixture
def cedar(transactional_db: None, demo_template: Path) -> Organisation:
    return Organisation.objects.create(name="Cedar Ridge Orthopaedics", slug="cedar", book=str(demo_template / "book"))


def code(secret: str) -> str:
    """What an app on a phone would say now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def test_somebody_invited_comes_in_with_a_second_factor_and_is_given_another_role(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, settings: Settings
) -> None:
    settings.SECOND_FACTOR_DEMANDED = False
    people = visit("/o/cedar/people/", cookies=cookies_of(cedar, Role.ADMINISTRATOR))
    people.page.get_by_label("Email address").fill("lee@cedar.example")
    people.page.get_by_label("Read-only").check()
    people.page.get_by_role("button", name="Invite").click()
    link = people.page.locator("main code").inner_text()

    settings.SECOND_FACTOR_DEMANDED = True
    secret = comes_in(visit(re.sub("^https?://[^/]+", "", link), width=390).page)
    signs_in(visit(reverse("account_login"), width=390).page, secret)

    settings.SECOND_FACTOR_DEMANDED = False
    people.page.goto(people.page.url.replace("invite/", ""))
    people.page.get_by_role("link", name="Change Lee Park").click()
    people.page.get_by_label("Analyst").check()
    people.page.get_by_role("button", name="Keep the roles").click()
    expect(people.page.get_by_role("row", name="Lee Park")).to_contain_text("Analyst")
    assert set(Membership.objects.filter(person__email="lee@cedar.example").values_list("role", flat=True)) == {
        Role.READER,
        Role.ANALYST,
    }
    assert people.complaints() == []


def comes_in(page: Page) -> str:
    """Come in by the link and set up a second factor; its key."""
    page.get_by_label("Your name").fill("Lee Park")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password again").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    expect(page.locator("h1")).to_have_text("Set up a second factor")
    secret = page.locator("main code").inner_text()
    page.get_by_label("Authenticator code").fill(code(secret))
    page.get_by_role("button", name="Set up").click()
    expect(page.locator("main li code")).to_have_count(10)
    return secret


def signs_in(page: Page, secret: str) -> None:
    """Sign in on another device, by password and code."""
    cache.clear()  # a code counts once, and this one was just used
    page.get_by_label("Email").fill("lee@cedar.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("h1")).to_have_text("Cedar Ridge Orthopaedics")


def test_a_token_is_shown_once_and_withdrawn_and_the_log_tells_of_it(
    visit: Visitor, cedar: Organisation, cookies_of: Cookies, tmp_path: Path
) -> None:
    visited = visit(reverse("tokens"), cookies=cookies_of(cedar, Role.LEAD))
    page = visited.page
    page.get_by_label("What it is for").fill("nightly export")
    page.get_by_role("button", name="Make the token").click()
    secret = page.locator("pre.code").inner_text()
    assert visited.complaints() == []

    page.goto(page.url)
    assert secret not in page.content()
    page.get_by_role("button", name="Revoke nightly export").click()
    expect(page.get_by_role("row", name="nightly export")).to_contain_text("revoked")

    page.goto(page.url.replace(reverse("tokens"), "/o/cedar/history/"))
    page.get_by_label("Kind").select_option("token")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("ol.list > li")).to_have_count(2)
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    taken.value.save_as(tmp_path / "history.csv")
    told = (tmp_path / "history.csv").read_text(encoding="utf-8")
    assert [row["what"] for row in csv.DictReader(told.splitlines(keepends=True))] == ["revoked", "made"]
    assert secret not in told


def test_a_task_that_waits_is_given_up(visit: Visitor, cedar: Organisation, cookies_of: Cookies) -> None:
    cookies = cookies_of(cedar, Role.LEAD)
    desk = desk_of(Person.objects.get(email=f"{Role.LEAD}@cedar.example"), "cedar")
    enqueue(desk, TASK, {"question": "payers", "given": {}}, title="Work out: payers")
    visited = visit("/o/cedar/tasks/", cookies=cookies)

    visited.page.get_by_role("button", name="Cancel Work out: payers").click()

    expect(visited.page.locator(".progress")).to_contain_text("cancelled")
    expect(visited.page.get_by_role("button", name="Start again Work out: payers")).to_be_visible()
    assert visited.complaints() == []
