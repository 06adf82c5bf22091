"""Why a line is paid less than it would be by itself, in words: its family, its rank."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evenhand.money import ZERO, show_money, to_cents

Row = Mapping[str, Any]


def fee_alone(row: Row) -> Decimal:
    """What the line would be paid if nothing else were billed with it."""
    unit = to_cents(row["unit_rate"] * row["modifier_factor"])
    return unit if row["per"] == "line" else to_cents(unit * row["units"])


def reduction_words(row: Row, alone: Decimal) -> str:
    """What is taken from a line that would be paid ``alone`` by itself, and what is left."""
    less: Decimal = row["reduction_amount"] or ZERO
    told = _family(row, less) + f" = {show_money(alone + less)}"
    factor, rank = row["procedure_factor"], row["procedure_rank"]
    if factor == 1 or not row["fee_amount"]:
        return told
    return f"{told} × {(factor * 100).normalize():f} % ({ordinal(rank)} procedure) = {show_money(row['fee_amount'])}"


def _family(row: Row, less: Decimal) -> str:
    base = row["reduction"].removeprefix("family ")
    if (row.get("hcpcs_code") or "").strip().upper() == base:
        return f"{show_money(-less)} less, because it is part of the others of its family"
    if not less:
        return f"nothing less, because {base}, the base of its family, has no rate"
    return f"{show_money(-less)} less for {base}, the base of its family"


def ordinal(number: int) -> str:
    """
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
