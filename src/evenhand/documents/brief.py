"""The negotiation brief: one self-contained page, and the workbook of its tables."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from evenhand.book import Book
from evenhand.documents.brief_contract import ask_section, contract_section
from evenhand.documents.brief_first import day_words, key_figures, verdict
from evenhand.documents.brief_interest import interest_section
from evenhand.documents.brief_material import BriefOptions, Material, gather
from evenhand.documents.brief_medicare import medicare_section
from evenhand.documents.brief_offer import offer_section
from evenhand.documents.brief_parts import Section
from evenhand.documents.brief_payment import beside_section, denials_section, months_section, variance_section
from evenhand.documents.brief_terms import terms_section
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.workbook import write_workbook

__all__ = ["BriefOptions", "Material", "brief_html", "brief_sheets", "gather", "write_brief"]


def write_brief(
    book: Book, payer: str, page: Path, *, offer: Path | None = None, options: BriefOptions | None = None
) -> Material:
    """Write the brief on one payer, and beside it the workbook of the same name.

    Args:
        book: whose claims, remittances and contracts it is about.
        payer: the payer's name, or part of it.
        page: the HTML file; the workbook gets the suffix ``.xlsx``.
        offer: the payer's offer, if there is one.
        options: days, small cells, names.

    Raises:
        SelectionError: no payer, or several, answer to the name; or the offer is another payer's.
        ContractError: the offer is refused.
    """
    material = gather(book, payer, offer=offer, options=options)
    sections = _sections(material)
    page.write_text(_render(material, sections), encoding="utf-8")
    write_workbook(page.with_suffix(".xlsx"), _sheets(material, sections))
    return material


def brief_html(material: Material) -> str:
    """The page: everything it needs is inside it."""
    return _render(material, _sections(material))


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
        ask_section(material),
    )
    return [section for section in made if section is not None]


def _render(material: Material, sections: list[Section]) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("evenhand.documents", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = show
    environment.filters["tied"] = tied
    style = (files("evenhand.documents") / "templates" / "brief.css").read_text(encoding="utf-8")
    return environment.get_template("brief.html.j2").render(
        payer=material.payer,
        provider=material.contract.parties.provider if material.contract else "",
        period=material.period,
        written=day_words(material.options.today),
        fewest=material.options.small_cells,
        verdict=verdict(material),
        figures=key_figures(material),
        sections=sections,
        style=style,
    )


def tied(text: str) -> str:
    """Text in which a minus stays with its amount and a date on one line.

    >>> tied("−$5 on 2026-01-31") == "−\u2060$5 on 2026\u201101\u201131"
    True
    """
    whole = re.sub(r"(\d{4})-(\d\d)(?:-(\d\d))?", lambda m: "\u2011".join(part for part in m.groups() if part), text)
    return whole.replace("−$", "−\u2060$")


def _sheets(material: Material, sections: list[Section]) -> list[Sheet]:
    fields = (Field("label", "Figure"), Field("figure", ""), Field("meaning", ""), Field("source", "Reckoned over"))
    rows = [
        {"label": f.label, "figure": f.figure, "meaning": f.meaning, "source": f.source} for f in key_figures(material)
    ]
    first = Sheet("key-figures", f"{material.payer}: negotiation brief", fields, rows, " ".join(verdict(material)))
    points = [{"point": point} for section in sections for point in section.points]
    ask = Sheet("ask-next", "What to ask next", (Field("point", "Question"),), points)
    return [first, *(sheet for section in sections for sheet in (*section.tables, *section.folded)), ask]
