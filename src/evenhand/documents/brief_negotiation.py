"""The section of a brief on how far a negotiation with the payer has come: nothing of our positions is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evenhand.documents.brief_material import Material
from evenhand.documents.brief_ongoing import Ongoing
from evenhand.documents.paper import Section
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.words import day_words
from evenhand.negotiation.record import Round

_ISSUES = (
    Field("kind", "Issues"),
    Field("open", "Open", "number"),
    Field("agreed", "Agreed", "number"),
    Field("dropped", "Dropped", "number"),
)
_AGREED = (Field("name", "Agreed"), Field("agreed", "On"))
_ROUNDS = (Field("number", "Round"), Field("day", "Day"), Field("by", "By"), Field("state", "State"))
_KINDS = {"rate": "Rates", "language": "Language", "term": "Length of the agreement"}
#: Rounds shown, the last ones.
_LAST = 3


def negotiation_section(material: Material) -> Section | None:
    """Issues open and agreed, the last rounds, the next date; ``None`` where the book has no such negotiation."""
    if not material.ongoing:
        return None
    several = len(material.ongoing) > 1
    tables = [table for place, one in enumerate(material.ongoing, 1) for table in _tables(one, place, several)]
    lead = " ".join(sentence for one in material.ongoing for sentence in _lead(one, material))
    note = f"As the negotiation's record says on {day_words(material.options.today)}; positions stay in it."
    return Section("negotiation", "The negotiation", lead, tables=tuple(tables), note=note)


def _lead(one: Ongoing, material: Material) -> Iterator[str]:
    found, ends = one.record, one.calendar.ends
    agreed = sum(issue.status == "agreed" for issue in found.issues)
    yield f"{found.name}: {len(found.open_issues)} of {len(found.issues)} issues are open, {agreed} agreed."
    if ends.effective is not None:
        yield f"New terms should begin on {day_words(ends.effective)}."
    if ends.notice_by is not None and ends.notice_by >= material.options.today:
        yield f"Notice must be given by {day_words(ends.notice_by)}."
    due = one.calendar.next_due
    if due is not None and not material.options.hide_others:  # hidden names: a page that may go to the payer
        how = f"Late: {due.step.what}, due" if due.state == "late" else f"Next: {due.step.what}, by"
        yield f"{how} {day_words(due.last)}."


def _tables(one: Ongoing, place: int, several: bool) -> Iterator[Sheet]:
    of = f" of {one.record.name}" if several else ""
    empty = "No issue is on the table."
    yield Sheet(f"negotiation-{place}-issues", f"Issues{of}", _ISSUES, list(_issues(one)), empty=empty)
    agreed = [{"name": issue.called, "agreed": issue.agreed} for issue in one.record.issues if issue.agreed]
    if agreed:
        yield Sheet(f"negotiation-{place}-agreed", f"Agreed{of}", _AGREED, agreed)
    rows = [_round(one, made) for made in one.record.rounds[-_LAST:]]
    none = "No offer has been made yet."
    yield Sheet(f"negotiation-{place}-rounds", f"Last rounds{of}", _ROUNDS, rows, empty=none)


def _issues(one: Ongoing) -> Iterator[dict[str, Any]]:
    for kind, words in _KINDS.items():
        states = [issue.status for issue in one.record.issues if issue.kind == kind]
        if states:
            yield {"kind": words, **{state: states.count(state) for state in ("open", "agreed", "dropped")}}


def _round(one: Ongoing, made: Round) -> dict[str, Any]:
    found = one.record
    ours = found.provider if found.side == "provider" else found.payer
    theirs = found.payer if found.side == "provider" else found.provider
    by = ours if made.by == "us" else theirs
    return {"number": made.number, "day": day_words(made.date), "by": by, "state": made.state}
