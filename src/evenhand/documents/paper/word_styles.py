"""How a Word file looks: paper, type, page numbers. Styles are Word's own where it has them, so outlines work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

#: Faces with figures of one width that stand on the line.
SERIF, SANS = "Cambria", "Calibri"
INK, GREY, ACCENT, LINE = "1A1C1E", "5B6067", "1D4F7C", "D9D6CE"
MARKING, EYEBROW, QUIET, NOTE, TABLE, TABLE_TITLE = "Marking", "Eyebrow", "Quiet", "Note", "Table Text", "Caption"


@dataclass(frozen=True, slots=True)
class Measure:
    """How much room type takes: sizes and spaces in points, margins in millimetres."""

    body: float
    table: float
    note: float
    title: float
    heading: float
    before_heading: float
    after: float
    line: float
    margin: float


#: Ordinary pages, and those of a document that must fit one.
ROOMY = Measure(10.5, 8.5, 8, 22, 14, 16, 6, 1.2, 20)
TIGHT = Measure(9.5, 8, 7, 17, 11.5, 6, 2, 1.0, 14)


def set_styles(word: Word, room: Measure = ROOMY) -> None:
    """Body, headings, and the few styles of our own."""
    normal = word.styles["Normal"]
    _type(normal, SERIF, room.body, INK)
    _space(normal, after=room.after, line=room.line)
    for name, size, before in (("Heading 1", room.title, 4), ("Heading 2", room.heading, room.before_heading)):
        _type(word.styles[name], SERIF, size, INK, bold=False)
        _space(word.styles[name], before=before, after=room.after - 2)
    for name, face, size, colour, bold in (
        (MARKING, SANS, 9, INK, True),
        (EYEBROW, SANS, 9, ACCENT, True),
        (QUIET, SERIF, room.body - 0.5, GREY, False),
        (NOTE, SANS, room.note, GREY, False),
        (TABLE, SANS, room.table, INK, False),
    ):
        made = _new(word, name)
        _type(made, face, size, colour, bold=bold)
        _space(made, after=0 if name == TABLE else room.after)
    _type(word.styles[TABLE_TITLE], SANS, 9, INK, bold=True)
    _space(word.styles[TABLE_TITLE], before=room.after, after=2)
    word.styles[TABLE_TITLE].paragraph_format.keep_with_next = True
    _type(word.styles["List Number"], SERIF, room.body, INK)


def _new(word: Word, name: str) -> ParagraphStyle:
    from docx.enum.style import WD_STYLE_TYPE

    made: ParagraphStyle = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = word.styles["Normal"]
    return made


def _type(style: Any, face: str, size: float, colour: str, *, bold: bool = False) -> None:
    """Face, size and colour, in place of the template's theme."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size, style.font.bold = face, Pt(size), bold
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.rPr.rFonts
    for mark in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{mark}"), None)
    for mark in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{mark}"), face)


def _space(style: Any, *, before: float = 0, after: float = 0, line: float = 1.0) -> None:
    from docx.shared import Pt

    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), line


def set_paper(word: Word, room: Measure = ROOMY, *, wide: bool) -> None:
    """Letter paper, turned where a table needs the width."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page = word.sections[0]
    long, short = Mm(279.4), Mm(215.9)
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (long, short) if wide else (short, long)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(room.margin)
    page.header_distance = page.footer_distance = Mm(room.margin / 2)


def numbered_pages(word: Word, marking: str, title: str) -> None:
    """Who may see it, above each page; its title and number, below."""
    page = word.sections[0]
    page.header.paragraphs[0].text = marking
    page.header.paragraphs[0].style = word.styles[NOTE]
    foot = page.footer.paragraphs[0]
    foot.style = word.styles[NOTE]
    foot.add_run(f"{title} · page ")
    field(foot, "PAGE")
    foot.add_run(" of ")
    field(foot, "NUMPAGES")


def field(paragraph: Paragraph, name: str) -> None:
    """A field that Word works out, such as the number of the page."""
    made = element("w:fldSimple", {"w:instr": name})
    run = element("w:r")
    text = element("w:t")
    text.text = "1"
    run.append(text)
    made.append(run)
    paragraph._p.append(made)


def element(name: str, values: dict[str, str] | None = None) -> Any:
    """A bare element of the file, for what python-docx has no words for."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(name)
    for key, value in (values or {}).items():
        made.set(qn(key), value)
    return made


def start_numbers_again(word: Word, paragraph: Paragraph) -> None:
    """Number this paragraph 1, whatever list came before it; the ones after it go on."""
    numbering: Any = word.part.numbering_part.element
    style: Any = word.styles["List Number"].element
    held = style.pPr.numPr.numId.val
    kind = numbering.num_having_numId(held).abstractNumId.val
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    own: Any = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    own.get_or_add_ilvl().val, own.get_or_add_numId().val = 0, made.numId
