"""Beginning a negotiation from a contract of the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils import timezone

from evenhand.contracts import Contract
from evenhand.negotiation.record import Kept, Negotiation, begun_from
from evenhand.negotiation.record.model import Side
from evenhand.workspace.negotiations.actions import Request, begin
from evenhand.workspace.organisations.desk import Desk


def begin_from(desk: Desk, contract: Contract, name: str, effective: date | None, *, key: str) -> Kept:
    """Begin a negotiation of a contract; every term and provision of it is on the table.

    Args:
        desk: whose.
        contract: one of the book.
        name: its folder, and its address.
        effective: the day new terms should begin; without one, the day after the contract's term ends.
        key: names the request.

    Raises:
        DoneBeforeError: this request was carried out already.
        UsageError: the name will not do for a folder, or is taken.
    """

    def begun(place: Kept) -> Negotiation:
        made = begun_from(contract, place.folder.resolve(), side=_side(desk), today=timezone.localdate())
        return replace(made, effective=effective) if effective else made

    return begin(desk, name, Request("began", key), begun)


def _side(desk: Desk) -> Side:
    return "payer" if desk.organisation.side == "payer" else "provider"
