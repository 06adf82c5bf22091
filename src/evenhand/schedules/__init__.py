"""Public fee schedules, read from the files their publishers issue and priced by their publishers' rules."""

from __future__ import annotations

from evenhand.schedules.comparison import Change, changes
from evenhand.schedules.library import Library, LoadReport, Release, load
from evenhand.schedules.quoting import Quote, quotes

__all__ = ["Change", "Library", "LoadReport", "Quote", "Release", "changes", "load", "quotes"]
