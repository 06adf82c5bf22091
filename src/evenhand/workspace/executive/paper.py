"""The page on paper: the same parts, set by WeasyPrint from the site's own style sheets."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string

from evenhand.errors import UsageError
from evenhand.workspace.executive.board import board
from evenhand.workspace.organisations.desk import Desk

_SHEETS = ("tokens", "base", "layout", "tables", "figures", "parts", "print")
_MISSING = "a PDF needs the library Pango on the server (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)"


def board_pdf(desk: Desk, today: date, request: HttpRequest) -> bytes:
    """The executive's page of an organisation on this day, as a PDF.

    Raises:
        BookError: it has no book yet.
        UsageError: as in :func:`pdf_of`.
    """
    return pdf_of(render_to_string("executive/paper.html", {"board": board(desk, today), "desk": desk}, request))


def pdf_of(page: str) -> bytes:
    """A page of HTML as PDF/UA; nothing is fetched from anywhere.

    Raises:
        UsageError: WeasyPrint, or what it needs of the system, is missing.
    """
    try:
        weasyprint: Any = import_module("weasyprint")
    except (ImportError, OSError) as problem:
        raise UsageError(f"{_MISSING}; until then, print the page from the browser") from problem
    sheets = [weasyprint.CSS(filename=str(_style(name))) for name in (*_SHEETS, "paper")]
    document = weasyprint.HTML(string=page, url_fetcher=weasyprint.urls.URLFetcher(allowed_protocols=()))
    made: bytes = document.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1")
    return made


def _style(name: str) -> Path:
    found = finders.find(f"evenhand/{name}.css")
    assert isinstance(found, str), f"the style sheet {name}.css belongs to the site"
    return Path(found)
