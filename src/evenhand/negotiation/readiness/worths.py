"""What each round is worth on the book's claims, for seeing movement between rounds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evenhand.book import Book
from evenhand.negotiation.from_book import value_offer
from evenhand.negotiation.record.model import By
from evenhand.negotiation.record.shelf import Kept


@dataclass(frozen=True, slots=True)
class RoundWorth:
    """One round in dollars: ``change`` over the contract on the same claims, ``share`` of what the contract pays."""

    number: int
    by: By
    change: Decimal
    share: Decimal | None
    claims: int


def round_worths(book: Book, kept: Kept) -> list[RoundWorth]:
    """Price every round's offer on the book's last twelve months.

    Raises:
        ContractError: an offer is refused.
        SelectionError: the book holds no claims.
    """
    found = kept.read()
    worths = []
    for one in found.rounds:
        if one.offer:
            value = value_offer(book, kept.offer(found, one.number))
            worths.append(RoundWorth(one.number, one.by, value.change, value.change_percent, value.claims))
    return worths
