"""The negotiation brief: one self-contained page, and the workbook of its tables."""

from __future__ import annotations

from pathlib import Path

from evenhand.book import Book
from evenhand.documents.brief_contract import ask_section, contract_section
from evenhand.documents.brief_first import key_figures, verdict
from evenhand.documents.brief_interest import interest_section
from evenhand.documents.brief_material import BriefOptions, Material, gather
from evenhand.documents.brief_medicare import medicare_section
from evenhand.documents.brief_negotiation import negotiation_section
from evenhand.documents.brief_offer import offer_section
from evenhand.documents.brief_payment import beside_section, denials_section, months_section, variance_section
from evenhand.documents.brief_terms import terms_section
from evenhand.documents.paper import Document, Section, figures_sheet, html_of, word_of
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import day_words
from evenhand.documents.workbook import write_workbook

__all__ = ["BriefOptions", "Material", "brief_document", "brief_html", "brief_sheets", "gather", "write_brief"]


def write_brief(
    book: Book, payer: str, page: Path, *, offer: Path | None = None, options: BriefOptions | None = None
) -> Material:
    """Write the brief on one payer, and beside it the workbook of the same name.

    Args:
        book: whose claims, remittances and contracts it is about.
        payer: the payer's name, or part of it.
        page: the HTML file; the workbook gets the suffix ``.xlsx``, the Word file, if it is asked for, ``.docx``.
        offer: the payer's offer, if there is one.
        options: days, small cells, names.

    Raises:
        SelectionError: no payer, or several, answer to the name; or the offer is another payer's.
        ContractError: the offer is refused.
    """
    material = gather(book, payer, offer=offer, options=options)
    sections = _sections(material)
    document = _document(material, sections)
    page.write_text(html_of(document), encoding="utf-8")
    if material.options.word:
        page.with_suffix(".docx").write_bytes(word_of(document))
    write_workbook(page.with_suffix(".xlsx"), _sheets(material, sections))
    return material


def brief_html(material: Material) -> str:
    """The page: everything it needs is inside it."""
    return html_of(brief_document(material))


def brief_document(material: Material) -> Document:
    """The brief as parts, for any rendering."""
    return _document(material, _sections(material))


def brief_sheets(material: Material) -> list[Sheet]:
    """The key figures and every table of the page."""
    return _sheets(material, _sections(material))


def _sections(material: Material) -> list[Section]:
    made = (
        offer_section(material),
        variance_section(material),
        interest_section(material),
        medicare_section(material),
        beside_section(material),
        months_section(material),
        denials_section(material),
        terms_section(material),
        contract_section(material),
        negotiation_section(material),
        ask_section(material),
    )
    return [section for section in made if section is not None]


def _document(material: Material, sections: list[Section]) -> Document:
    provider = material.contract.parties.provider if material.contract else ""
    return Document(
        "brief",
        "brief",
        material.options.today,
        material.payer,
        "Negotiation brief",
        f"for {provider}" if provider else "",
        verdict=tuple(verdict(material)),
        figures=tuple(key_figures(material)),
        sections=tuple(sections),
        footer=_footer(material),
    )


def _footer(material: Material) -> str:
    fewest = material.options.small_cells
    small = f" Counts below {fewest} claims are gathered or left out." if fewest > 1 else ""
    written = day_words(material.options.today)
    return (
        f"Service months {material.period}. Written {written}.{small} No claim and no patient is named. It informs; "
        "people decide."
    )


def _sheets(material: Material, sections: list[Section]) -> list[Sheet]:
    title = f"{material.payer}: negotiation brief"
    first = figures_sheet(key_figures(material), title, " ".join(verdict(material)))
    points = [{"point": point} for section in sections for point in section.points]
    ask = Sheet("ask-next", "What to ask next", (Field("point", "Question"),), points)
    return [first, *(sheet for section in sections for sheet in (*section.tables, *section.folded)), ask]
