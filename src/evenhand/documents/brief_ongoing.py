"""Negotiations with the payer of a brief, as far as they have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenhand.book import Book
from evenhand.errors import ContractError
from evenhand.negotiation.record import Calendar, Kept, Negotiation, calendar, negotiations


@dataclass(frozen=True, slots=True)
class Ongoing:
    """A negotiation with the payer of a brief, and its calendar on the day the brief is written."""

    name: str
    record: Negotiation
    calendar: Calendar


def ongoing_with(book: Book, payer: str, today: date) -> tuple[Ongoing, ...]:
    """The book's negotiations with a payer, by name; those whose files are refused are left to their own check."""
    return tuple(one for kept in negotiations(book) if (one := _ongoing(kept, payer, today)) is not None)


def _ongoing(kept: Kept, payer: str, today: date) -> Ongoing | None:
    try:
        record = kept.read()
        if record.payer.casefold() != payer.casefold():
            return None
        return Ongoing(kept.name, record, calendar(record, kept.contract(), today))
    except ContractError:
        return None
