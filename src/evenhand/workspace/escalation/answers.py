"""What the page of an escalation asks of a book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from evenhand.book import Book
from evenhand.negotiation.positions import position_values
from evenhand.negotiation.record import negotiation
from evenhand.workspace.figures.asking import question


@question("positions")
def positions_in_dollars(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """What each position is worth a year. Given: ``negotiation``, its folder, and ``on``, the day.

    Raises:
        SelectionError: the book holds no claims.
    """
    kept = negotiation(book, given["negotiation"])
    made = position_values(book, kept.read(), kept.contract(), on=date.fromisoformat(given["on"]))
    told = [{"issue": issue, "position": position, "worth": worth} for (issue, position), worth in made.dollars.items()]
    return {"positions": told, "source": made.source}
