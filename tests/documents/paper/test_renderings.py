"""One content in two renderings: both whole, clean, and the same every time."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.documents.charts import bars
from evenhand.documents.paper import Document, KeyFigure, Picture, Section, html_of, word_of
from evenhand.documents.sheet import Field, Sheet

SHEET = Sheet(
    "rounds",
    "Rounds",
    (Field("name", "Round"), Field("worth", "Worth", "change"), Field("day", "Day", "date")),
    [{"name": "Ours", "worth": Decimal(1250), "day": date(2026, 9, 10)}, {"name": "Theirs", "worth": Decimal(-40)}],
    "4,645 claims.",
)
PICTURE = Picture(
    "Worth", bars([{"name": "Ours", "value": 3, "shown": "$3"}], "name", "value", shown="shown"), "Ours $3."
)
DOCUMENT = Document(
    "trial",
    "sheet",
    date(2026, 9, 12),
    "Summit Health",
    "Offer comparison",
    "for Cedar Ridge",
    "Confidential: ours only",
    verdict=("They offer less.", "We ask for more."),
    figures=(KeyFigure("Gap", "$1,290", "Between the last rounds.", "4,645 claims"),),
    sections=(
        Section("rounds", "Side by side", "Two rounds.", pictures=(PICTURE,), tables=(SHEET,), note="Your claims."),
        Section("ask", "Ask", points=("Which term?", "From when?")),
        Section("next", "Then", lines=("R. Alvarez", "Director"), points=("One more",)),
    ),
    footer="It informs; people decide.",
)


@pytest.fixture(scope="module")
def word() -> Any:
    return docx.Document(io.BytesIO(word_of(DOCUMENT)))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert word_of(DOCUMENT) == word_of(DOCUMENT)
    with zipfile.ZipFile(io.BytesIO(word_of(DOCUMENT))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_are_words_own(word: Any) -> None:
    headed = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    expected = [("Heading 1", "Summit Health"), ("Heading 2", "Side by side"), ("Heading 2", "Ask")]
    assert headed == [*expected, ("Heading 2", "Then")]


def test_tables_repeat_their_headings_and_keep_rows_whole(word: Any) -> None:
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    rounds = word.tables[1]
    assert [[cell.text for cell in row.cells] for row in rounds.rows] == [
        ["Round", "Worth", "Day"],
        ["Ours", "+$1,250", "2026-09-10"],
        ["Theirs", "−$40", "–"],
    ]


def test_pictures_say_what_they_show(word: Any) -> None:
    assert [shape._inline.docPr.get("descr") for shape in word.inline_shapes] == ["Worth. Ours $3."]


def test_pages_are_numbered_and_marked(word: Any) -> None:
    page = word.sections[0]
    assert page.header.paragraphs[0].text == "Confidential: ours only"
    fields = [one.get(qn("w:instr")) for one in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_each_list_begins_at_one(word: Any) -> None:
    begun = [
        p._p.pPr.numPr.numId.val
        for p in word.paragraphs
        if p.style.name == "List Number" and p._p.pPr.numPr is not None
    ]
    assert len(begun) == len(set(begun)) == 2


def test_properties_name_nobody(word: Any) -> None:
    said = word.core_properties
    assert (said.author, said.last_modified_by, said.title) == ("", "", "Summit Health: offer comparison")
    assert said.created.date() == said.modified.date() == date(2026, 9, 12)


def test_both_say_the_same_words(word: Any) -> None:
    page = unescape(re.sub(r"<[^>]+>", " ", html_of(DOCUMENT))).replace("\u2011", "-").replace("\u2060", "")
    for paragraph in word.paragraphs:
        for line in paragraph.text.split("\n"):
            if not line.startswith("Figures"):
                assert all(word_ in page for word_ in line.split()), line


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.characters(), min_size=1))
def test_any_text_can_be_typed(text: str) -> None:
    typed = Document("trial", "letter", date(2026, 9, 12), text, sections=(Section("a", text, text, lines=(text,)),))
    opened = docx.Document(io.BytesIO(word_of(typed)))
    assert opened.core_properties.title
    html_of(typed).encode("utf-8")


def test_markup_stays_text() -> None:
    page = html_of(replace(DOCUMENT, title="<script>alert(1)</script> & Sons"))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in page


def test_what_must_fit_a_page_is_set_tighter() -> None:
    both: list[Any] = [docx.Document(io.BytesIO(word_of(replace(DOCUMENT, kind=kind)))) for kind in ("page", "sheet")]
    tight, roomy = both
    assert tight.sections[0].left_margin < roomy.sections[0].left_margin
    assert tight.styles["Table Text"].font.size < roomy.styles["Table Text"].font.size
