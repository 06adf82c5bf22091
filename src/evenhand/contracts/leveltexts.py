"""Levels of care and case windows: read, written back, and said in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts.carelevels import care_groups, uncovered_days
from evenhand.contracts.codevalues import CodeFormError, parse_codes
from evenhand.contracts.methods.amount import Amount
from evenhand.contracts.methods.levels import Level, Levels
from evenhand.contracts.records import Entry
from evenhand.errors import Log
from evenhand.money import show_money


def read_levels(said: Entry, log: Log) -> Levels:
    """The levels of a term, checked against each other."""
    entries: tuple[Entry, ...] = said.get("levels", ())
    pay = Levels(tuple(_level(one, log) for one in entries), said.get("count", "level"))
    line = said.line_of("levels")
    coded = [bool(level.revenue_codes) for level in pay.levels]
    if not entries and "levels" in said.values:
        log.error(line, "levels lists nothing", "give at least one level")
    elif any(coded) and not all(coded):
        log.error(line, "only some levels name revenue codes", "give each its revenue codes, or none any")
    elif entries:
        _check_days(pay, said, log)
    return pay


def _level(entry: Entry, log: Log) -> Level:
    first, last = _span(entry, log)
    return Level(entry.get("amount", Decimal(0)), _codes(entry, log), first, last, entry.get("name", ""))


def _codes(entry: Entry, log: Log) -> tuple[CodeRange, ...]:
    found: list[CodeRange] = []
    for value in entry.get("revenue_codes", ()):
        try:
            found += parse_codes("revenue_codes", value.text)
        except CodeFormError as wrong:
            log.error(value.line, f"revenue_codes: {wrong.what}", wrong.right)
    return tuple(dict.fromkeys(found))


def _span(entry: Entry, log: Log) -> tuple[int, int | None]:
    text: str = entry.get("days", "1-")
    low, dash, high = text.partition("-")
    first = int(low or 1)
    last = (int(high) if high else None) if dash else first
    if first < 1 or (last is not None and last < first):
        log.error(entry.line_of("days"), f"days: '{text}' is no range of days", "write it like 1-3 or 8-")
        return 1, None
    return first, last


def _check_days(pay: Levels, said: Entry, log: Log) -> None:
    tiered = any(level.first > 1 or level.last is not None for level in pay.levels)
    if tiered and "count" not in said and any(level.revenue_codes for level in pay.levels):
        what = "it is not said what the days of levels are counted within"
        log.error(said.line_of("levels"), what, "add 'count: stay' or 'count: level'")
    for group in care_groups(pay):
        gap = uncovered_days(group)
        if gap is not None:
            of = f" of revenue code {group.ranges[0]}" if group.ranges else ""
            days = f"day {gap[0]} and later" if gap[1] is None else f"days {gap[0]} to {gap[1]}"
            log.error(said.line_of("levels"), f"no level pays {days}{of}", "add a level for them")


def check_window(said: Entry, per: str, log: Log) -> None:
    """A window belongs to a case, and needs both its days and what a further day is paid."""
    for key, other in (("days", "extra_day"), ("extra_day", "days")):
        if key in said and other not in said:
            log.error(said.line_of(key), f"{key} stands without {other}", f"add '{other}:'")
    if "days" in said and per != "case":
        log.error(said.line_of("days"), f"days and extra_day do not go with per {per}", "write per: case")


def stated_written(pay: Amount | Levels) -> dict[str, Any]:
    """Stated rates as they are read."""
    return levels_written(pay) if isinstance(pay, Levels) else amount_written(pay)


def stated_words(pay: Amount | Levels, per: str) -> str:
    """Stated rates in words."""
    if isinstance(pay, Levels):
        return levels_words(pay)
    return f"{show_money(pay.amount)} per {per}{window_words(pay)}"


def amount_written(pay: Amount) -> dict[str, Any]:
    """A stated amount with its window."""
    window = {} if pay.days is None else {"days": pay.days, "extra_day": pay.extra_day}
    return {"amount": pay.amount, **window}


def levels_written(pay: Levels) -> dict[str, Any]:
    """Levels as they are read."""
    return {"levels": [_written(level) for level in pay.levels], "count": pay.counts}


def _written(level: Level) -> dict[str, Any]:
    said: dict[str, Any] = {"name": level.name} if level.name else {}
    if level.revenue_codes:
        said["revenue_codes"] = [str(one) for one in level.revenue_codes]
    if level.first > 1 or level.last is not None:
        said["days"] = f"{level.first}-{level.last or ''}"
    return {**said, "amount": level.amount}


def window_words(pay: Amount) -> str:
    """What a case is paid past the days its amount covers."""
    if pay.days is None or pay.extra_day is None:
        return ""
    days = "the first day" if pay.days == 1 else f"the first {pay.days} days"
    return f" for {days}, {show_money(pay.extra_day)} for each day more"


def levels_words(pay: Levels) -> str:
    """Each level with its rate."""
    words = "; ".join(f"{level_name(level)} at {show_money(level.amount)}" for level in pay.levels)
    tiered = any(level.first > 1 or level.last is not None for level in pay.levels)
    return f"per day, {words}" + (f"; days counted by {pay.counts}" if tiered else "")


def level_name(level: Level) -> str:
    """A level by its name, else by its revenue codes, with its days."""
    codes = ", ".join(str(one).replace("-", "–") for one in level.revenue_codes)
    name = level.name or (f"revenue code {codes}" if codes else "the stay")
    if level.first == 1 and level.last is None:
        return name
    span = f"from day {level.first}" if level.last is None else f"days {level.first}–{level.last}"
    return f"{name}, {span if level.first != level.last else f'day {level.first}'}"
