"""A book's negotiations as one sheet, and what is wrong with one as another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.errors import ContractError, Problem
from evenhand.negotiation.record import Kept, calendar

_LIST = (
    Field("name", "Name"),
    Field("with", "With"),
    Field("side", "We are"),
    Field("effective", "New terms from", "date"),
    Field("open", "Open issues", "count"),
    Field("rounds", "Rounds", "count"),
    Field("late", "Late steps", "count"),
    Field("next", "Next due"),
)
_PROBLEMS = (
    Field("severity", "Severity"),
    Field("file", "File"),
    Field("line", "Line", "count"),
    Field("what", "What"),
    Field("right", "What would be right"),
)


def list_sheet(kept: Iterable[Kept], today: date) -> Sheet:
    """A row for each negotiation; one that is refused says so."""
    empty = "There is no negotiation yet; start one with: evenhand negotiation start NAME --contract CONTRACT"
    return Sheet("negotiations", "Negotiations", _LIST, [_row(one, today) for one in kept], empty=empty)


def _row(kept: Kept, today: date) -> dict[str, Any]:
    try:
        found = kept.read()
        days = calendar(found, kept.contract(), today)
    except ContractError as refused:
        return {"name": kept.name, "next": f"refused: {len(refused.problems)} problem(s); run negotiation check"}
    due = days.next_due
    return {
        "name": kept.name,
        "with": found.payer if found.side == "provider" else found.provider,
        "side": found.side,
        "effective": days.ends.effective,
        "open": len(found.open_issues),
        "rounds": len(found.rounds),
        "late": len(days.late),
        "next": f"{due.step.what} by {due.last}" if due else "",
    }


def problems_sheet(problems: Sequence[Problem]) -> Sheet:
    """Everything wrong or doubtful, a row each."""
    rows = [{field.key: getattr(one, field.key) for field in _PROBLEMS} for one in problems]
    return Sheet("problems", "Problems", _PROBLEMS, rows, empty="Everything is in order.")
