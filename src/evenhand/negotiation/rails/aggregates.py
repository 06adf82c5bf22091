"""G3 to G5: what may leave of figures several organisations contributed to.

A house rule, stricter than the withdrawn safety zones and never called safe: at least five contributors, none with more
than a quarter, nothing younger than three months, at least eleven people in a cell, and no hidden cell that can be had
by subtraction from published totals. Every export of such figures can call :func:`released`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from evenhand.errors import UsageError
from evenhand.periods import add_months

#: What is said of everything that leaves.
NOTE = "House rule after withdrawn guidance: no safety zone, and not legal advice (G3, G5)."
_ALMOST = 1e-9


@dataclass(frozen=True, slots=True)
class Limits:
    """The house rule's numbers: fewest contributors, largest share of one, age in months, fewest people."""

    contributors: int = 5
    share: float = 0.25
    months: int = 3
    people: int = 11


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: its place in the table, its value, who contributed how much, how many people, its newest day."""

    key: tuple[str, ...]
    value: float
    contributors: Mapping[str, float]
    people: int
    newest: date


@dataclass(frozen=True, slots=True)
class Released:
    """What may be shown in a place: the value, or why there is none; the reason tells nothing of the value."""

    key: tuple[str, ...]
    value: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it may leave.

    ``hidden_totals`` are the lines whose total must be left out too: the place of a cell with ``all`` in the dimension
    that is added up.
    """

    cells: tuple[Released, ...]
    hidden_totals: tuple[tuple[str, ...], ...]
    note: str = NOTE


def released(cells: Sequence[Cell], today: date, limits: Limits | None = None) -> Table:
    """A table with every cell left out that may not leave, or could be had by subtraction from totals.

    Args:
        cells: all cells of a table, each place once; totals over any one dimension are taken to be published.
        today: the day it would leave.
        limits: the rule; the house's without it.

    Raises:
        UsageError: a place stands twice, or places have different numbers of dimensions.
    """
    rule = limits or Limits()
    by_key = {cell.key: cell for cell in cells}
    if len(by_key) < len(cells) or len({len(cell.key) for cell in cells}) > 1:
        raise UsageError("each place of a table stands in it once, with the same number of dimensions")
    why = {cell.key: reason for cell in cells if (reason := refused(cell, today, rule))}
    lines = [(place, keys) for place, keys in _lines(by_key)]
    open_totals = dict(lines)
    while given_away := _given_away(set(why), list(open_totals.values())):
        _hide_more(given_away, why, open_totals, by_key)
    for place, keys in lines:
        hidden = [key for key in keys if key in why]
        if hidden and sum(by_key[key].people for key in hidden) < rule.people:
            open_totals.pop(place, None)
    shown = tuple(Released(c.key, None if c.key in why else c.value, why.get(c.key, "")) for c in cells)
    return Table(shown, tuple(place for place, _ in lines if place not in open_totals))


def refused(cell: Cell, today: date, limits: Limits | None = None) -> str:
    """Why a cell may not leave by itself; empty where it may."""
    rule = limits or Limits()
    whole = sum(cell.contributors.values())
    if cell.people < rule.people:
        return f"fewer than {rule.people} people"
    if len([one for one in cell.contributors.values() if one > 0]) < rule.contributors:
        return f"fewer than {rule.contributors} contributors"
    if whole <= 0 or max(cell.contributors.values()) > rule.share * whole * (1 + _ALMOST):
        return f"one contributor has more than {rule.share:.0%}"
    if cell.newest > add_months(today, -rule.months):
        return f"younger than {rule.months} months"
    return ""


def _lines(cells: Mapping[tuple[str, ...], Cell]) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Cells that are added up into one total: those that differ in one dimension only."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for key in cells:
        for place in range(len(key)):
            found.setdefault((*key[:place], "all", *key[place + 1 :]), []).append(key)
    return iter(found.items())


def _given_away(hidden: set[tuple[str, ...]], lines: Sequence[Sequence[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Hidden cells that the totals determine: their own direction lies in the space the totals span."""
    order = sorted(hidden)
    at = {key: number for number, key in enumerate(order)}
    told = [[key for key in line if key in hidden] for line in lines]
    rows = np.zeros((len(told), len(order)))
    for row, keys in enumerate(told):
        for key in keys:
            rows[row, at[key]] = 1.0
    if not order or not rows.any():
        return []
    _, sizes, directions = np.linalg.svd(rows, full_matrices=False)
    spanned = directions[sizes > sizes.max() * 1e-10]
    return [key for key in order if np.square(spanned[:, at[key]]).sum() > 1 - 1e-8]


def _hide_more(
    given_away: Sequence[tuple[str, ...]],
    why: dict[tuple[str, ...], str],
    totals: dict[tuple[str, ...], list[tuple[str, ...]]],
    cells: Mapping[tuple[str, ...], Cell],
) -> None:
    """Leave out one more: the smallest cell beside one that is given away, else the total of its line."""
    lines = [(place, keys) for place, keys in totals.items() if given_away[0] in keys]
    beside = sorted({key for _, keys in lines for key in keys if key not in why}, key=lambda k: (cells[k].people, k))
    if beside:
        why[beside[0]] = "could give another cell away"
    else:
        for place, _ in lines:
            del totals[place]
