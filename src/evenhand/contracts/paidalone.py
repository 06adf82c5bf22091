"""Services paid only by themselves, in the contract language: what may be written, how it is read, written and said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evenhand.contracts.model import PaidAlone, Selector
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.selectors import CodeSets, read_selector
from evenhand.contracts.shapes import Listed, Value
from evenhand.errors import Log

_STATUS = Value("a status of a letter", "T", r"[A-Za-z0-9]", str.upper)


def paid_alone_record(selector: Record) -> Record:
    """The keys of ``paid_alone``."""
    return Record(
        "paid_alone",
        (
            Key("status", Listed(_STATUS, split=True), "Which codes, by their 'status' in the table."),
            Key("for", selector, "Which services; with status too, those that are both."),
        ),
    )


def read_paid_alone(said: Entry, sets: CodeSets, log: Log) -> PaidAlone | None:
    """The rule as stated; one that names no services is left out."""
    covers = read_selector(said.get("for"), sets, log)
    if covers.on_schedule:
        log.error(said.line_of("for"), "'on schedule' has no meaning here", "name the codes instead")
    statuses = tuple(dict.fromkeys(said.get("status", ())))
    if not statuses and covers == Selector():
        log.error(said.line, "paid_alone names no services", "write {status: T}, or 'for:' with the codes")
        return None
    return PaidAlone(covers, statuses)


def written_paid_alone(rule: PaidAlone | None, selector: Callable[[Selector], Any]) -> Any:
    """What a contract file says of the rule, given how a selector is written."""
    if rule is None:
        return "none"
    covers = {} if rule.covers == Selector() else {"for": selector(rule.covers)}
    return covers | ({"status": list(rule.statuses)} if rule.statuses else {})


def paid_alone_words(rule: PaidAlone | None, selector: Callable[[Selector], str]) -> str:
    """The rule in plain English, given how a selector is said; empty where there is none."""
    if rule is None:
        return ""
    status = f" of status {' or '.join(rule.statuses)}" if rule.statuses else ""
    return f"{selector(rule.covers)}{status}: nothing beside another line of the day that the same table pays"
