"""The guard rails as sheets; every row with its source, its date and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation.rails import ADVICE, Flag
from evenhand.negotiation.rails.audit import Entry
from evenhand.negotiation.rails.report import RailReport

_FLAGS = (
    Field("rail", "Rail"),
    Field("name", "About"),
    Field("state", "State"),
    Field("where", "Where"),
    Field("found", "Found"),
    Field("clears", "What would clear it"),
    Field("source", "Source"),
    Field("dated", "Dated"),
    Field("sure", "How sure"),
)
_CLOCK = (
    Field("day", "Day", "date"),
    Field("what", "What"),
    Field("state", "State"),
    Field("source", "Source"),
    Field("sure", "How sure"),
)
_ANSWERS = (Field("provider", "Provider"), Field("offer", "Offer", "count"), Field("answer", "Answer"))
_LOG = (
    Field("number", "No.", "count"),
    Field("at", "When"),
    Field("who", "Who"),
    Field("act", "Did"),
    Field("saw", "Saw"),
    Field("hash", "Receipt"),
)


def rail_sheets(report: RailReport) -> list[Sheet]:
    """Flags, then the termination clock."""
    note = f"{ADVICE} What is from memory must be checked before it is relied on."
    clock = [
        {
            "day": one.day,
            "what": one.what,
            "state": "past" if one.past else "ahead",
            "source": one.source,
            "sure": one.sure,
        }
        for one in report.clock
    ]
    empty = "The contract has no end and states no notice."
    return [
        Sheet("rails", "Guard rails", _FLAGS, [_flag(one) for one in report.flags], note),
        Sheet("clock", "Termination clock", _CLOCK, clock, ADVICE, empty),
    ]


def _flag(one: Flag) -> dict[str, Any]:
    rail = one.of
    own = {"rail": rail.id, "name": rail.name, "source": rail.source, "dated": rail.dated, "sure": rail.sure}
    return {**own, "state": one.state, "where": one.where, "found": one.found, "clears": one.clears}


def answers_sheet(rows: Sequence[Mapping[str, Any]]) -> Sheet:
    """What the payer is told: each provider's answer and nothing else."""
    note = "Each provider decided alone. No number of any provider is told."
    return Sheet("answers", "Answers", _ANSWERS, rows, note, "No provider has entered least prices yet.")


def log_sheet(entries: Sequence[Entry]) -> Sheet:
    """Who did what, and saw what."""
    rows = [
        {field.key: getattr(one, field.key) for field in _LOG if field.key != "saw"} | {"saw": ", ".join(one.saw)}
        for one in entries
    ]
    return Sheet(
        "log", "Audit log", _LOG, rows, "Each entry holds the hash of the one before.", "Nothing happened yet."
    )
