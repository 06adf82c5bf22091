"""The sheet that goes to the executives: what was tried, what is open, one message, the data, who approves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evenhand.negotiation.readiness.checklist import Readiness
from evenhand.negotiation.readiness.impasse import Impasse
from evenhand.negotiation.readiness.worths import RoundWorth
from evenhand.negotiation.record.model import Negotiation


@dataclass(frozen=True, slots=True)
class Escalation:
    """What an escalation needs.

    Attributes:
        tried: rounds and talks in order of time.
        open: issues still open, with both sides' positions.
        message: the one message; empty where there is none.
        data: items of readiness about data and alternatives.
        approvals: who approves an escalation, and since when.
        missing: what keeps it from being ready; empty when it is.
    """

    tried: tuple[dict[str, Any], ...]
    open: tuple[dict[str, Any], ...]
    message: str
    data: tuple[dict[str, Any], ...]
    approvals: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]


def escalation(found: Negotiation, ready: Readiness, stuck: Impasse, worths: Sequence[RoundWorth] = ()) -> Escalation:
    """Gather what executives need, and say what is missing.

    Args:
        found: the negotiation.
        ready: its readiness.
        stuck: its signals of impasse.
        worths: what each round is worth, where it was priced.
    """
    approvals = tuple(
        {"who": a.who, "given": a.given, "note": a.note} for a in found.approvals if a.what == "escalation"
    )
    data = tuple({"name": one.name, "state": one.state, "evidence": one.evidence} for one in ready.items)
    return Escalation(
        tried=tuple(_tried(found, {one.number: one for one in worths})),
        open=tuple(_open(found)),
        message=found.message,
        data=data,
        approvals=approvals,
        missing=tuple(_missing(found, ready, stuck)),
    )


def _tried(found: Negotiation, worths: dict[int, RoundWorth]) -> list[dict[str, Any]]:
    rounds = [
        {
            "date": one.date,
            "what": f"round {one.number} by {one.by}, {one.state}",
            "change": worths[one.number].change if one.number in worths else None,
            "said": one.note,
        }
        for one in found.rounds
    ]
    talks = [
        {"date": t.date, "what": f"{t.kind} with {', '.join(t.who) or 'them'}", "said": t.said} for t in found.talks
    ]
    return sorted([*rounds, *talks], key=lambda row: row["date"])


def _open(found: Negotiation) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "name": one.called,
            "today": one.today,
            "target": one.target,
            "theirs": one.theirs.target or one.theirs.opening,
        }
        for one in found.open_issues
    ]


def _missing(found: Negotiation, ready: Readiness, stuck: Impasse) -> list[str]:
    asked = {
        "a round by us and one by them": bool(found.rounds_by("us") and found.rounds_by("them")),
        "a talk that is recorded": bool(found.talks),
        "an issue that is open": bool(found.open_issues),
        "one message, under 'message:'": bool(found.message),
        "an approval of the escalation: evenhand negotiation approve NAME escalation --who LEADER": any(
            one.what == "escalation" and one.given for one in found.approvals
        ),
        "a signal of impasse: there may be room to go on without escalating": stuck.count > 0,
    }
    missing = [what for what, there in asked.items() if not there]
    red = [one.name.lower() for one in ready.items if one.state == "red"]
    return missing + ([f"readiness is red: {', '.join(red)}"] if red else [])
