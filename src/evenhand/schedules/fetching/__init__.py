"""Fetching published archives: where they are, which is meant, and taking them whole."""

from __future__ import annotations

from evenhand.schedules.fetching.finding import Found, find
from evenhand.schedules.fetching.names import Archive
from evenhand.schedules.fetching.published import schedules
from evenhand.schedules.fetching.taking import take
from evenhand.schedules.fetching.web import PUBLISHER, Web

__all__ = ["PUBLISHER", "Archive", "Found", "Web", "find", "schedules", "take"]
