"""What every schedule gives: fees with what it says of their codes, on one day or stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from evenhand.periods import Period
from evenhand.schedules.library import Release
from evenhand.schedules.pfs.formula import Fee


@dataclass(frozen=True, slots=True)
class Said:
    """What a schedule says of a code and modifier besides its fee, by the names relative value files have for it."""

    code: str
    modifier: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken from one release."""

    release: Release
    fees: tuple[Fee, ...]
    says: tuple[Said, ...]


class Published(Protocol):
    """A public schedule of a library."""

    def on(self, day: date) -> Taken:
        """What the release in force on a day pays.

        Raises:
            SelectionError: None is in force.
        """

    def pieces(self, *, filled: bool = False) -> Iterator[tuple[Period, Taken]]:
        """What is paid in each stretch of time that nothing changes in.

        Args:
            filled: Let days without a release have the one before it of the same year, else the first of the year.
        """
