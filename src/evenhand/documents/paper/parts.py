"""The parts of a document as data: key figures, charts with their tables, sections. Renderings only lay them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from evenhand.documents.charts import described
from evenhand.documents.sheet import Field, Sheet

#: ``brief`` and ``sheet`` have sections with their titles beside them; a ``page`` fits one; a ``letter`` runs on.
Kind = Literal["brief", "sheet", "page", "letter"]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure of the first screen: what it is, the figure, what it means, over what it is reckoned."""

    label: str
    figure: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its title and what it says, for those who do not see it too."""

    title: str
    svg: str
    says: str

    @property
    def markup(self) -> Markup:
        """The SVG, drawn here and therefore safe to put into a page as it is."""
        return Markup(described(self.svg, self.title, self.says))  # noqa: S704


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its title, a leading sentence, and what follows it, in the order of the fields.

    Attributes:
        lines: short lines that belong together, such as an address or a signature.
        tables, folded: tables; those folded are opened by a click where there is one.
        note: sources and denominators.
    """

    id: str
    title: str
    lead: str = ""
    paragraphs: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Sheet, ...] = ()
    folded: tuple[Sheet, ...] = ()
    points: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document before it is laid out.

    Attributes:
        name: what its file is called, without a suffix.
        kind: how it is laid out.
        written: the day it is written; its files carry no other time.
        title: its first heading; of a letter, what it is about.
        eyebrow: what it is, in a few words above the title; ``beside`` says for whom.
        marking: who may see it, on every page; empty where anybody may.
        opening: blocks of lines above the title: of a letter, sender, day, addressee.
        verdict: what a reader needs to know, most important first.
        figures: the figures behind it.
        footer: the last line.
        enclosed: tables that go with it as a workbook.
    """

    name: str
    kind: Kind
    written: date
    title: str
    eyebrow: str = ""
    beside: str = ""
    marking: str = ""
    opening: tuple[tuple[str, ...], ...] = ()
    verdict: tuple[str, ...] = ()
    figures: tuple[KeyFigure, ...] = ()
    sections: tuple[Section, ...] = ()
    footer: str = ""
    enclosed: tuple[Sheet, ...] = ()

    @property
    def called(self) -> str:
        """Title and kind in one line, for the window and the file's properties."""
        return f"{self.title}: {self.eyebrow[:1].lower()}{self.eyebrow[1:]}" if self.eyebrow else self.title


_FIGURES = (
    Field("label", "Figure"),
    Field("figure", ""),
    Field("meaning", "What it means"),
    Field("source", "Reckoned over"),
)


def figures_sheet(figures: Sequence[KeyFigure], title: str, note: str = "") -> Sheet:
    """Key figures as a table."""
    rows = [{field.key: getattr(one, field.key) for field in _FIGURES} for one in figures]
    return Sheet("key-figures", title, _FIGURES, rows, note)


def picture_words(values: list[tuple[str, str]]) -> str:
    """A chart's values in one sentence."""
    return "; ".join(f"{name} {value}" for name, value in values) + "." if values else "Nothing to show."
