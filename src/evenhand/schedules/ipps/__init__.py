"""Medicare's inpatient prospective payment system: stays priced by DRG, exactly as CMS's pricer does."""

from __future__ import annotations

from evenhand.schedules.ipps.drgs import Drg, read_drgs
from evenhand.schedules.ipps.hospital import Hospital, read_hospitals
from evenhand.schedules.ipps.pricing import COMPONENTS, drg_rates, price_ipps
from evenhand.schedules.ipps.years import Year, constants_of, known_years

__all__ = [
    "COMPONENTS",
    "Drg",
    "Hospital",
    "Year",
    "constants_of",
    "drg_rates",
    "known_years",
    "price_ipps",
    "read_drgs",
    "read_hospitals",
]
