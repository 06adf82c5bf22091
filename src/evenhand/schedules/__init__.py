"""Public fee schedules, read from the files their publishers issue and priced by their publishers' rules."""

from __future__ import annotations

from evenhand.schedules.comparison import Change, changes
from evenhand.schedules.library import Library, LoadReport, Release, load
from evenhand.schedules.quoting import Quote, quotes
from evenhand.schedules.verifying import Match, inpatient_claims, verify

__all__ = [
    "Change",
    "Library",
    "LoadReport",
    "Match",
    "Quote",
    "Release",
    "changes",
    "inpatient_claims",
    "load",
    "quotes",
    "verify",
]
