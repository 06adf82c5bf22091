"""Holding what we compute against what publishers print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Match:
    """One comparison.

    Attributes:
        schedule: What was computed.
        truth: What it was held against.
        release: The release the truth is from, or its file.
        rows: How many rows the truth has that can be computed.
        matched: How many of them are equal, to the last figure that is published.
        misses: The first that are not, in words.
        left_out: How many rows cannot be computed, as those contractors price.
    """

    schedule: str
    truth: str
    release: str
    rows: int
    matched: int
    misses: tuple[str, ...] = ()
    left_out: int = 0


#: (computed, published, words for the row); nothing computed: the row cannot be.
Pair = tuple[tuple[Decimal | None, ...] | None, tuple[Decimal | None, ...], str]
_TOLD = 5


def match(schedule: str, truth: str, release: str, pairs: Iterable[Pair]) -> Iterator[Match]:
    """The comparison of a truth's rows; none where it has none.

    Args:
        schedule: What is computed.
        truth: What it is held against.
        release: Where that stands: the release's name, or the file's.
        pairs: Computed and published amounts, row by row.
    """
    rows, left_out, misses = 0, 0, []
    for computed, published, words in pairs:
        if computed is None:
            left_out += 1
            continue
        rows += 1
        if computed != published:
            misses.append(f"{words}: {_plain(computed)} computed, {_plain(published)} published")
    if rows or left_out:
        yield Match(schedule, truth, release, rows, rows - len(misses), tuple(misses[:_TOLD]), left_out)


def _plain(amounts: tuple[Decimal | None, ...]) -> str:
    return "/".join("–" if amount is None else _figure(amount) for amount in amounts)


def _figure(amount: Decimal) -> str:
    """At least cents; factors have more."""
    short = amount.normalize()
    return f"{short:f}" if short.as_tuple().exponent < -2 else f"{amount:.2f}"  # type: ignore[operator]
