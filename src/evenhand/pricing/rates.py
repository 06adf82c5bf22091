"""Fee schedules as one table of rates, laid out column by column: a schedule may have a million rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import chain, repeat
from operator import attrgetter
from typing import Any

import pyarrow as pa

from evenhand.contracts.model import FeeSchedule, Rate
from evenhand.pricing.schemas import RATES

#: Decimals a schedule's amounts are held to.
PLACES = 6


def rates_table(schedules: Sequence[FeeSchedule]) -> pa.Table:
    """``contract_rates``: every rate of the schedules, whose keys are their places in the list, from 1."""
    rates = list(chain.from_iterable(schedule.rates for schedule in schedules))
    keys = list(chain.from_iterable(repeat(key, len(one.rates)) for key, one in enumerate(schedules, start=1)))
    periods = list(map(attrgetter("period"), rates))
    columns: list[Any] = [
        range(1, len(rates) + 1),
        keys,
        _texts(rates, "code"),
        _texts(rates, "modifier"),
        _texts(rates, "setting"),
        amounts(list(map(attrgetter("amount"), rates))),
        list(map(attrgetter("start"), periods)),
        list(map(attrgetter("end"), periods)),
    ]
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, RATES.types, strict=True)], schema=RATES)


def amounts(values: Sequence[Decimal]) -> pa.Array:
    """Amounts as a decimal array; rounded only where some have more decimals than the column."""
    kind = RATES.field("amount").type
    try:
        return pa.array(values, kind)
    except pa.ArrowInvalid:
        return pa.array([rounded(value, PLACES) for value in values], kind)


def rounded(value: Decimal, places: int) -> Decimal:
    """Held to so many decimals, halves away from zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _texts(rates: Iterable[Rate], name: str) -> list[str]:
    """One text of each rate in capitals, each different one worked out once."""
    texts: list[str] = list(map(attrgetter(name), rates))
    plain = {text: text.strip().upper() for text in set(texts)}
    return list(map(plain.__getitem__, texts))
