"""One spelling for each payer: claims and remittances write the same name in several ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from evenhand.contracts.model import Contract

NOT_STATED = "not stated"


def plain(name: str) -> str:
    """A name as it is compared: no case, no doubled spaces.

    >>> plain("SUMMIT  Health ")
    'summit health'
    """
    return " ".join(name.split()).casefold()


def payer_names(seen: Iterable[tuple[str, str, int]], contracts: Sequence[Contract]) -> pa.Table:
    """The name shown for each (payer, payer_id) seen, with the number of claims it was seen on.

    A contract's payer gives its own spelling to its identifiers, name and aliases; other payers keep
    the spelling used most.
    """
    listed = sorted(seen, key=lambda row: (-row[2], row[0], row[1]))
    by_id, by_name = _contract_names(contracts)
    for name, _, _ in listed:
        by_name.setdefault(plain(name), name)
    shown = [by_id.get(number) or by_name[plain(name)] or number or NOT_STATED for name, number, _ in listed]
    return pa.table(
        {
            "payer": pa.array([row[0] for row in listed], pa.string()),
            "payer_id": pa.array([row[1] for row in listed], pa.string()),
            "payer_shown": pa.array(shown, pa.string()),
        }
    )


def _contract_names(contracts: Sequence[Contract]) -> tuple[dict[str, str], dict[str, str]]:
    by_id: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for contract in contracts:
        parties = contract.parties
        for number in parties.payer_ids:
            by_id.setdefault(number, parties.payer)
        for name in (parties.payer, *parties.payer_aliases):
            by_name.setdefault(plain(name), parties.payer)
    return by_id, by_name


def payment_terms(contracts: Sequence[Contract]) -> pa.Table:
    """The days within which each contract says clean claims are paid; null where it does not say."""
    return pa.table(
        {
            "contract_id": pa.array([contract.id for contract in contracts], pa.string()),
            "payment_days": pa.array(
                [stated_days(contract.provisions.get("payment_days")) for contract in contracts], pa.int32()
            ),
        }
    )


def stated_days(stated: Any) -> int | None:
    """The days a provision states: ``30``, ``"30"`` and ``"30 days"`` are thirty; anything else is not stated."""
    if isinstance(stated, int | Decimal):
        return int(stated)
    words = str(stated or "").split()
    return int(words[0]) if words and words[0].isdigit() and words[1:] in ([], ["days"], ["day"]) else None
