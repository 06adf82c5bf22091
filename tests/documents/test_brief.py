"""The brief stands alone, tells no one's secrets, and says what the reports say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from evenhand.book import Book
from evenhand.documents.brief import BriefOptions, brief_html, brief_sheets, gather, write_brief
from evenhand.documents.sheet import show
from evenhand.errors import SelectionError


class Page(HTMLParser):
    """Collects tags, their attributes, headings of tables and ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(brief: Any) -> Page:
    return Page(brief.html)


def test_it_needs_nothing_from_anywhere(brief: Any, page: Page) -> None:
    assert not re.search(r"https?://|//[a-z]|@import|url\(", brief.html)
    assert not page.all("script") + page.all("link") + page.all("iframe") + page.all("img")
    assert all((link["href"] or "").startswith("#") for link in page.all("a"))
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]


def test_every_link_leads_to_a_section(page: Page) -> None:
    ids = {section["id"] for section in page.all("section")}
    assert {(link["href"] or "")[1:] for link in page.all("a")} == ids


def test_every_chart_has_a_name_and_says_its_values(brief: Any, page: Page) -> None:
    charts = page.all("svg")
    assert len(charts) >= 8
    for chart in charts:
        assert chart["role"] == "img"
        assert re.search(r"\d", chart["aria-label"] or "")
    assert "var(--accent)" in brief.html
    assert not re.search(r"#0[1-5]0[1-5]0[1-5]", brief.html)


def test_it_names_no_claim_and_no_member(brief: Any) -> None:
    claims = brief.book.relation("select claim_id, member_id from claims").rows()
    assert claims
    assert not [row for row in claims if row["claim_id"] in brief.html or (row["member_id"] or "-") in brief.html]


def test_other_payers_can_be_left_unnamed(brief: Any) -> None:
    assert "Summit Health" in brief.html
    assert "Prairie" not in brief.html
    assert "Lakeshore" not in brief.html
    shown = brief_html(replace(brief.material, options=replace(brief.material.options, hide_others=False)))
    assert "Prairie Mutual" in shown


def test_small_counts_are_gathered(brief: Any) -> None:
    fewest = brief.material.options.small_cells
    for sheet in brief_sheets(brief.material):
        for row in sheet.rows:
            counts = [row[key] for key in ("claims", "claims_at_least") if row.get(key)]
            assert all(count >= fewest for count in counts), (sheet.name, row)
    assert "some with fewer than 11 claims" in brief.html


def test_the_figures_are_those_of_the_reports(brief: Any) -> None:
    offer, mine = brief.material.offer, brief.material.mine
    text = brief.html.replace("\u2060", "")
    assert show(offer.change_percent, "rate") in text
    assert show(offer.change, "change") in text
    assert show(mine["underpaid"], "dollars") in text
    assert f'<dd class="figure">{mine["days_p50"]}</dd>' in text


def test_the_first_screen_says_what_matters(brief: Any) -> None:
    verdict = brief.html.split('class="verdict"')[1].split("<dl")[0].replace("\u2060", "")
    assert "The offer raises listed rates by 4.0% on average." in verdict
    assert "less a year than the contract would" in verdict
    assert "Notice that ends the contract with this term must be given by" in verdict


def test_the_workbook_holds_the_tables_of_the_page(brief: Any) -> None:
    workbook = openpyxl.load_workbook(brief.page.with_suffix(".xlsx"))
    for sheet in brief_sheets(brief.material):
        page = workbook[sheet.name[:31]]
        assert page.cell(1, 1).value == sheet.title
        for place, row in enumerate(sheet.rows):
            for column, field in enumerate(sheet.fields, 1):
                if field.kind in ("money", "dollars", "change", "count") and row.get(field.key) is not None:
                    assert page.cell(4 + place, column).value == pytest.approx(float(row[field.key]), abs=0.005)
    assert not [cell for page in workbook for line in page.iter_rows() for cell in line if cell.data_type == "f"]


def test_it_says_which_terms_pay(brief: Any) -> None:
    section = brief.html.split('<section id="terms"')[1].split("</section>")[0]
    paying = next(sheet for sheet in brief_sheets(brief.material) if sheet.name == "paying-terms")

    assert sum(row["expected"] for row in paying.rows) == brief.material.terms.expected > 0
    assert show(brief.material.terms.expected, "dollars") in section
    assert {row["contract_id"] for row in brief.material.terms.fired} == {"summit-health"}
    for rule in ("lesser-of", "multiple procedures", "modifiers", "escalator"):
        assert rule in section


def test_without_an_offer_there_is_no_offer(brief: Any) -> None:
    html = brief_html(replace(brief.material, offer=None))
    assert 'id="offer"' not in html
    assert 'id="variance"' in html


def test_an_empty_book_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(
        SelectionError, match="'summit' is no payer in the book; payers: none: the book holds no claims"
    ):
        write_brief(Book.create(tmp_path / "book"), "summit", tmp_path / "brief.html")


def test_another_payers_offer_is_refused(brief: Any) -> None:
    with pytest.raises(SelectionError, match="is an offer of Summit Health, not of Prairie Mutual"):
        gather(brief.book, "prairie", offer=brief.offer)


def test_days_without_claims_are_refused(brief: Any) -> None:
    with pytest.raises(SelectionError, match="no claim begins on the days chosen; the book's claims begin from"):
        gather(brief.book, "summit", options=BriefOptions(date(1999, 1, 1), date(1999, 1, 31)))


def test_names_are_escaped(brief: Any) -> None:
    html = brief_html(replace(brief.material, payer="<b>Summit & Sons</b>"))
    assert "<b>Summit" not in html
    assert "&lt;b&gt;Summit &amp; Sons" in html
