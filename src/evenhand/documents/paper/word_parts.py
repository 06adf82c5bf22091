"""Tables and pictures of a Word file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from evenhand.documents.charts import alone
from evenhand.documents.paper.parts import Picture
from evenhand.documents.paper.word_styles import GREY, INK, LINE, NOTE, TABLE, TABLE_TITLE, element
from evenhand.documents.sheet import Field, Sheet, show

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table

#: How wide a column is beside others: text may fold, figures may not.
_SHORT, _TEXT, _FIGURE, _LONG = 1.25, 2.2, 1.25, (4.0, 6.0)
#: Characters beyond which text takes the next larger share.
_BRIEF, _LONGEST = 12, (40, 90)
#: A picture's width, and how much finer than the screen it is drawn.
_WIDE_MM, _FINER = 110, 3.0


def add_picture(word: Word, picture: Picture) -> None:
    """A chart with its title above it and its values as the text for those who do not see it."""
    import vl_convert
    from docx.shared import Mm

    word.add_paragraph(picture.title, TABLE_TITLE)
    drawn = vl_convert.svg_to_png(alone(picture.svg), scale=_FINER)
    shape: Any = word.add_picture(io.BytesIO(drawn), width=Mm(_WIDE_MM))
    said = shape._inline.docPr
    said.set("name", picture.title)
    said.set("descr", f"{picture.title}. {picture.says}")


def add_table(word: Word, sheet: Sheet, *, titled: bool = True) -> None:
    """A sheet as a table: its headings come again on every page, figures stand right, no row is torn."""
    if titled:
        word.add_paragraph(sheet.title, TABLE_TITLE)
    if not sheet.rows:
        word.add_paragraph(sheet.empty, TABLE)
        return
    headed = any(field.heading for field in sheet.fields)
    table = word.add_table(headed + len(sheet.rows), len(sheet.fields))
    _lined(table)
    if headed:
        _row(table, 0, sheet.fields, [field.heading for field in sheet.fields], GREY)
        table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for place, row in enumerate(sheet.rows, start=int(headed)):
        _row(table, place, sheet.fields, [show(row.get(field.key), field.kind) for field in sheet.fields], INK)
    _widths(word, table, sheet)
    word.add_paragraph("", NOTE)


def _row(table: Table, place: int, fields: tuple[Field, ...], texts: list[str], colour: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    row = table.rows[place]
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    for cell, field, text in zip(row.cells, fields, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = TABLE
        paragraph.add_run(text).font.color.rgb = RGBColor.from_string(colour)
        if field.kind not in ("text", "date"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _lined(table: Table) -> None:
    """Hairlines between rows, a line above and below; nothing upright."""
    from docx.oxml.ns import qn

    lines = element("w:tblBorders")
    for side, colour in (("top", INK), ("bottom", INK), ("insideH", LINE)):
        lines.append(element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": colour}))
    settings = table._tbl.tblPr
    after = (one for one in settings if one.tag in (qn("w:tblLayout"), qn("w:tblCellMar"), qn("w:tblLook")))
    next(after).addprevious(lines)  # the order of a table's settings is part of the format


def _widths(word: Word, table: Table, sheet: Sheet) -> None:
    """Columns share the page by what stands in them."""
    page = word.sections[0]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    shares = [_share(field, sheet) for field in sheet.fields]
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        width: Any = int(room * share / sum(shares))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _share(field: Field, sheet: Sheet) -> float:
    if field.kind not in ("text", "date"):
        return _FIGURE
    longest = max((len(show(row.get(field.key), field.kind)) for row in sheet.rows), default=0)
    if longest > _LONGEST[1]:
        return _LONG[1]
    return _LONG[0] if longest > _LONGEST[0] else _TEXT if longest > _BRIEF else _SHORT
