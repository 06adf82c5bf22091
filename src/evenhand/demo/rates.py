"""Codes the practice bills, what it charges, and the dollar amounts of the three payers' schedules.

``services.csv`` lists real procedure codes (codes only) with amounts invented for this demo; each
payer's amounts are spread around them by a fixed draw per code, so they do not depend on the seed.
All money in the generator is whole cents as ``int``: nothing here shares arithmetic with
:mod:`evenhand.pricing`, whose answers the demo checks.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

#: (code, modifier, setting) → cents. Empty modifier or setting: holds for all.
RateTable = Mapping[tuple[str, str, str], int]

#: Yearly rise of the practice's charges, in per cent of the year before.
CHARGE_GROWTH = {2024: 100, 2025: 104, 2026: 108}

#: Families whose charges stand close to what payers pay, so that lesser-of bites.
_LOW_CHARGE_SHARE = 0.16


@dataclass(frozen=True, slots=True)
class Service:
    """One code: the family it belongs to and invented amounts in whole dollars."""

    code: str
    family: str
    office: int
    facility: int
    reading: int  # amount with modifier 26; 0 where the code does not split
    listed: bool  # whether fee schedules name it


@cache
def services() -> Mapping[str, Service]:
    """All services by code."""
    text = (files("evenhand.demo") / "services.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Service(
            row["code"],
            row["family"],
            int(row["office"]),
            int(row["facility"]),
            int(row["reading"] or 0),
            row["listed"] == "yes",
        )
        for row in csv.DictReader(text.splitlines())
    }


@cache
def codes_of(*families: str) -> tuple[str, ...]:
    """The codes of some families, in the order of the list."""
    return tuple(service.code for service in services().values() if service.family in families)


@cache
def charge(code: str, modifiers: tuple[str, ...], year: int) -> int:
    """The practice's charge for one unit, in cents."""
    service = services()[code]
    rng = Random(f"charge {code}")
    multiple = rng.uniform(0.95, 1.25) if rng.random() < _LOW_CHARGE_SHARE else rng.uniform(1.7, 2.9)
    dollars = service.reading if "26" in modifiers else service.office
    share = 0.4 if {"80", "AS"} & set(modifiers) else 2 if "50" in modifiers else 1
    return max(1, round(dollars * multiple * share * CHARGE_GROWTH[year] / 100)) * 100


def _rows(service: Service) -> list[tuple[str, str, int]]:
    """(modifier, setting, dollars) of each row a schedule gives a service."""
    if service.reading:
        technical = max(1, service.office - service.reading)
        return [("", "", service.office), ("26", "", service.reading), ("TC", "", technical)]
    if service.office != service.facility:
        return [("", "office", service.office), ("", "facility", service.facility)]
    return [("", "", service.office)]


@cache
def schedule(name: str, level: int, spread: int) -> RateTable:
    """A payer's schedule: the invented amounts at ``level`` per cent, spread by ± ``spread`` per cent per code."""
    table: dict[tuple[str, str, str], int] = {}
    for service in services().values():
        if not service.listed:
            continue
        hundredths = level * 100 + Random(f"{name} {service.code}").randint(-spread * 100, spread * 100)
        for modifier, setting, dollars in _rows(service):
            table[service.code, modifier, setting] = (dollars * hundredths + 50) // 100
    return table


def changed(table: RateTable, name: str, low: int, high: int) -> RateTable:
    """The next year's schedule: each code changed by a fixed draw between two per-cent bounds (hundredths)."""
    factors = {code: 10000 + Random(f"{name} {code}").randint(low, high) for code, _, _ in table}
    return {key: (amount * factors[key[0]] + 5000) // 10000 for key, amount in table.items()}


@cache
def summit_exhibit() -> RateTable:
    """Summit Health's Exhibit A, in dollars of 2024 (the escalator raises it each January)."""
    return schedule("summit exhibit a", 112, 9)


@cache
def prairie_schedule(year: int) -> RateTable:
    """Prairie Mutual's own schedule of a year; its contract pays percentages of it."""
    table = schedule("prairie", 96, 8)
    for later in range(2025, year + 1):
        table = changed(table, f"prairie {later}", 150, 450)
    return table


@cache
def lakeshore_schedule(year: int) -> RateTable:
    """Lakeshore's schedule of 2023, or the one its amendment of 2025 puts in its place."""
    table = schedule("lakeshore", 101, 10)
    return table if year < 2025 else changed(table, "lakeshore 2025", 220, 690)
