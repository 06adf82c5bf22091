"""Value an offer straight from a book and an offer's file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.negotiation.offer_value import OfferQuestion, offer_value
from evenhand.negotiation.once import answered_once
from evenhand.negotiation.value import OfferValue


def value_offer(
    book: Book, offer: Path | str, *, contract: Path | str | None = None, question: OfferQuestion | None = None
) -> OfferValue:
    """What an offer is worth on a book's claims.

    Args:
        book: where the claims are; of one as known on a day, the contract is read as known then, too.
        offer: the offer's file.
        contract: lay the offer over this contract instead of the one its ``amends:`` leads to.
        question: the claims and the day; see :class:`OfferQuestion`.

    Raises:
        ContractError: the offer, or what it amends, is refused.
        SelectionError: the book holds no claims.
    """
    day = book.as_known_on
    signed = None if contract is None else read_contract(contract, as_known_on=day)
    offered = read_offer(offer, contract=signed, as_known_on=day)
    current = signed or _signed(offered, day)
    asked = (book.digest, day, current.digest, offered.digest, question or OfferQuestion())
    return answered_once("offer value", asked, lambda: offer_value(book.settled(), current, offered, question))


def _signed(offered: Contract, as_known_on: date | None) -> Contract:
    """The contract the offer's chain leads to, as signed."""
    assert offered.folder is not None
    return read_contract(offered.folder, as_known_on=as_known_on)
