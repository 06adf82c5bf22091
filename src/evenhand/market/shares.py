"""Shares of a market, and how concentrated they make it: the Herfindahl–Hirschman index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evenhand.market.discharges import Discharges
from evenhand.market.keys import Floats


def hhi(shares: Floats) -> float:
    """The index of shares that add up to one: ``10,000 · Σ share²``.

    >>> hhi(np.array([0.5, 0.3, 0.2]))
    3800.0
    """
    return float(round((np.asarray(shares, dtype=np.float64) ** 2).sum() * 10_000, 9))


@dataclass(frozen=True, slots=True)
class Concentration:
    """Systems, their patients and shares, and the index; with a merger, what it would be after.

    Attributes:
        systems: the systems.
        patients: each one's patients.
        share: each one's share of all patients.
        index: the index, 0 to 10,000.
        merged: the name of the merged system; empty without one.
        merged_share: its share.
        index_after: the index after the merger.
    """

    systems: tuple[str, ...]
    patients: Floats
    share: Floats
    index: float
    merged: str = ""
    merged_share: float | None = None
    index_after: float | None = None

    @property
    def change(self) -> float | None:
        """How much a merger adds to the index."""
        return None if self.index_after is None else self.index_after - self.index


def concentration(discharges: Discharges, merging: Sequence[str] = ()) -> Concentration:
    """Shares of systems and the index, over all discharges.

    Raises:
        SelectionError: a system named is not known.
        UsageError: a merger is of one system only.
    """
    patients = discharges.by_system
    share = patients / patients.sum()
    found = Concentration(discharges.systems, patients, share, hhi(share))
    if not merging:
        return found
    after, number = discharges.merged(merging)
    shares = after.by_system / patients.sum()
    return Concentration(
        found.systems, patients, share, found.index, after.systems[number], float(shares[number]), hhi(shares)
    )
