"""A sparkline: a few figures as a line no higher than a word, with the same in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evenhand.documents.sheet import Kind
from evenhand.workspace.site.words import shown

Figures = Sequence[Decimal | int | float | None]

WIDTH, HEIGHT, _MARGIN = 100.0, 24.0, 3.0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A sparkline drawn.

    Attributes:
        lines: stretches of known figures; a missing one leaves a gap.
        last: the last known figure.
        zero: how far down zero lies, where the figures cross it.
        says: the same in words.
    """

    lines: tuple[str, ...]
    last: tuple[float, float]
    zero: float | None
    says: str


def drawn(figures: Figures, kind: Kind = "number", label: str = "") -> Sparkline | None:
    """Draw figures from left to right; ``None`` when none of them is known.

    >>> drawn([1, None, 3, 2], "count", "Denials").says
    'Denials: from 1 to 2 over 4 values, between 1 and 3'
    >>> drawn([1, None, 3, 2]).lines
    ('0.0,21.0', '66.7,3.0 100.0,12.0')
    """
    known = [float(one) for one in figures if one is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    points = [
        None if one is None else (_across(at, len(figures)), _up(float(one), low, high))
        for at, one in enumerate(figures)
    ]
    last = next(point for point in reversed(points) if point is not None)
    zero = _up(0.0, low, high) if low < 0 < high else None
    return Sparkline(tuple(_runs(points)), last, zero, _says(figures, kind, label))


def _across(at: int, many: int) -> float:
    return round(at * WIDTH / (many - 1), 1) if many > 1 else WIDTH


def _up(value: float, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return round(HEIGHT - _MARGIN - share * (HEIGHT - 2 * _MARGIN), 1)


def _runs(points: Sequence[tuple[float, float] | None]) -> Iterator[str]:
    """Stretches of known points, each as the text of a line."""
    run: list[str] = []
    for point in (*points, None):
        if point is not None:
            run.append(f"{point[0]},{point[1]}")
        elif run:
            yield " ".join(run)
            run = []


def _says(figures: Figures, kind: Kind, label: str) -> str:
    known = [one for one in figures if one is not None]
    ends = f"from {shown(known[0], kind)} to {shown(known[-1], kind)} over {len(figures)} values"
    span = f"between {shown(min(known), kind)} and {shown(max(known), kind)}"
    return f"{label or 'Trend'}: {ends}, {span}"
