"""Many rate scenarios on claims priced once: exactly what pricing under each changed contract would give."""

from __future__ import annotations

from evenhand.pricing.scenarios.changes import Change, Scenario, read_change
from evenhand.pricing.scenarios.changing import changed
from evenhand.pricing.scenarios.prepared import Prepared, prepare

__all__ = ["Change", "Prepared", "Scenario", "changed", "prepare", "read_change"]
