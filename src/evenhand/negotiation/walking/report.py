"""When to walk: both walk-away prices, what a break costs, how long it can last, and how sure any of it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import Parties
from evenhand.errors import UsageError
from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.walking.batna import batna_sheet
from evenhand.negotiation.walking.drawing import DRAWS, FIGURES, SEED, drawn_values, spread, tornado, zone_exists
from evenhand.negotiation.walking.formulas import Values, values
from evenhand.negotiation.walking.from_book import basis_from
from evenhand.negotiation.walking.stated import LineOfBusiness, refuse_impossible, stated
from evenhand.negotiation.walking.switching import switching, switching_calendar
from evenhand.results import Result


@dataclass(frozen=True, slots=True)
class WalkAway:
    """The answer, never without what it rests on.

    Attributes:
        payer: who is walked away from.
        assumptions: every number it rests on, with range, source and how sure.
        values: all figures at the likely values.
        exists: share of draws in which there is a price both gain from.
        spread: p10, p50 and p90 of each figure.
        tornado: each assumption by itself, widest first, for the figure asked about.
        figure: that figure.
        sheet: the contract against its alternative, by line of business and year.
        months: when members can leave, by the month a break begins.
        draws, seed: how many draws, and from where.
    """

    payer: str
    assumptions: Assumptions
    values: Values
    exists: float
    spread: Result
    tornado: Result
    figure: str
    sheet: Result
    months: Result
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class WalkQuestion:
    """What is asked: on which days, changed by which file, about which figure, for which kind of plan."""

    first_day: date | None = None
    last_day: date | None = None
    assumptions: Path | None = None
    figure: str = "zone"
    plan: str = "employer"
    draws: int = DRAWS
    seed: int = SEED


def walk_away(
    these: Assumptions, *, payer: str = "", question: WalkQuestion | None = None, lines: Sequence[LineOfBusiness] = ()
) -> WalkAway:
    """Both walk-away prices and what follows from them.

    Args:
        these: the assumptions, as :func:`evenhand.negotiation.walking.stated` makes them.
        payer: who is walked away from.
        question: the figure of the tornado, the plan, the draws.
        lines: the lines of business, where they are to be seen apart.

    Raises:
        UsageError: an assumption cannot be, or the figure is not known.
    """
    asked = question or WalkQuestion()
    if asked.figure not in FIGURES:
        raise UsageError(f"'{asked.figure}' is no figure here; known: {', '.join(FIGURES)}")
    every = these if "switch_january" in these else Assumptions([*these.values(), *switching(asked.plan).values()])
    if asked.assumptions is not None:
        every = every.read(asked.assumptions)
    refuse_impossible(every)
    likely = values({name: one.value for name, one in every.items()})
    draws = drawn_values(every, draws=asked.draws, seed=asked.seed)
    return WalkAway(
        payer,
        every,
        likely,
        zone_exists(draws),
        spread(likely, draws),
        tornado(every, asked.figure),
        asked.figure,
        batna_sheet(every, lines),
        switching_calendar(every),
        asked.draws,
        asked.seed,
    )


def walk_away_from(book: Book, payer: Parties | str, question: WalkQuestion | None = None) -> WalkAway:
    """The same with a payer's volume, price and emergency share from a book.

    Raises:
        SelectionError: no payer answers to the name, or it has too few claims.
        ContractError: the file of assumptions is refused.
    """
    asked = question or WalkQuestion()
    basis = basis_from(book, payer, first=asked.first_day, last=asked.last_day)
    return walk_away(stated(basis), payer=basis.payer, question=asked, lines=basis.lines)
