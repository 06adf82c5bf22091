"""From what stands under ``limits:`` to the limits of the model."""

from __future__ import annotations

from decimal import Decimal

from evenhand.contracts.limits import Bounds, Limit
from evenhand.contracts.model import Selector
from evenhand.contracts.records import Entry, named_once
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.errors import Log


def read_limits(said: tuple[Entry, ...], sets: CodeSets, log: Log) -> tuple[Limit, ...]:
    """The limits that could be read; the log has why one could not."""
    limits = tuple(limit for entry in said if (limit := _limit(entry, sets, log)) is not None)
    named_once(said, [limit.name for limit in limits], "limits", log)
    return limits


def _limit(entry: Entry, sets: CodeSets, log: Log) -> Limit | None:
    floor, cap = _bounds(entry, "at_least", log), _bounds(entry, "at_most", log)
    if "level" not in entry.values:
        return None
    if floor is None and cap is None:
        if not {"at_least", "at_most"} & entry.lines.keys():
            log.error(entry.line, f"the limit '{entry.get('name')}' limits nothing", "add at_least or at_most")
        return None
    return Limit(
        name=entry.get("name", ""),
        level=entry.get("level"),
        at_least=floor,
        at_most=cap,
        terms=tuple(name.text for name in entry.get("terms", ())),
        covers=_covers(entry, sets, log),
        cite=entry.get("cite", ""),
        line=entry.line,
        source=log.file,
    )


def _bounds(entry: Entry, key: str, log: Log) -> Bounds | None:
    said: Entry | None = entry.get(key)
    if said is None:
        return None
    if not said.lines:
        log.error(entry.line_of(key), f"{key} says nothing", "write it like {percent_of_charges: 100}")
        return None
    share = said.get("percent_of_charges")
    if share is not None and 0 < share < Decimal("0.01"):
        log.warn(said.line_of("percent_of_charges"), f"{key} is less than one percent", "write 80 for 80 %, not 0.80")
    return Bounds(share, said.get("amount"))


def _covers(entry: Entry, sets: CodeSets, log: Log) -> Selector | None:
    if "for" not in entry.values:
        return None
    selector = read_selector(entry.get("for"), sets, log)
    if selector.on_schedule:
        log.error(entry.line_of("for"), "'on schedule' has no meaning here", "name the codes instead")
    return None if selector == Selector() else selector
