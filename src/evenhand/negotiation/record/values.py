"""What a position comes to as a number: 4 %, 45 days, $1,250, yes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from evenhand.contracts.durations import parse_duration

_MONEY = re.compile(r"([+-]?)\$?\s*((?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?)\s*(%?)(?:\s+(.*))?")
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Measured:
    """A number and what it counts: ``%``, ``% of medicare``, ``days``, ``months``, ``$ per case`` or nothing."""

    number: Decimal
    unit: str


def measured(text: str) -> Measured | None:
    """A position as a number; ``None`` where it is words.

    >>> measured("4 %"), measured("45 days").number, measured("1 year"), measured("gold card")
    (Measured(number=Decimal('4'), unit='%'), Decimal('45'), Measured(number=Decimal('12'), unit='months'), None)
    """
    length = parse_duration(text)
    if length is not None:
        if length.months is not None:
            return Measured(Decimal(length.months), "months")
        return Measured(Decimal(length.days or 0), "days")
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        return None
    number = Decimal(found[2].replace(",", ""))
    sign = "%" if found[3] else "$" if "$" in text else ""
    unit = f"{sign} {' '.join((found[4] or '').lower().split())}".strip()
    return Measured(-number if found[1] == "-" else number, unit)


def in_order(opening: str, target: str, walk_away: str) -> bool | None:
    """Whether the target lies between opening and walk-away; ``None`` where they cannot be compared."""
    found = [measured(text) for text in (opening, target, walk_away)]
    units = {one.unit for one in found if one is not None}
    if None in found or len(units) > 1:
        return None
    numbers = [one.number for one in found if one is not None]
    return min(numbers[0], numbers[2]) <= numbers[1] <= max(numbers[0], numbers[2])
