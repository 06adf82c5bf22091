"""Was all else tried before it goes up? Each thing looked for with what shows it, and where that was looked up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evenhand.negotiation.readiness.checklist import Readiness, State
from evenhand.negotiation.readiness.impasse import Impasse
from evenhand.negotiation.record.model import Negotiation

_RECORD = "the record of this negotiation"
_SIGNALS = "signals of impasse; three or more are called one, our judgement"
_READY = "readiness, computed from book and record"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for: how it stands, what shows that, on whose word; without a ``must`` nothing goes up."""

    name: str
    state: State
    evidence: str
    source: str
    must: bool = False

    @property
    def missing(self) -> bool:
        """Whether it keeps the escalation from being ready."""
        return self.state == "red"


def all_else_tried(found: Negotiation, ready: Readiness, stuck: Impasse) -> tuple[Check, ...]:
    """Everything that is looked for before an escalation.

    Args:
        found: the negotiation.
        ready: its readiness.
        stuck: its signals of impasse.
    """
    recorded = tuple(_recorded(found))
    told = {one.name for one in recorded}
    items = (Check(one.name, one.state, one.evidence, _READY) for one in ready.items if one.name not in told)
    return (*recorded, *_signals(stuck), *items)


def _recorded(found: Negotiation) -> Iterator[Check]:
    ours, theirs = len(found.rounds_by("us")), len(found.rounds_by("them"))
    yield _must("Both sides have offered", bool(ours and theirs), f"{ours} rounds by us, {theirs} by them")
    last = max((one.date for one in found.talks), default=None)
    talks = f"{len(found.talks)} talks, the last on {last}" if last else "no talk is recorded"
    yield _must("It was talked about", bool(found.talks), talks)
    open_ = f"{len(found.open_issues)} of {len(found.issues)} issues are open"
    yield _must("Something is open", bool(found.open_issues), open_)
    yield _must("One message", bool(found.message), found.message or "none is written; write it under 'message:'")


def _must(name: str, there: bool, evidence: str) -> Check:
    return Check(name, "green" if there else "red", evidence, _RECORD, must=True)


def _signals(stuck: Impasse) -> Iterator[Check]:
    seen = [f"{one.name.lower()} ({one.evidence})" for one in stuck.signals if one.there]
    evidence = "; ".join(seen) or "no signal is seen: there may be room to go on without escalating"
    yield Check("It is stuck", "green" if seen else "red", evidence, _SIGNALS)
