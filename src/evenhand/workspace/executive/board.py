"""What stands on the executive's page. No single claim is behind any word of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from evenhand.documents.words import day_words
from evenhand.money import ratio
from evenhand.negotiation.record import Negotiation, Round, Zone
from evenhand.workspace.figures.queries import Figure
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.portfolio import queries
from evenhand.workspace.portfolio.needs import Need, needs
from evenhand.workspace.portfolio.queries import Figures, Line
from evenhand.workspace.site.words import shown


@dataclass(frozen=True, slots=True)
class Key:
    """One figure of the first row, as the part of the site for key figures takes it."""

    label: str
    figure: str
    meaning: str
    source: str
    as_of: datetime | None
    trend: Sequence[Decimal] = ()
    kind: str = "dollars"
    unit: str = ""
    url: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A negotiation: what each side offered last, and the walk-away prices for those who may see them."""

    line: Line
    found: Negotiation
    ours: Round | None
    theirs: Round | None
    zone: Zone | None

    @property
    def decide(self) -> list[str]:
        """What a leader's word is asked for and not given."""
        return [one.what for one in self.found.approvals if one.given is None]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole page."""

    today: date
    keys: list[Key]
    lines: list[Line]
    standings: list[Standing]
    needs: list[Need]
    known: Figures
    positions: bool

    @property
    def working(self) -> bool:
        """Whether a figure is still in the making."""
        return self.known.working


def board(desk: Desk, today: date) -> Board:
    """The page of an organisation on this day.

    Raises:
        BookError: it has no book yet.
    """
    known = queries.figures(desk)
    lines = queries.lines(desk, known, today)
    standings = [_standing(desk, line) for line in lines if line.talks]
    mine = [one for one in needs(desk, lines, today) if one.mine or one.state == "bad" or one.word == "notice"]
    return Board(today, list(_keys(known)), lines, standings, mine, known, desk.may(May.SEE_POSITIONS))


def _standing(desk: Desk, line: Line) -> Standing:
    assert line.talks is not None
    found = line.talks.found
    zone = found.zone if desk.may(May.SEE_POSITIONS) else None
    ours, theirs = (found.rounds_by(by)[-1:] for by in ("us", "them"))
    return Standing(line, found, next(iter(ours), None), next(iter(theirs), None), zone)


def _keys(known: Figures) -> Iterator[Key]:
    if known.payers.value:
        yield from _payment(known.payers.value["payers"], known.payers)
    if known.variance.value:
        yield _variance(known.variance.value["payers"], known.variance)
    if known.medicare.value:
        yield _medicare(known.medicare.value["payers"], known.medicare)


_count, _days, _dollars, _percent = (partial(shown, kind=kind) for kind in ("count", "days", "dollars", "percent"))


def _sum(rows: Iterable[Mapping[str, Any]], key: str) -> Decimal:
    return sum((Decimal(row[key]) for row in rows if row[key] is not None), Decimal(0))


def _over(figure: Figure) -> str:
    """What a figure is over, in words."""
    over = (figure.value or {})["over"]
    first, last = (day_words(date.fromisoformat(over[key])) if over[key] else "–" for key in ("first_day", "last_day"))
    return f"{_count(over['claims'])} claims, {first} to {last}."


def _payment(rows: Sequence[Mapping[str, Any]], figure: Figure) -> Iterator[Key]:
    paid, over = _sum(rows, "paid"), _over(figure)
    yield Key("Paid by plans", _dollars(paid), f"by {_count(len(rows))} payers", over, figure.made_at, first=True)
    denied = ratio(_sum(rows, "denied_charges"), _sum(rows, "remitted_charges"))
    yield Key("Denied, of charges", _percent(denied), "of the charges plans answered", over, figure.made_at)
    slow = max(rows, key=lambda row: row["days_p50"] or 0, default=None)
    if slow and slow["days_p50"] is not None:
        half, days = f"{slow['payer']}, half of its claims", _days(slow["days_p50"])
        yield Key("Slowest payer", days, half, over, figure.made_at, unit="days")


def _variance(rows: Sequence[Mapping[str, Any]], figure: Figure) -> Key:
    less, expected = _sum(rows, "underpaid"), _sum(rows, "expected")
    share = f"{_percent(ratio(less, expected))} of what contracts say"
    return Key("Paid less than agreed", _dollars(less), share, _over(figure), figure.made_at)


def _medicare(rows: Sequence[Mapping[str, Any]], figure: Figure) -> Key:
    whole = ratio(_sum(rows, "allowed"), _sum(rows, "medicare"))
    source = (figure.value or {})["why_not"] or _over(figure)
    return Key("Of Medicare", _percent(whole), "allowed, over what Medicare allows", source, figure.made_at)
