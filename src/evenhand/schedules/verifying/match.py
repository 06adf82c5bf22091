"""Holding what we compute against what publishers print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evenhand.schedules.library import Release


@dataclass(frozen=True, slots=True)
class Match:
    """One comparison.

    Attributes:
        schedule: What was computed.
        truth: What it was held against.
        release: The release the truth is from.
        rows: How many rows the truth has that can be computed.
        matched: How many of them are equal to the cent.
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


def match(schedule: str, truth: str, release: Release, pairs: Iterator[Pair]) -> Iterator[Match]:
    """The comparison of a truth's rows; none where it has none."""
    rows, left_out, misses = 0, 0, []
    for computed, published, words in pairs:
        if computed is None:
            left_out += 1
            continue
        rows += 1
        if computed != published:
            misses.append(f"{words}: {_plain(computed)} computed, {_plain(published)} published")
    if rows or left_out:
        yield Match(schedule, truth, release.id, rows, rows - len(misses), tuple(misses[:_TOLD]), left_out)


def _plain(amounts: tuple[Decimal | None, ...]) -> str:
    return "/".join("–" if amount is None else f"{amount:.2f}" for amount in amounts)
