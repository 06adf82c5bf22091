"""Why a line is paid less than it would be by itself, in words: its family, its parts, its rank."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evenhand.money import ZERO, show_money, to_cents

#: What a part is called where it is not called a part.
_PART = {"practice expense": "practice expense"}

Row = Mapping[str, Any]


def fee_alone(row: Row) -> Decimal:
    """What the line would be paid if nothing else were billed with it."""
    if row["unit_rate"] is None:  # a rate with fractions of a cent, rounded with its line alone
        rate = row["basis_amount"] * (1 if row["percent"] is None else row["percent"]) * row["escalation"]
        return to_cents(rate * row["modifier_factor"] * row["units"])
    unit = to_cents(row["unit_rate"] * row["modifier_factor"])
    return unit if row["per"] == "line" else to_cents(unit * row["units"])


def reduction_words(row: Row, alone: Decimal) -> str:
    """What is taken from a line that would be paid ``alone`` by itself, and what is left."""
    less: Decimal = row["reduction_amount"] or ZERO
    if not row["reduction"].startswith("family "):
        return f"{show_money(-less)} less for its {_parts(row['reduction'])} = {show_money(row['fee_amount'])}"
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


def _parts(reduction: str) -> str:
    """The parts that were cut.

    >>> _parts("professional 2, technical 3")
    'professional part (the 2nd) and technical part (the 3rd)'
    """
    ranked = (each.rpartition(" ") for each in reduction.split(", "))
    return " and ".join(f"{_PART.get(part, f'{part} part')} (the {ordinal(int(nth))})" for part, _, nth in ranked)


def ordinal(number: int) -> str:
    """
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 22)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd']
    """
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
