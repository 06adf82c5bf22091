"""Limits as data: what a line, a group of terms, a day or a claim is paid at least and at most."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from evenhand.contracts.model import Selector

Level = Literal["line", "group", "day", "claim"]
LEVELS: tuple[Level, ...] = ("line", "group", "day", "claim")


@dataclass(frozen=True, slots=True)
class Bounds:
    """A share of charges, an amount in dollars, or both: of two floors the higher, of two caps the lower holds."""

    percent_of_charges: Decimal | None = None
    amount: Decimal | None = None

    @property
    def is_charges(self) -> bool:
        """Whether it is the charges themselves: *lesser of* and *greater of* rate and charges."""
        return self.percent_of_charges == 1 and self.amount is None


@dataclass(frozen=True, slots=True)
class Limit:
    """What the lines it covers are paid at least and at most, together.

    Attributes:
        level: ``line``: each line by itself, and the lines a claim-level price takes in together. ``group``: all lines
            covered. ``day``: those of one day. ``claim``: the whole claim, after stop-loss, if a line is covered.
        at_least: The floor; where it exceeds the cap, the cap holds.
        at_most: The cap.
        terms: Names of the terms whose lines are covered; empty: all.
        covers: Which lines are covered besides; ``None``: all.
    """

    name: str
    level: Level
    at_least: Bounds | None = None
    at_most: Bounds | None = None
    terms: tuple[str, ...] = ()
    covers: Selector | None = None
    cite: str = ""
    line: int = field(default=0, compare=False)  # where it stands in its file
    source: str = field(default="", compare=False)  # the file it stands in

    @property
    def needs_charges(self) -> bool:
        """Whether it cannot be judged without the charges."""
        return any(each is not None and each.percent_of_charges is not None for each in (self.at_least, self.at_most))

    @property
    def floor_kind(self) -> str:
        """What an amount is called that lifts the price."""
        return "greater of" if self.at_least is not None and self.at_least.is_charges else "floor"

    @property
    def cap_kind(self) -> str:
        """What an amount is called that lowers the price."""
        if self.at_most is not None and self.at_most.is_charges:
            return "lesser of"
        return "daily maximum" if self.level == "day" else "cap"
