"""Procedures with a costly device: what is taken off where the maker gave it, or part of its price."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from evenhand.contracts.amounts import read_amount
from evenhand.contracts.model import Rate
from evenhand.errors import Log
from evenhand.money import to_cents

#: Modifier of a device's credit → the share of the device's part of the rate that is taken off. All of it for a device
#: that cost nothing, half where half of its price or more was given back: Medicare's (42 CFR 416.179), from memory.
CREDITS = (("FB", Decimal(1)), ("FC", Decimal("0.5")))


def device_credits(rate: Rate, offset: str, log: Log) -> Iterator[Rate]:
    """The rates of a code under each modifier of a credit, where its row states the device's part."""
    if not offset or rate.modifier:
        return
    part = read_amount(offset, rate.code, rate.line, log)
    if part is not None and part > rate.amount:
        log.error(rate.line, f"{rate.code}: the device offset {part} is more than the rate", "check the columns")
    elif part is not None:
        for modifier, share in CREDITS:
            yield replace(rate, modifier=modifier, amount=to_cents(rate.amount - part * share))
