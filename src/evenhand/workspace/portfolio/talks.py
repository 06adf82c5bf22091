"""How a negotiation stands, in one line: the round, who is to answer, how ready we are, what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.negotiation.readiness import DataFacts, readiness
from evenhand.negotiation.record import Calendar, Commitment, Negotiation
from evenhand.workspace.figures.queries import Figure, answer
from evenhand.workspace.negotiations.queries import who_answers
from evenhand.workspace.organisations.desk import Desk

_DAYS = ("first_day", "last_day", "benchmark", "benchmark_first")


@dataclass(frozen=True, slots=True)
class Talks:
    """One negotiation.

    Attributes:
        name: its folder.
        found: as its file says.
        green, items: how many items of readiness are green, and of how many; ``None`` until the book was looked at.
        facts: what the book holds for it, which may be in the making.
        open_promises: what was promised and not yet done.
    """

    name: str
    found: Negotiation
    green: int | None
    items: int | None
    facts: Figure
    open_promises: tuple[Commitment, ...]

    @property
    def turn(self) -> str:
        """Whose turn it is."""
        return who_answers(self.found)

    @property
    def round(self) -> int:
        """The number of the newest round; 0 before the first."""
        return self.found.last_round.number if self.found.last_round else 0


def talks_of(desk: Desk, name: str, found: Negotiation, *, contract: str, days: Calendar) -> Talks:
    """How a negotiation stands, of the contract in the folder of this name."""
    facts = answer(desk, "data_facts", contract=contract)
    promises = tuple(one for one in found.commitments if one.done is None)
    if facts.value is None:
        return Talks(name, found, None, None, facts, promises)
    ready = readiness(found, days, _facts(dict(facts.value)))
    return Talks(name, found, ready.green, len(ready.items), facts, promises)


def _facts(kept: dict[str, Any]) -> DataFacts:
    days = {key: date.fromisoformat(kept[key]) if kept[key] else None for key in _DAYS}
    return DataFacts(**{**kept, **days})
