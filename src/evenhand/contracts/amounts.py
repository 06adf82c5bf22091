"""Amounts as the cells of rate tables give them."""

from __future__ import annotations

import re
from decimal import Decimal

from evenhand.errors import Log

#: Decimals an amount may have: drugs are paid by the thousandth of a cent.
PLACES = 6
_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]*)?|\.[0-9]+)")


def number(text: str) -> Decimal | None:
    """A number as people write amounts; ``None`` where it is none.

    >>> number("$1,250.50"), number("n/a")
    (Decimal('1250.50'), None)
    """
    bare = text.replace("$", "").replace(",", "").strip()
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def read_amount(text: str, code: str, line: int, log: Log) -> Decimal | None:
    """The amount of a cell; ``None``, and why in the log, where it is none."""
    value = number(text)
    if value is None:
        log.error(line, f"{code}: '{text}' is not an amount", "leave the row out if the code has no rate")
    elif value < 0:
        log.error(line, f"{code}: the amount {text} is below zero", "a rate is zero or more")
    elif value >= 10**12:
        log.error(line, f"{code}: the amount {text} is too large", "check the columns")
    elif value != round(value, PLACES):
        log.error(line, f"{code}: {text} has more than six decimals", "round it as the contract does")
    else:
        return value
    return None
