"""What every schedule at hand pays for one code on one day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evenhand.errors import SelectionError
from evenhand.schedules.library import Library
from evenhand.schedules.quoting.anesthesia import anesthesia_quotes
from evenhand.schedules.quoting.coded import coded_quotes
from evenhand.schedules.quoting.inpatient import inpatient_quotes
from evenhand.schedules.quoting.others import equipment_quotes, own_quotes
from evenhand.schedules.quoting.physician import physician_quotes
from evenhand.schedules.quoting.quote import Asked, Quote

__all__ = ["Quote", "quotes"]

_ROOMS = (physician_quotes, anesthesia_quotes, coded_quotes, equipment_quotes, inpatient_quotes, own_quotes)


def quotes(
    library: Library,
    code: str,
    day: date | None = None,
    *,
    locality: str = "national",
    wage_index: Decimal = Decimal(1),
    qualifying: bool = False,
) -> list[Quote]:
    """What every schedule of the library pays for a code.

    Args:
        library: The library.
        code: A procedure code of five characters, or a DRG of three.
        day: The day of service; without it, the last day each schedule's latest release holds for.
        locality: Contractor and locality (``10112-00``), a ZIP code, or ``national``.
        wage_index: Wage index of the hospital or surgery centre.
        qualifying: Whether services are paid as those of qualifying participants (2026 and later).

    Raises:
        SelectionError: Nothing in the library names the code on that day.
    """
    asked = Asked(library, code.strip().upper(), day, locality, wage_index, qualifying)
    found = [quote for room in _ROOMS for quote in room(asked)]
    if not found:
        when = f"on {day}" if day else "at any time"
        words = f"no schedule at hand names {asked.code} {when}"
        raise SelectionError(f"{words}; 'evenhand schedules list' shows what there is")
    return found
