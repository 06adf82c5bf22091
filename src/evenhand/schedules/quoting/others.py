"""Fees of equipment, which are those of a state, and schedules of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenhand.schedules.pfs.locality import NATIONAL, read_locality, state_of
from evenhand.schedules.quoting.quote import Asked, Quote

_AREAS = {"NR": "", "R": ", rural areas"}


def equipment_quotes(asked: Asked) -> Iterator[Quote]:
    """The fees of the locality's state, outside its rural areas and inside; for the nation there is none."""
    release = asked.release("dmepos-fees")
    rows = list(asked.rows(release)) if release else []
    if release is None or not rows:
        return
    day = asked.day or release.last_day
    place = read_locality(asked.locality, asked.library, day)
    if place == NATIONAL:
        yield Quote(
            "Equipment and supplies", asked.code, "", "", None, "name a locality: fees are by state", release.id
        )
        return
    state = state_of(asked.library, place, day)
    for row in (row for row in rows if row["state"] == state):
        says = f"state {state}{_AREAS[row['area']]}"
        yield Quote("Equipment and supplies", asked.code, row["modifier"] or "", "", row["rate"], says, release.id)


def own_quotes(asked: Asked) -> Iterator[Quote]:
    """What every schedule of one's own says of the code, on the day where one is named."""
    for kind in ("own-fees", "own-settings"):
        for release in asked.library.of_kind(kind):
            for row in asked.rows(release):
                if asked.day is None or _holds(row, asked):
                    yield from _own(row, release.id)


def _holds(row: dict[str, Any], asked: Asked) -> bool:
    first, last = row["effective"], row["ends"]
    return (first is None or first <= asked.day) and (last is None or asked.day <= last)


def _own(row: dict[str, Any], release: str) -> Iterator[Quote]:
    days = " to ".join(str(day) for day in (row["effective"], row["ends"]) if day)
    says = f"your own{', ' + days if days else ''}"
    settings = ("office", "facility") if "office" in row else ("rate",)
    for name in settings:
        setting = name if name != "rate" else (row.get("setting") or "").lower()
        if row[name] is not None:
            yield Quote("Your own schedule", row["code"], row["modifier"] or "", setting, row[name], says, release)
