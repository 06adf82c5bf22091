"""A document as one self-contained page: it needs no network, follows light and dark, and prints."""

from __future__ import annotations

import re
from importlib.resources import files

from evenhand.documents.paper.clean import cleaned
from evenhand.documents.paper.parts import Document
from evenhand.documents.sheet import show


def html_of(document: Document) -> str:
    """The page: everything it needs is inside it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("evenhand.documents.paper", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = show
    environment.filters["tied"] = tied
    style = (files("evenhand.documents.paper") / "templates" / "document.css").read_text(encoding="utf-8")
    return environment.get_template("document.html.j2").render(document=cleaned(document), style=style)


def tied(text: str) -> str:
    """Text in which a minus stays with its amount and a date on one line.

    >>> tied("−$5 on 2026-01-31") == "−\u2060$5 on 2026\u201101\u201131"
    True
    """
    whole = re.sub(r"(\d{4})-(\d\d)(?:-(\d\d))?", lambda m: "\u2011".join(part for part in m.groups() if part), text)
    return whole.replace("−$", "−\u2060$")
