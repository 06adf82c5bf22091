"""Tiers in the contract language: shares of the rate by who renders a service, or where."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from evenhand.contracts.model import Selector, Tier
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.contracts.shapes import PERCENT, TEXT
from evenhand.errors import Log


def tier_record(selector: Record) -> Record:
    """The keys of one tier."""
    return Record(
        "tier",
        (
            Key("name", TEXT, "What the tier is called.", required=True, example="Nurse practitioners"),
            Key("for", selector, "Which services; the first tier that covers one holds.", required=True, example="{…}"),
            Key("percent", PERCENT, "Share of the rate, in percent.", required=True, example="85"),
            Key("cite", TEXT, "Where the signed document says so."),
        ),
    )


def read_tiers(said: Iterable[Entry], sets: CodeSets, log: Log) -> tuple[Tier, ...]:
    """The tiers as stated, in their order."""
    return tuple(_tier(entry, sets, log) for entry in said)


def _tier(entry: Entry, sets: CodeSets, log: Log) -> Tier:
    covers = read_selector(entry.get("for"), sets, log) if "for" in entry.values else Selector()
    if covers.on_schedule:
        log.error(entry.line_of("for"), "'on schedule' has no meaning here", "name the codes instead")
    return Tier(entry.get("name", ""), covers, entry.get("percent", Decimal(1)), entry.get("cite", ""))
