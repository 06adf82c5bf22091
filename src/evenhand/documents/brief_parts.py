"""The parts of a brief as data: key figures, charts with their tables, sections. The template only lays them out."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from evenhand.documents.charts import described
from evenhand.documents.sheet import Sheet


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
    """One section: its title, a leading sentence, pictures, tables, points, a note on sources."""

    id: str
    title: str
    lead: str = ""
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Sheet, ...] = ()
    folded: tuple[Sheet, ...] = ()
    points: tuple[str, ...] = ()
    note: str = ""


def picture_words(values: list[tuple[str, str]]) -> str:
    """A chart's values in one sentence."""
    return "; ".join(f"{name} {value}" for name, value in values) + "." if values else "Nothing to show."
