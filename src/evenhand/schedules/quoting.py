"""What every schedule at hand pays for one code on one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenhand.errors import SelectionError
from evenhand.schedules.library import Library, Release
from evenhand.schedules.pfs.locality import read_locality
from evenhand.schedules.pfs.physician import Physician


@dataclass(frozen=True, slots=True)
class Quote:
    """What one schedule pays.

    Attributes:
        schedule: The schedule, in words.
        code, modifier, setting: What is paid; no setting: the same in all.
        amount: Dollars; ``None`` where the schedule names the code and has no price for it.
        says: What it says of the code: status, weight, factors.
        release: The release it was taken from.
    """

    schedule: str
    code: str
    modifier: str
    setting: str
    amount: Decimal | None
    says: str
    release: str


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
    code = code.strip().upper()
    found = list(_physician(library, code, day, locality, qualifying))
    if not found:
        when = f"on {day}" if day else "at any time"
        raise SelectionError(f"no schedule at hand names {code} {when}; 'evenhand schedules list' shows what there is")
    return found


def _physician(library: Library, code: str, day: date | None, locality: str, qualifying: bool) -> Iterator[Quote]:
    release = _chosen(library, "pfs-rvu", day)
    if release is None:
        return
    place = read_locality(locality, library, day or release.last_day)
    schedule = Physician(library, place, qualifying)
    release, formula = schedule.formula_on(day or release.last_day)
    rows = [row for row in schedule.rows(release) if row.code == code]
    priced = {(fee.modifier, fee.setting): fee for fee in formula.fees(rows)}
    for row in rows:
        fees = [fee for (modifier, _), fee in priced.items() if modifier == row.modifier]
        says = f"status {row.indicators.get('status', '–')}, factor {formula.factor.normalize():f}, locality {place}"
        for fee in fees:
            yield Quote("Physician fee schedule", code, row.modifier, fee.setting, fee.amount, says, release.id)
        if not fees:
            yield Quote("Physician fee schedule", code, row.modifier, "", None, f"{says}: not priced", release.id)


def _chosen(library: Library, kind: str, day: date | None) -> Release | None:
    if day is not None:
        return library.in_force(kind, day)
    return next(iter(reversed(library.of_kind(kind))), None)
