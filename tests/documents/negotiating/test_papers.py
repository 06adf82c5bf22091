"""Position sheet, comparison and one-pager: what they say is what the reports say, and what lacks is said in words."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.negotiated import Made

from evenhand.documents.negotiating import (
    PaperOptions,
    documents,
    offer_comparison,
    one_pager,
    position_sheet,
    write_documents,
)
from evenhand.documents.paper import html_of, word_of
from evenhand.documents.sheet import show
from evenhand.errors import UsageError
from evenhand.negotiation.record import Approval
from evenhand.negotiation.record.model import Provider

NAMES = ("positions", "comparison", "letter", "one-pager")


def page(document: Any) -> str:
    return unescape(html_of(document)).replace("\u2011", "-").replace("\u2060", "").replace("\u00a0", " ")


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_page_and_a_word_file(made: Made, name: str) -> None:
    word = docx.Document(io.BytesIO(made.word(name)))
    first = next(one for one in word.paragraphs if one.style is not None and one.style.name == "Heading 1")
    assert first.text in unescape(made.page(name))
    assert word.tables
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)
    assert all(table.rows[0]._tr.get_or_add_trPr().find(qn("w:tblHeader")) is not None for table in word.tables)


@pytest.mark.parametrize("name", NAMES)
def test_only_the_letter_may_leave(made: Made, name: str) -> None:
    marked = "Confidential: for our own side only" in made.page(name)
    assert marked == (name != "letter")


def test_the_position_sheet_holds_all_positions_and_their_worth(made: Made) -> None:
    said = page(position_sheet(made.dossier))
    values = made.dossier.positions
    assert values is not None
    for position, text in (("opening", "8 %"), ("target", "5.5 %"), ("walk_away", "3.25 %")):
        assert text in said
        worth = values.of("fee-schedule", position)
        assert worth is not None
        assert worth > 0
        assert show(worth, "change") in said
    for text in ("4 patients of 212 patients", "Case rates that keep up", "Alternatives priced", values.source):
        assert text in said


def test_the_comparison_says_what_offer_compare_says(made: Made) -> None:
    said = page(offer_comparison(made.dossier))
    worth = made.dossier.worth
    assert worth is not None
    assert len(made.dossier.rounds) == 3
    for row in worth.years:
        if row["year"] == "in all":
            assert all(show(round(row[key]), "change") in said for key in ("p10", "p50", "p90"))
    for one in made.dossier.rounds:
        assert f"Round {one.round.number}, {one.round.by}" in said


def test_small_groups_are_not_in_the_comparison(made: Made) -> None:
    for section in offer_comparison(made.dossier).sections:
        for sheet in section.tables:
            assert all((row.get("patients") or 11) >= 11 for row in sheet.rows)


def test_the_one_pager_says_what_is_to_be_decided(made: Made) -> None:
    document = one_pager(made.dossier)
    assert document.title == "Summit Health: give notice or let it run on, by 1 December 2026"
    early = replace(made.dossier, options=PaperOptions(today=date(2026, 9, 12)))
    assert one_pager(early).title == "Summit Health: answer round 3 of 15 October 2026"
    answered = tuple(replace(one, state="answered") for one in made.dossier.negotiation.rounds)
    rest = replace(early, negotiation=replace(made.dossier.negotiation, rounds=answered))
    assert one_pager(rest).title == "Summit Health: approve targets and walk-aways of 19 open issues"
    given = replace(rest.negotiation, approvals=(Approval("Finance", "targets", date(2026, 6, 1)),))
    assert "alternatives" not in one_pager(replace(rest, negotiation=given)).title  # the zone is worked out


def test_the_one_pager_has_source_and_day_for_every_figure(made: Made) -> None:
    document = one_pager(made.dossier)
    assert [figure.label for figure in document.figures] == ["What we ask", "What they offer", "Gap", "Days left"]
    assert all("2026" in figure.source for figure in document.figures)
    (standing,) = document.sections[0].tables
    assert [row["what"] for row in standing.rows] == ["Walk-away", "Leverage", "Best alternative"]
    assert all("2026" in row["source"] for row in standing.rows)


def test_leverage_is_the_share_of_the_zone_beyond_todays_price(made: Made) -> None:
    # (911.22 - 801.33) / (911.22 - 612.11) = 0.3674
    said = page(one_pager(made.dossier))
    assert "36.7% of the zone between both walk-away prices lies beyond today's price" in said


def test_what_is_missing_is_said(made: Made) -> None:
    bare = replace(made.dossier.negotiation, zone=None, alternatives=(), rounds=(), goals=(), value=())
    why = "no offer has been recorded"
    lacking = replace(made.dossier, negotiation=bare, worth=None, rounds=(), positions=None, why_not=why)
    said = page(one_pager(lacking)) + page(position_sheet(lacking)) + page(offer_comparison(lacking))
    for text in (
        "No walk-away has been worked out (evenhand negotiation walkaway summit-2027 --keep).",
        "No alternative is recorded.",
        "Nobody has offered yet.",
        "No goal is stated",
        "No value proposition is stated",
        "Nothing can be compared: no offer has been recorded.",
    ):
        assert text in said
    assert word_of(one_pager(lacking))


def test_a_payer_sees_leverage_from_its_side(made: Made) -> None:
    zone = made.dossier.negotiation.zone
    assert zone is not None
    turned = replace(zone, ours=zone.theirs, theirs=zone.ours)
    payers = replace(made.dossier.negotiation, side="payer", zone=turned)
    # (801.33 - 612.11) / (911.22 - 612.11) = 0.6326
    assert "63.3% of the zone" in page(one_pager(replace(made.dossier, negotiation=payers)))


def test_independent_providers_get_no_letter(made: Made, tmp_path: Path) -> None:
    before = made.kept.read()
    both = (Provider("Cedar Ridge Orthopaedics", "84-0000000"), Provider("Pine Hill", "84-1111111"))
    made.kept.change(lambda record: replace(record, providers=both))
    try:
        with pytest.raises(UsageError, match="G1: 2 owners ask together"):
            documents(made.book, made.kept, papers=["letter"])
        written = write_documents(made.book, made.kept, tmp_path, papers=["letter", "positions"], formats=["html"])
    finally:
        made.kept.undo()
    assert "G1" in written.left_out["letter"]
    assert [file.name for file in written.files] == ["summit-2027-positions.html"]
    assert made.kept.read() == before
