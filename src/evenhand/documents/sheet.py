"""A table that leaves the building: fields with headings and kinds, rows, a title, a note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from evenhand.money import show_money

Kind = Literal["text", "money", "dollars", "count", "percent", "days", "date", "number", "change", "rate"]


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: the key in its rows, the heading, how to show it.

    ``money`` shows cents, ``dollars`` whole dollars; ``percent`` takes a share (0.045 is 4.5 %).
    ``change`` is whole dollars and ``rate`` a share, both always with their sign.
    """

    key: str
    heading: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a result, with its title and a note on source and denominator."""

    name: str
    title: str
    fields: tuple[Field, ...]
    rows: Sequence[Mapping[str, Any]]
    note: str = ""
    empty: str = "Nothing to show."


def show(value: Any, kind: Kind) -> str:
    """One value as a reader sees it.

    >>> show(Decimal("0.0451"), "percent"), show(None, "money"), show(12345, "count")
    ('4.5%', '–', '12,345')
    """
    if value is None:
        return "–"
    if kind in ("money", "dollars"):
        return show_money(Decimal(value), cents=kind == "money")
    if kind == "change":
        return ("+" if value > 0 else "") + show_money(Decimal(value), cents=False)
    if kind in ("percent", "rate"):
        return f"{Decimal(value) * 100:{'+' if kind == 'rate' else ''}.1f}%".replace("-", "−")
    if kind in ("count", "days"):
        return f"{value:,.0f}"
    return f"{value:,}" if kind == "number" else str(value)
