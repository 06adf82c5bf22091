"""National conversion factors of public fee schedules by day, each with its source and how sure it is."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from evenhand.periods import Period, through

Sure = Literal["verified", "stated", "from memory", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor.

    Attributes:
        name: What it converts: ``pfs``, ``pfs-qp`` (qualifying APM participants, from 2026), ``anesthesia``, ``opps``
            or ``asc``.
        value: Dollars a unit.
        period: The days it holds.
        sure: ``verified`` against published amounts, ``stated`` by its source, ``from memory``, or ``unconfirmed``.
        source: Where it stands.
    """

    name: str
    value: Decimal
    period: Period
    sure: Sure
    source: str


def factor(name: str, day: date) -> Factor | None:
    """The factor of a name that holds on a day; ``None`` where none is known, which is never nought.

    >>> factor("pfs", date(2024, 3, 9)).value
    Decimal('33.2875')
    >>> factor("pfs-qp", date(2025, 1, 1)) is None
    True
    """
    return next((one for one in factors() if one.name == name and day in one.period), None)


@cache
def factors() -> tuple[Factor, ...]:
    """All factors that are known."""
    text = files("evenhand.schedules").joinpath("factors.csv").read_text(encoding="utf-8")
    return tuple(_factor(row) for row in csv.DictReader(text.splitlines()))


def _factor(row: dict[str, str]) -> Factor:
    first, last = (date.fromisoformat(row[name]) for name in ("from", "to"))
    sure = next(word for word in get_args(Sure) if word == row["sure"])
    return Factor(row["name"], Decimal(row["value"]), through(first, last), sure, row["source"])
