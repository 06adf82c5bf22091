"""The brief in a real browser: it asks for nothing, complains of nothing, fits every screen, prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page


@pytest.fixture(params=[390, 820, 1440], ids=lambda width: f"{width}px")
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": request.param, "height": 900})
    yield page
    page.close()


def test_brief_opens_without_network_or_complaint(page: Page, demo_template: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto((demo_template / "brief.html").as_uri())

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    assert page.locator("h1").count() == 1
    assert page.locator("svg").count() >= 3


def test_brief_never_scrolls_sideways(page: Page, demo_template: Path) -> None:
    page.goto((demo_template / "brief.html").as_uri())

    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert over <= 0


def test_every_chart_has_a_name_for_a_screen_reader(page: Page, demo_template: Path) -> None:
    page.goto((demo_template / "brief.html").as_uri())

    unnamed = page.locator("svg:not([aria-label]):not([aria-hidden='true']):not(figure[aria-label] svg)").all()
    nameless = [chart for chart in unnamed if not chart.evaluate("svg => svg.closest('[aria-label],[role=img]')")]

    assert nameless == []


def test_brief_prints(browser: Browser, demo_template: Path, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto((demo_template / "brief.html").as_uri())
    page.pdf(path=str(tmp_path / "brief.pdf"), format="Letter")
    page.close()

    assert (tmp_path / "brief.pdf").read_bytes().startswith(b"%PDF")
