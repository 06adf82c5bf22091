"""``pay: {anesthesia: base-units.csv, conversion_factor: 72.50}``: base units and time, times a conversion factor."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: How minutes become units of time: as they divide, held to a tenth, to whole units, or no time at all.
TimeUnits = Literal["exact", "tenth", "nearest", "up", "down", "none"]
#: What a line's quantity is where the line does not say that it is minutes.
BilledUnits = Literal["minutes", "time units"]
#: Of several codes in one session each is paid, or the one with the most base units, for the time of all.
Session = Literal["each code", "highest base"]
#: Longer than two days no anaesthesia lasts; a line that says so has no price.
LONGEST_MINUTES = 2880


@dataclass(frozen=True, slots=True)
class Anesthesia:
    """(Base units + time units + units for physical status) times ``conversion_factor``, rounded to cents.

    Base units come from the ``schedule`` by code; a unit of time is ``unit_minutes`` long. ``physical_status`` has
    the units a modifier adds. A line billed in minutes (MJ) says so; what any other line holds is ``billed_units``,
    and where the contract is silent on that, such a line has no price. ``session`` is what several codes of one
    anaesthetist, claim and day are paid.
    """

    schedule: str
    conversion_factor: Decimal
    unit_minutes: int = 15
    time_units: TimeUnits = "exact"
    physical_status: tuple[tuple[str, Decimal], ...] = ()
    billed_units: BilledUnits | None = None
    session: Session = "each code"
    method: str = "anesthesia"
