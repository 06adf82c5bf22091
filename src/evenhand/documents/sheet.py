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


#: Characters that move the cursor, colour the screen or turn the writing around, and those no file may hold; what is
#: shown in their place.
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_UNSEEN = (*range(32), *range(127, 160), *_TURNING, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)
_PLAIN = dict.fromkeys(_UNSEEN, "\N{REPLACEMENT CHARACTER}") | {9: " ", 10: " ", 13: " "}


def printable(text: str) -> str:
    r"""Text from a file on one line of the screen: it cannot move the cursor nor hide what follows.

    >>> printable("Summit\nHealth\x1b[2J")
    'Summit Health�[2J'
    """
    return text.translate(_PLAIN)


def show(value: Any, kind: Kind) -> str:
    """One value as a reader sees it.

    >>> show(Decimal("0.0451"), "percent"), show(None, "money"), show(12345, "count")
    ('4.5%', '–', '12,345')
    >>> show(Decimal("-0.0451"), "rate"), show(Decimal("-0.0001"), "rate"), show(Decimal("49"), "change")
    ('−4.5%', '0.0%', '+$49')
    """
    if value is None:
        return "–"
    if kind in ("money", "dollars"):
        return show_money(Decimal(value), cents=kind == "money")
    if kind == "change":
        return ("+" if value > 0 else "") + show_money(Decimal(value), cents=False)
    if kind in ("percent", "rate"):
        return _percent(Decimal(value), signed=kind == "rate")
    if kind in ("count", "days"):
        return f"{value:,.0f}"
    return f"{Decimal(value).normalize():,f}" if kind == "number" else printable(str(value))


def _percent(share: Decimal, *, signed: bool) -> str:
    """A share in per cent to one decimal; what rounds to nothing has no sign."""
    percent = (share * 100).quantize(Decimal("0.1"))
    sign = "+" if signed and percent > 0 else "−" if percent < 0 else ""
    return f"{sign}{abs(percent)}%"
