"""Many rate scenarios on claims priced once: exactly what pricing under each changed contract would give."""

from __future__ import annotations

from evenhand.pricing.scenarios.asking import ScenarioReport, scenarios
from evenhand.pricing.scenarios.changes import Change, Scenario, read_change
from evenhand.pricing.scenarios.changing import changed
from evenhand.pricing.scenarios.prepared import Prepared, prepare
from evenhand.pricing.scenarios.reading import read_scenarios
from evenhand.pricing.scenarios.varying import varied

__all__ = [
    "Change",
    "Prepared",
    "Scenario",
    "ScenarioReport",
    "changed",
    "prepare",
    "read_change",
    "read_scenarios",
    "scenarios",
    "varied",
]
