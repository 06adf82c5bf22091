"""The antitrust agencies' thresholds, as dated data: flags with their source, never advice."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from evenhand.errors import UsageError


@dataclass(frozen=True, slots=True)
class Guideline:
    """One edition of the merger guidelines: an index above ``concentrated_over`` is highly concentrated.

    ``change_over`` is the rise a merger there must make to be presumed harmful; ``merged_share_over`` (per cent) with
    ``share_change_over`` is the second presumption, in the edition that has it.
    """

    edition: str
    first_day: date
    last_day: date | None
    unconcentrated_under: float | None
    concentrated_over: float
    change_over: float
    merged_share_over: float | None
    share_change_over: float | None
    source: str
    sure: str

    def level(self, index: float) -> str:
        """How the edition calls an index."""
        if index > self.concentrated_over:
            return "highly concentrated"
        if self.unconcentrated_under is None:
            return "not highly concentrated"
        return "not concentrated" if index < self.unconcentrated_under else "moderately concentrated"

    def presumed(self, index: float, change: float, merged_share: float) -> bool:
        """Whether a merger that leads to this index and share is presumed to lessen competition."""
        by_index = index > self.concentrated_over and change > self.change_over
        if self.merged_share_over is None or self.share_change_over is None:
            return by_index
        return by_index or (merged_share * 100 > self.merged_share_over and change > self.share_change_over)


@dataclass(frozen=True, slots=True)
class Flag:
    """What an edition's thresholds say of a market: for a person to look at, not a conclusion of law."""

    edition: str
    says: str
    presumed: bool | None
    source: str


def _read() -> tuple[Guideline, ...]:
    text = files("evenhand.market").joinpath("guidelines.csv").read_text(encoding="utf-8")
    return tuple(_guideline(row) for row in csv.DictReader(text.splitlines()))


def _guideline(row: dict[str, str]) -> Guideline:
    def maybe(name: str) -> float | None:
        return float(row[name]) if row[name] else None

    ends = row["in_force_to"]
    return Guideline(
        row["edition"],
        date.fromisoformat(row["in_force_from"]),
        date.fromisoformat(ends) if ends else None,
        maybe("unconcentrated_under"),
        float(row["concentrated_over"]),
        float(row["change_over"]),
        maybe("merged_share_over"),
        maybe("share_change_over"),
        row["source"],
        row["sure"],
    )


#: Every edition known here, oldest first.
GUIDELINES = _read()


def guideline(edition: str) -> Guideline:
    """One edition.

    Raises:
        UsageError: it is not known.
    """
    for one in GUIDELINES:
        if one.edition == edition:
            return one
    raise UsageError(
        f"no merger guidelines of '{edition}' are known; known: {', '.join(g.edition for g in GUIDELINES)}"
    )


def flags(index: float, change: float | None = None, merged_share: float | None = None) -> list[Flag]:
    """What the 2010 and 2023 editions say of an index and, with a merger, of the change it makes.

    >>> [(flag.edition, flag.presumed) for flag in flags(2594.0, 734.0, 0.39)]
    [('2010', True), ('2023', True)]
    """
    found = []
    for one in GUIDELINES[1:]:
        words, presumed = one.level(index), None
        if change is not None and merged_share is not None:
            presumed = one.presumed(index, change, merged_share)
            words += "; the merger is presumed to lessen competition" if presumed else "; no presumption"
        found.append(Flag(one.edition, words, presumed, one.source))
    return found
