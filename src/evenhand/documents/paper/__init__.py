"""One content, several renderings: a document as parts, and how it becomes a page or a Word file."""

from __future__ import annotations

from evenhand.documents.paper.html import html_of, tied
from evenhand.documents.paper.parts import Document, KeyFigure, Picture, Section, figures_sheet, picture_words
from evenhand.documents.paper.word import word_of

__all__ = [
    "Document",
    "KeyFigure",
    "Picture",
    "Section",
    "figures_sheet",
    "html_of",
    "picture_words",
    "tied",
    "word_of",
]
