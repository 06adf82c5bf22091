"""The changes between two contracts in dollars, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation import ChangeEffects

_TOTALS = (Field("what", "What"), Field("dollars", "Dollars", "money"), Field("share", "Change", "rate"))
_CHANGES = (
    Field("kind", "What"),
    Field("words", "Change"),
    Field("alone", "Alone", "change"),
    Field("alone_percent", "of all", "rate"),
    Field("up", "Up", "change"),
    Field("down", "Down", "change"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
)
_PRICES = (
    Field("lost_lines", "Lines left without a price", "count"),
    Field("lost_amount", "Paid now", "dollars"),
    Field("gained_lines", "Lines newly priced", "count"),
    Field("gained_amount", "Newly paid", "dollars"),
)
_WHERE = (Field("where", "Where"), Field("rates", "Rates", "count"))
_CODES = (
    Field("schedule", "Schedule"),
    Field("code", "Code"),
    Field("words", "New rate"),
    Field("lines", "Lines", "count"),
    Field("units", "Units", "number"),
    Field("current_amount", "Now", "dollars"),
    Field("changed_amount", "Changed", "dollars"),
    Field("change", "Change", "change"),
)
#: Kinds of change told but without dollars, left out on a screen.
_WORDS_ONLY = ("clause",)


def change_sheets(effects: ChangeEffects, *, rates: bool = False, whole: bool = False) -> list[Sheet]:
    """The effects as sheets: in all, change by change, and code by code.

    Args:
        effects: what the changes are worth.
        rates: with the codes of each changed schedule.
        whole: every column, and the clauses cited too.
    """
    rows = [row for row in effects.changes if whole or row["kind"] not in _WORDS_ONLY]
    moves_prices = any(row["lost_lines"] or row["gained_lines"] for row in rows)
    fields = _CHANGES + (_PRICES if whole or moves_prices else ()) + (_WHERE if whole else ())
    title = f"{effects.before} → {effects.after}"
    sheets = [
        Sheet("changes", title, fields, rows, _CHANGES_NOTE, "They say the same."),
        Sheet("together", "Alone and together", _TOTALS, _totals(effects), _source(effects)),
    ]
    if rates:
        empty = "No schedule changes."
        sheets.insert(1, Sheet("rates", "Code by code", _CODES, effects.codes.rows(), _CODES_NOTE, empty))
    return sheets


def _totals(effects: ChangeEffects) -> Sequence[dict[str, Any]]:
    rows = [
        {"what": "Worth now", "dollars": effects.current},
        {"what": "Changes one by one, added up", "dollars": effects.alone},
        {"what": "What they do to one another", "dollars": effects.interaction},
        {"what": "All changes together", "dollars": effects.joint, "share": effects.joint_percent},
        {"what": "Worth with all changes", "dollars": effects.changed},
    ]
    if effects.lost_lines:
        what = f"{effects.lost_lines:,} lines would have no price; they are paid now"
        rows.append({"what": what, "dollars": effects.lost_amount})
    if effects.gained_lines:
        what = f"{effects.gained_lines:,} lines without a price now would be paid"
        rows.append({"what": what, "dollars": effects.gained_amount})
    return rows


def _source(effects: ChangeEffects) -> str:
    return (
        f"{effects.interaction_words} {effects.claims:,} claims ({effects.lines:,} lines) that begin from "
        f"{effects.first_day} to {effects.last_day}, under both contracts as they stand on {effects.as_of}."
    )


_CHANGES_NOTE = (
    "Alone: this change made and no other, on lines with a price before and after it. Up and down: lines paid more "
    "and lines paid less. No dollars where no price depends on the change."
)
_CODES_NOTE = (
    "Line by line from one pricing with the whole schedule changed, so the codes add up to the schedule's own row. "
    "Where procedures are ranked or a claim is held to its charges, a code can move with its neighbours."
)
