"""A figure of leverage: what it is of, where it comes from, how sure it is, and what it means for either side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from evenhand.market.adequacy import Screen
from evenhand.market.bargaining import Bargains, Leaving, Rates
from evenhand.market.cells import Cells
from evenhand.market.discharges import Discharges
from evenhand.market.diversion import Diversion
from evenhand.market.guidelines import Flag
from evenhand.market.shares import Concentration
from evenhand.market.willingness import Willingness
from evenhand.results import Result

Unit = Literal["share", "patients", "times", "index", "dollars a patient", "dollars a year", "count"]
COUNTED, MODEL, SCREEN = "counted", "a model's answer", "a screen"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of leverage.

    Attributes:
        name: what it is.
        value: the figure; ``None`` where there is none, and ``provider`` says why.
        unit: what it counts.
        of: its denominator, in words.
        source: where it comes from.
        sure: counted, a model's answer, or a screen, with what it leans on.
        provider, plan: what it means for either side.
        least, most: its range, where it has one.
        patients: patients behind it, where few must not show.
    """

    name: str
    value: float | None
    unit: Unit
    of: str
    source: str
    sure: str
    provider: str
    plan: str
    least: float | None = None
    most: float | None = None
    patients: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else is at hand beside discharges; whatever is absent is left out and said so."""

    rates: Rates | None = None
    screen: Screen | None = None
    unique: Result | None = None
    network: Result | None = None
    volume: Result | None = None
    leaving: Leaving = field(default_factory=Leaving)


@dataclass(frozen=True, slots=True)
class Leverage:
    """The leverage of one system, with one plan or with all: figures, and the tables behind them."""

    us: str
    plan: str | None
    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    system: int
    discharges: Discharges
    cells: Cells
    worth: Willingness
    diversion: Diversion
    market: Concentration
    flags: tuple[Flag, ...]
    bargains: Bargains | None
    evidence: Evidence
