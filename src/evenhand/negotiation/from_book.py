"""Value an offer straight from a book and an offer's file."""

from __future__ import annotations

from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.negotiation.offer_value import OfferQuestion, offer_value
from evenhand.negotiation.value import OfferValue


def value_offer(
    book: Book, offer: Path | str, *, contract: Path | str | None = None, question: OfferQuestion | None = None
) -> OfferValue:
    """What an offer is worth on a book's claims.

    Args:
        book: where the claims are.
        offer: the offer's file.
        contract: lay the offer over this contract instead of the one its ``amends:`` leads to.
        question: the claims and the day; see :class:`OfferQuestion`.

    Raises:
        ContractError: the offer, or what it amends, is refused.
        SelectionError: the book holds no claims.
    """
    signed = None if contract is None else read_contract(contract)
    offered = read_offer(offer, contract=signed)
    return offer_value(book.settled(), signed or _signed(offered), offered, question)


def _signed(offered: Contract) -> Contract:
    """The contract the offer's chain leads to, as signed."""
    assert offered.folder is not None
    return read_contract(offered.folder)
