"""The brief says how far the negotiation has come, and nothing of our positions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from tests.negotiated import Made

from evenhand.documents.brief import BriefOptions, brief_html, brief_sheets, gather


@pytest.fixture(scope="module")
def material(made: Made) -> Any:
    return gather(made.book, "summit", options=BriefOptions(today=date(2026, 11, 2)))


def section(material: Any) -> str:
    page = unescape(brief_html(material)).replace("\u2011", "-")
    return page.split('<section id="negotiation"')[1].split("</section>")[0]


def test_it_counts_issues_and_names_the_last_rounds(material: Any) -> None:
    said = section(material)
    assert "Summit Health 2027: 19 of 20 issues are open, 1 agreed." in said
    assert "Notice must be given by 1 December 2026." in said
    for text in ("15 October 2026", "Cedar Ridge Orthopaedics", "180 days", "answered"):
        assert text in said


def test_no_position_is_in_it(material: Any) -> None:
    page = brief_html(material)
    inside = ("5.5 %", "3.25 %", "1.25 %", "27 days", "11 months", "612.11", "911.22", "310,000")
    assert [secret for secret in inside if secret in page] == []


def test_what_comes_next_stays_here_where_others_are_hidden(material: Any) -> None:
    assert "Late: " in section(material)
    hidden = replace(material, options=replace(material.options, hide_others=True))
    assert "Late: " not in section(hidden)


def test_what_to_ask_next_stays_what_to_ask(material: Any) -> None:
    names = [sheet.name for sheet in brief_sheets(material)]
    assert {"negotiation-1-issues", "negotiation-1-agreed", "negotiation-1-rounds"} < set(names)


def test_without_a_negotiation_there_is_no_section(material: Any) -> None:
    assert 'id="negotiation"' not in brief_html(replace(material, ongoing=()))
