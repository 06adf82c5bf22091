"""The releases at hand: loaded once, kept whole, found by kind and day."""

from __future__ import annotations

from evenhand.schedules.library.library import Library
from evenhand.schedules.library.loading import LoadReport, load
from evenhand.schedules.library.release import Release

__all__ = ["Library", "LoadReport", "Release", "load"]
