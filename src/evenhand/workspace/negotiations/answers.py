"""The questions the pages of a negotiation ask of a book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from evenhand.book import Book
from evenhand.contracts import read_contract
from evenhand.errors import SelectionError
from evenhand.negotiation.readiness import round_worths
from evenhand.negotiation.record import negotiation
from evenhand.negotiation.what_if import prepare_what_if, read_what_if
from evenhand.workspace.figures.asking import question


@question("what_if", negotiations=False)
def ready_to_be_tried(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """A contract's claims made ready for what-ifs. Given: ``contract``, its folder's name, and ``on``, the day.

    Raises:
        SelectionError: the book has no such contract, or no claims.
    """
    folder = book.contract_folders().get(given["contract"])
    if folder is None:
        raise SelectionError(f"the book has no contract '{given['contract']}'")
    contract = read_contract(folder)
    place = prepare_what_if(book, contract, date.fromisoformat(given["on"]))
    made = read_what_if(place, contract)
    over = {"claims": made.claims, "first_day": made.first_day, "last_day": made.last_day}
    return {"folder": place.name, "over": over}


@question("round_worths", negotiations=False)
def rounds_in_dollars(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """What each round is worth a year on the book's claims. Given: ``negotiation``, and the digests of its offers."""
    return {"rounds": [asdict(one) for one in round_worths(book, negotiation(book, given["negotiation"]))]}
