"""``pay: {levels: […]}``: hospital days, each paid by its level of care and its place in the stay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from evenhand.codes import CodeRange


@dataclass(frozen=True, slots=True)
class Level:
    """A rate per day for the days on lines of these revenue codes, from the ``first`` to the ``last``, both inside.

    Without revenue codes it holds for the days of the stay.
    """

    amount: Decimal
    revenue_codes: tuple[CodeRange, ...] = ()
    first: int = 1
    last: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of care, the first that fits a day paying it.

    ``counts`` says what the days of a level are counted within: the ``stay``, its lines in order one after the
    other, or the ``level``, the lines of revenue codes that the same levels name.
    """

    levels: tuple[Level, ...]
    counts: Literal["stay", "level"] = "level"
    method: str = "levels"
