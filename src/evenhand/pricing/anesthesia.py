"""Terms paid by units of anaesthesia, laid out: minutes and the units of time each comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any

import pyarrow as pa

from evenhand.contracts.methods import Anesthesia, Payment
from evenhand.contracts.methods.anesthesia import LONGEST_MINUTES

#: Units of time that do not end are held to so many decimals, the rest counted as one more: so a price that would
#: be half a cent is one, and none other is moved. A sum of units with four decimals times a factor with four, over
#: at most sixty minutes, misses half a cent by 1/12,000,000,000 of a dollar or not at all, which is more than this
#: adds at a factor of 8,000.
PLACES = Decimal(1).scaleb(-14)
_WIDE = Context(prec=38)
_ROUNDED = {
    "tenth": (Decimal("0.1"), ROUND_HALF_UP),
    "nearest": (Decimal(1), ROUND_HALF_UP),
    "up": (Decimal(1), ROUND_CEILING),
    "down": (Decimal(1), ROUND_FLOOR),
    "exact": (PLACES, ROUND_CEILING),
}

_KEY, _NUMBER, _TEXT, _UNITS = pa.int64(), pa.int32(), pa.string(), pa.decimal128(20, 14)
#: Table → its columns.
ANESTHESIA: dict[str, list[tuple[str, pa.DataType]]] = {
    "contract_anesthesia": [
        ("term_key", _KEY),
        ("factor", pa.decimal128(18, 4)),
        ("time_key", _NUMBER),
        ("billed_units", _TEXT),
    ],
    # terms that pay one code for a session
    "contract_anesthesia_sessions": [("term_key", _KEY)],
    "contract_physical_status": [("term_key", _KEY), ("modifier", _TEXT), ("units", _UNITS)],
    "contract_time_units": [("time_key", _NUMBER), ("minutes", _NUMBER), ("units", _UNITS)],
}

Rows = Mapping[str, list[tuple[Any, ...]]]


def add_anesthesia(rows: Rows, term_key: int, pay: Payment) -> None:
    """The rows of one term; the table of minutes is shared by those that count time alike."""
    if not isinstance(pay, Anesthesia):
        return
    time_key = None
    if pay.time_units != "none":
        time_key = pay.unit_minutes * 10 + list(_ROUNDED).index(pay.time_units)
        if not any(key == time_key for key, _, _ in rows["contract_time_units"]):
            rows["contract_time_units"].extend((time_key, *each) for each in _time_units(pay))
    factor = pay.conversion_factor.quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)
    rows["contract_anesthesia"].append((term_key, factor, time_key, pay.billed_units))
    if pay.session == "highest base":
        rows["contract_anesthesia_sessions"].append((term_key,))
    rows["contract_physical_status"].extend((term_key, *each) for each in pay.physical_status)


def asks_modifiers(pay: Payment) -> bool:
    """Whether units, or whose session it is, go by modifiers."""
    return isinstance(pay, Anesthesia) and (bool(pay.physical_status) or pay.session == "highest base")


def _time_units(pay: Anesthesia) -> Iterator[tuple[int, Decimal]]:
    place, rounding = _ROUNDED[pay.time_units]
    for minutes in range(LONGEST_MINUTES + 1):
        units = _WIDE.divide(Decimal(minutes), Decimal(pay.unit_minutes))
        yield minutes, units.quantize(place, rounding=rounding)
