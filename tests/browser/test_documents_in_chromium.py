"""The documents of a negotiation in a browser: no network, no complaint, no scrolling, and one page is one page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.negotiated import three_rounds

from evenhand.documents.negotiating import PaperOptions, documents, gather_dossier, one_pager
from evenhand.documents.paper import html_of
from evenhand.negotiation.worth import WorthQuestion

OPTIONS = PaperOptions(today=date(2026, 11, 2), worth=WorthQuestion(draws=200, years=1))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every document as a page; and the one-pager of a negotiation in which everything has a long name."""
    folder = tmp_path_factory.mktemp("documents")
    book, kept = three_rounds(folder)
    made, _ = documents(book, kept, OPTIONS)
    dossier = gather_dossier(book, kept, OPTIONS)
    long = "Reconstruction of the shoulder, elbow and hand with implants of every kind " * 3
    issues = tuple(replace(one, name=long, today=long, opening=long) for one in dossier.negotiation.issues)
    rounds = tuple(replace(one, offer=long) for one in dossier.rounds) * 2
    alternatives = tuple(replace(one, name=long, source=long) for one in dossier.negotiation.alternatives)
    wordy = replace(dossier.negotiation, issues=issues, alternatives=alternatives, name=long)
    crowded = replace(one_pager(replace(dossier, negotiation=wordy, rounds=rounds)), name="crowded")
    for document in (*made, crowded):
        (folder / f"{document.name}.html").write_text(html_of(document), encoding="utf-8")
    return {one.name: folder / f"{one.name}.html" for one in (*made, crowded)}


@pytest.mark.parametrize("width", [390, 1240])
@pytest.mark.parametrize("name", ["positions", "comparison", "letter", "one-pager"])
def test_it_opens_without_network_complaint_or_scrolling(
    browser: Browser, pages: dict[str, Path], name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(pages[name].as_uri())

    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    unnamed = page.locator("svg:not([aria-label])").count()
    page.close()

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert (said, over, unnamed) == ([], 0, 0)


@pytest.mark.parametrize("name", ["positions", "comparison", "letter", "one-pager", "crowded"])
def test_nothing_is_cut_off_on_paper(browser: Browser, pages: dict[str, Path], name: str) -> None:
    page = browser.new_page(viewport={"width": 703, "height": 928})  # Letter paper within the margins
    page.emulate_media(media="print")
    page.goto(pages[name].as_uri())
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()

    assert over <= 0


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("name", ["one-pager", "crowded"])
def test_the_one_pager_is_one_page(
    browser: Browser, pages: dict[str, Path], tmp_path: Path, name: str, paper: str
) -> None:
    page = browser.new_page()
    page.goto(pages[name].as_uri())
    page.pdf(path=str(tmp_path / "one.pdf"), format=paper)
    page.close()

    assert len(re.findall(rb"/Type\s*/Page\b", (tmp_path / "one.pdf").read_bytes())) == 1
