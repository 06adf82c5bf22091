"""A timeline of contracts and talks: what lies on it as data, and where it is drawn, in per cent of the width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count, takewhile

from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import day_words
from evenhand.periods import Period, add_months

#: What a bar can be → its words, its upper edge and its height in pixels.
BARS = {
    "term": ("contract term", 12, 12),
    "prepare": ("preparation", 6, 6),
    "notice": ("time in which notice can be given", 24, 5),
    "talks": ("negotiation", 6, 4),
}
#: What a marker can be → its words and its outline.
MARKERS = {
    "event": ("event", "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z"),
    "notice": ("last day for notice", "M0-7 7 0 0 7-7 0Z"),
    "late": ("missed", "M-6-4-4-6 0-2 4-6 6-4 2 0 6 4 4 6 0 2-4 6-6 4-2 0Z"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: a kind of ``BARS``, and what it is."""

    period: Period
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A day: a kind of ``MARKERS``, and what it is."""

    day: date
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One row: whose it is, with what lies on it."""

    name: str
    bars: tuple[Bar, ...] = ()
    markers: tuple[Marker, ...] = ()
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Strips over one period."""

    title: str
    period: Period
    today: date
    strips: tuple[Strip, ...]

    def at(self, day: date) -> float:
        """How far from the left a day lies, in per cent of the width."""
        return round(100 * (day - self.period.start).days / (self.period.end - self.period.start).days, 2)

    def table(self) -> Sheet:
        """The same as a table."""
        fields = (Field("name", "Of"), Field("what", "What"), Field("from", "From", "date"), Field("to", "To", "date"))
        rows = [row for strip in self.strips for row in _rows(strip)]
        return Sheet("timeline", self.title, fields, rows, empty="Nothing lies on this timeline.")


def _rows(strip: Strip) -> Iterator[dict[str, str]]:
    for bar in strip.bars:
        last = day_words(bar.period.last) if bar.period.last else "no end"
        yield {"name": strip.name, "what": bar.label, "from": day_words(bar.period.start), "to": last}
    for marker in strip.markers:
        yield {"name": strip.name, "what": marker.label, "from": day_words(marker.day), "to": day_words(marker.day)}


@dataclass(frozen=True, slots=True)
class Tick:
    """The start of a month: where, its word, whether a year begins, whether a narrow screen leaves the word out."""

    x: float
    text: str
    year: bool
    between: bool


def ticks(timeline: Timeline) -> tuple[Tick, ...]:
    """The quarters of the period, each named, the years by their number; up to four years, then the years alone."""
    first = date(timeline.period.start.year, 1, 1)
    months = takewhile(lambda day: day < timeline.period.end, (add_months(first, 3 * step) for step in count()))
    starts = [day for day in months if day >= timeline.period.start]
    named = [day for day in starts if len(starts) <= 16 or day.month == 1]
    return tuple(_tick(timeline, day, first=day == named[0]) for day in named)


def _tick(timeline: Timeline, day: date, *, first: bool) -> Tick:
    year = day.month == 1
    word = f"{day:%Y}" if year else f"{day:%b %Y}" if first else f"{day:%b}"
    return Tick(timeline.at(day), word, year, between=not year)


def says(strip: Strip) -> str:
    """What lies on a strip, in one sentence."""
    bars = (f"{row['what']}, {row['from']} to {row['to']}" for row in _rows(Strip(strip.name, strip.bars)))
    days = (f"{one.label}, {day_words(one.day)}" for one in strip.markers)
    return f"{strip.name}: {'; '.join((*bars, *days)) or 'nothing'}"


def kinds(strips: Iterable[Strip]) -> tuple[list[str], list[str]]:
    """The kinds of bars and of markers that occur, in the order of their lists."""
    found = [({bar.kind for bar in one.bars}, {marker.kind for marker in one.markers}) for one in strips]
    bars: set[str] = set().union(*(one for one, _ in found))
    markers: set[str] = set().union(*(one for _, one in found))
    return [kind for kind in BARS if kind in bars], [kind for kind in MARKERS if kind in markers]
