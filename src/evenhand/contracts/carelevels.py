"""Levels of care taken apart: which revenue codes the same levels name, and which of these pays which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evenhand.codes import CodeRange
from evenhand.contracts.methods.levels import Level, Levels


@dataclass(frozen=True, slots=True)
class Tier:
    """Days after the first ``after`` up to the ``until``-th (``None``: all later ones), paid by a level (from 1)."""

    after: int
    until: int | None
    level_no: int


@dataclass(frozen=True, slots=True)
class CareGroup:
    """Revenue codes named by the same levels, in ranges that do not overlap, with the tiers of their days.

    Without ranges: the days of the stay.
    """

    ranges: tuple[CodeRange, ...]
    tiers: tuple[Tier, ...]


def care_groups(pay: Levels) -> tuple[CareGroup, ...]:
    """The groups in the order of their first levels."""
    found: dict[tuple[int, ...], list[CodeRange]] = {}
    if not any(level.revenue_codes for level in pay.levels):
        found[tuple(range(len(pay.levels)))] = []
    for piece in _pieces(pay.levels):
        found.setdefault(_naming(pay.levels, piece), []).append(piece)
    return tuple(CareGroup(tuple(ranges), _tiers(pay.levels, key)) for key, ranges in sorted(found.items()) if key)


def uncovered_days(group: CareGroup) -> tuple[int, int | None] | None:
    """The first days (both inside) no level of the group pays."""
    reached = 0
    for tier in sorted(group.tiers, key=lambda tier: tier.after):
        if tier.after > reached:
            return reached + 1, tier.after
        if tier.until is None:
            return None
        reached = tier.until
    return reached + 1, None


def _pieces(levels: tuple[Level, ...]) -> Iterator[CodeRange]:
    """All codes the levels name, cut wherever one of their ranges begins or ends."""
    ranges = [one for level in levels for one in level.revenue_codes]
    cuts = sorted({int(one.low) for one in ranges} | {int(one.high) + 1 for one in ranges})
    for low, after in pairwise(cuts):
        piece = CodeRange(f"{low:04}", f"{after - 1:04}")
        if any(one.low <= piece.low and piece.high <= one.high for one in ranges):
            yield piece


def _naming(levels: tuple[Level, ...], piece: CodeRange) -> tuple[int, ...]:
    return tuple(
        place
        for place, level in enumerate(levels)
        if any(one.low <= piece.low and piece.high <= one.high for one in level.revenue_codes)
    )


def _tiers(levels: tuple[Level, ...], places: tuple[int, ...]) -> tuple[Tier, ...]:
    """The days cut wherever a level begins or ends; the first level that holds a piece pays it."""
    starts = {levels[place].first - 1 for place in places}
    starts |= {last for place in places if (last := levels[place].last) is not None}
    cuts = sorted(starts | {0})
    tiers = []
    for after, until in zip(cuts, [*cuts[1:], None], strict=True):
        holder = next((place for place in places if _holds(levels[place], after)), None)
        if holder is not None:
            tiers.append(Tier(after, until, holder + 1))
    return tuple(tiers)


def _holds(level: Level, after: int) -> bool:
    return level.first - 1 <= after and (level.last is None or after < level.last)
