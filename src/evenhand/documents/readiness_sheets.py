"""Readiness, known mistakes, signals of impasse and the escalation sheet, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation.readiness import Escalation, Impasse, Pitfall, Readiness, RoundWorth

_ITEMS = (
    Field("name", "Item"),
    Field("state", "State"),
    Field("evidence", "Evidence"),
    Field("makes_green", "What would make it green"),
)
_PITFALLS = (
    Field("name", "Known mistake"),
    Field("state", "State"),
    Field("evidence", "Evidence"),
    Field("avoids", "What avoids it"),
)
_SIGNALS = (Field("name", "Signal"), Field("state", "State"), Field("evidence", "Evidence"))
_WORTHS = (
    Field("number", "Round", "count"),
    Field("by", "By"),
    Field("change", "Change", "change"),
    Field("share", "of the contract", "rate"),
    Field("claims", "Claims", "count"),
)
_TRIED = (
    Field("date", "Day", "date"),
    Field("what", "What was tried"),
    Field("change", "Worth", "change"),
    Field("said", "What was said"),
)
_OPEN = (
    Field("id", "Issue"),
    Field("name", "About"),
    Field("today", "Today"),
    Field("target", "Target"),
    Field("theirs", "Theirs, as we believe"),
)
_DATA = (Field("name", "Item"), Field("state", "State"), Field("evidence", "Evidence"))
_APPROVALS = (Field("who", "Who"), Field("given", "Approved", "date"), Field("note", "Note"))
_MISSING = (Field("what", "Missing"),)
_CONFIDENTIAL = "Confidential: our targets and what we believe of theirs. For our own leaders only."


def readiness_sheets(found: Readiness, mistakes: Sequence[Pitfall]) -> list[Sheet]:
    """The checklist, then the warnings."""
    counted = f"{found.green} of {len(found.items)} green."
    note = f"{counted} Computed from the record, the book and the schedules; limits of age are our judgement."
    warned = [{**asdict(one), "state": "warning" if one.seen else "not seen"} for one in mistakes]
    return [
        Sheet("readiness", "Readiness", _ITEMS, [asdict(one) for one in found.items], note),
        Sheet("pitfalls", "Known mistakes", _PITFALLS, warned),
    ]


def impasse_sheets(found: Impasse, worths: Sequence[RoundWorth]) -> list[Sheet]:
    """The signals, then what each round is worth."""
    words = {True: "seen", False: "not seen", None: "not known"}
    rows = [{"name": one.name, "state": words[one.there], "evidence": one.evidence} for one in found.signals]
    note = "Three signals or more make an impasse, one or two are to be watched; limits are our judgement."
    title = f"Signals of impasse: {found.level} ({found.count} seen)"
    empty = "No round was priced."
    priced = "Each offer against the contract on the book's last twelve months of claims."
    return [
        Sheet("signals", title, _SIGNALS, rows, note),
        Sheet("rounds", "What each round is worth", _WORTHS, [asdict(one) for one in worths], priced, empty),
    ]


def escalation_sheets(found: Escalation) -> list[Sheet]:
    """One sheet for each question an executive asks."""
    message: list[dict[str, Any]] = [{"message": found.message}] if found.message else []
    missing = [{"what": what} for what in found.missing]
    return [
        Sheet("missing", "Missing before it can be escalated", _MISSING, missing, "", "Nothing: it is ready."),
        Sheet("message", "One message", (Field("message", "Message"),), message, "", "None is written yet."),
        Sheet("open", "What is open", _OPEN, found.open, _CONFIDENTIAL, "Nothing is open."),
        Sheet("tried", "What was tried", _TRIED, found.tried, "", "Nothing was tried yet."),
        Sheet("data", "The data behind it", _DATA, found.data),
        Sheet("approvals", "Who approves", _APPROVALS, found.approvals, "", "Nobody has been asked."),
    ]
