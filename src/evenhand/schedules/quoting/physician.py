"""The physician fee schedule's answer."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.schedules.pfs.locality import read_locality
from evenhand.schedules.pfs.physician import Physician
from evenhand.schedules.quoting.quote import Asked, Quote, plain

_SCHEDULE = "Physician fee schedule"


def physician_quotes(asked: Asked) -> Iterator[Quote]:
    """A quote for each modifier and setting; for codes it does not price, one without an amount."""
    release = asked.release("pfs-rvu")
    if release is None or not any(asked.rows(release)):
        return
    day = asked.day or release.last_day
    place = read_locality(asked.locality, asked.library, day)
    schedule = Physician(asked.library, place, asked.qualifying)
    release, formula = schedule.formula_on(day)
    rows = [row for row in schedule.rows(release) if row.code == asked.code]
    fees = list(formula.fees(rows))
    for row in rows:
        says = f"status {row.indicators.get('status', '–')}, factor {plain(formula.factor)}, locality {place}"
        paid = [fee for fee in fees if fee.modifier == row.modifier]
        for fee in paid:
            yield Quote(_SCHEDULE, asked.code, row.modifier, fee.setting, fee.amount, says, release.id)
        if not paid:
            yield Quote(_SCHEDULE, asked.code, row.modifier, "", None, f"{says}: not priced", release.id)
