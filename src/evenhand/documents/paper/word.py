"""A document as a Word file: real heading styles, headings of tables on every page, texts for pictures, page numbers.

The same document gives the same bytes: no time but the day it is written, no name of a person or a machine.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from evenhand.documents.paper.clean import cleaned
from evenhand.documents.paper.parts import Document, Section, figures_sheet
from evenhand.documents.paper.word_parts import add_picture, add_table
from evenhand.documents.paper.word_styles import (
    EYEBROW,
    MARKING,
    NOTE,
    QUIET,
    ROOMY,
    TIGHT,
    numbered_pages,
    set_paper,
    set_styles,
    start_numbers_again,
)
from evenhand.documents.sheet import Sheet

if TYPE_CHECKING:
    from docx.document import Document as Word

#: The earliest day a ZIP archive can name.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: The longest text a property of a file may hold.
_LONGEST = 255
#: A table with more columns than this turns the paper.
_UPRIGHT = 7


def word_of(document: Document) -> bytes:
    """The Word file."""
    import docx

    clean = cleaned(document)
    word = docx.Document()
    room = TIGHT if clean.kind == "page" else ROOMY
    set_styles(word, room)
    set_paper(word, room, wide=any(len(sheet.fields) > _UPRIGHT for one in clean.sections for sheet in _tables(one)))
    numbered_pages(word, clean.marking, clean.called)
    _set_properties(word, clean)
    _head(word, clean)
    for section in clean.sections:
        _section(word, section)
    if clean.footer:
        word.add_paragraph(clean.footer, NOTE)
    out = io.BytesIO()
    word.save(out)
    return _timeless(out.getvalue())


def _tables(section: Section) -> tuple[Sheet, ...]:
    return (*section.tables, *section.folded)


def _head(word: Word, document: Document) -> None:
    if document.marking:
        word.add_paragraph(document.marking, MARKING)
    for block in document.opening:
        _lines(word, block)
    if document.eyebrow:
        word.add_paragraph(f"{document.eyebrow} {document.beside}".strip(), EYEBROW)
    word.add_heading(document.title, 1)
    for place, sentence in enumerate(document.verdict):
        word.add_paragraph(sentence, None if place == 0 else QUIET)
    if document.figures:
        add_table(word, figures_sheet(document.figures, "Figures"))


def _section(word: Word, section: Section) -> None:
    if section.title:
        word.add_heading(section.title, 2)
    for text in (section.lead, *section.paragraphs):
        if text:
            word.add_paragraph(text)
    _lines(word, section.lines)
    for picture in section.pictures:
        add_picture(word, picture)
    for sheet in _tables(section):
        add_table(word, sheet, titled=sheet.title != section.title)
    for place, point in enumerate(section.points):
        paragraph = word.add_paragraph(point, "List Number")
        if place == 0:
            start_numbers_again(word, paragraph)
    if section.note:
        word.add_paragraph(section.note, NOTE)


def _lines(word: Word, lines: tuple[str, ...]) -> None:
    """Lines that belong together, in one paragraph."""
    if not lines:
        return
    paragraph = word.add_paragraph(lines[0])
    paragraph.paragraph_format.keep_together = True
    for line in lines[1:]:
        paragraph.add_run().add_break()
        paragraph.add_run(line)


def _set_properties(word: Word, document: Document) -> None:
    """Title and day; nobody's name."""
    day = datetime.combine(document.written, time(), tzinfo=UTC)
    said = word.core_properties
    said.title, said.author, said.last_modified_by, said.comments = document.called[:_LONGEST], "", "", ""
    said.subject, said.keywords, said.category, said.revision = document.marking[:_LONGEST], "", "", 1
    said.language, said.created, said.modified = "en-US", day, day


def _timeless(content: bytes) -> bytes:
    """The archive with one fixed time on every part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w") as kept:
        for part in made.infolist():
            entry = zipfile.ZipInfo(part.filename, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(entry, made.read(part))
    return out.getvalue()
