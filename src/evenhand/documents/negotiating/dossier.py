"""What the documents of a negotiation are made of: the record, its calendar, what offers and positions are worth."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.errors import SelectionError
from evenhand.negotiation.positions import PositionValues, position_values
from evenhand.negotiation.record import Calendar, Kept, Negotiation, Round, calendar
from evenhand.negotiation.worth import Worth, WorthQuestion, compare_offers

Paper = Literal["positions", "comparison", "letter", "one-pager"]
PAPERS: tuple[Paper, ...] = ("positions", "comparison", "letter", "one-pager")
OURS_ONLY = "Confidential: for our own side only"


@dataclass(frozen=True, slots=True)
class PaperOptions:
    """How the documents are made.

    Attributes:
        today: the day they are written.
        meeting: the day by which the letter asks to meet; without it, three weeks from today.
        worth: claims, years and assumptions of what offers are worth.
    """

    today: date = field(default_factory=date.today)
    meeting: date | None = None
    worth: WorthQuestion = field(default_factory=WorthQuestion)


@dataclass(frozen=True, slots=True)
class RoundWorth:
    """One round and what its offer comes to: to the provider net and discounted, over all years together.

    ``plan`` is what the plan pays more than under the contract, undiscounted.
    """

    round: Round
    offer: str
    change: Mapping[str, Any]
    plan: float

    @property
    def called(self) -> str:
        """The round in two words."""
        return f"Round {self.round.number}, {self.round.by}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything the documents of one negotiation say, before they are laid out.

    ``worth`` and ``positions`` are ``None`` where they were not asked for or cannot be told; ``why_not`` says why.
    """

    name: str
    negotiation: Negotiation
    contract: Contract
    calendar: Calendar
    worth: Worth | None
    rounds: tuple[RoundWorth, ...]
    positions: PositionValues | None
    why_not: str
    options: PaperOptions

    @property
    def us(self) -> str:
        """Our organisation."""
        return self.negotiation.provider if self.negotiation.side == "provider" else self.negotiation.payer

    @property
    def them(self) -> str:
        """The other side's."""
        return self.negotiation.payer if self.negotiation.side == "provider" else self.negotiation.provider

    def last_worth(self, by: str) -> RoundWorth | None:
        """The last round of one side that could be valued."""
        return next((one for one in reversed(self.rounds) if one.round.by == by), None)


def gather_dossier(
    book: Book, kept: Kept, options: PaperOptions | None = None, *, papers: Collection[Paper] = PAPERS
) -> Dossier:
    """Ask a book everything the documents of a negotiation say.

    Args:
        book: the book that keeps it.
        kept: the negotiation.
        options: day, claims, assumptions.
        papers: what none of these says is not worked out.

    Raises:
        ContractError: the negotiation, its contract or an offer is refused.
    """
    chosen = options or PaperOptions()
    found, contract = kept.read(), kept.contract()
    days = calendar(found, contract, chosen.today)
    worth: Worth | None = None
    rounds: tuple[RoundWorth, ...] = ()
    why_not = ""
    if {"comparison", "one-pager"} & set(papers):
        worth, rounds, why_not = _compared(book, kept, found, chosen.worth)
    positions = None
    if {"positions", "one-pager"} & set(papers):
        on = days.ends.effective or chosen.today
        try:
            positions = position_values(book, found, contract, on=on)
        except SelectionError as refused:
            why_not = why_not or str(refused)
    return Dossier(kept.name, found, contract, days, worth, rounds, positions, why_not, chosen)


def _compared(
    book: Book, kept: Kept, found: Negotiation, question: WorthQuestion
) -> tuple[Worth | None, tuple[RoundWorth, ...], str]:
    """All rounds with an offer side by side; or why not."""
    rounds = [one for one in found.rounds if one.offer]
    if not rounds:
        return None, (), "no offer has been recorded"
    try:
        worth = compare_offers(book, [kept.offer(found, one.number) for one in rounds], question)
    except SelectionError as refused:
        return None, (), str(refused)
    in_all = {row["offer"]: row for row in worth.years if row["year"] == "in all"}
    plan = {row["side"]: row["plan_change"] for row in worth.sides if row["year"] == "in all"}
    made = (RoundWorth(one, name, in_all[name], plan[name]) for one, name in zip(rounds, worth.offers, strict=True))
    return worth, tuple(made), ""
