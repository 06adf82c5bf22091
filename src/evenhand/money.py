"""Exact money: decimals all through, whole cents wherever a price is made.

A float never holds money here. In Python money is :class:`decimal.Decimal`; in tables it is
``decimal128(18, 2)``; inside the fast readers it is a 64-bit count of cents on its way to that.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import numpy as np
import numpy.typing as npt
import pyarrow as pa

CENT = Decimal("0.01")
ZERO = Decimal("0.00")

#: Arrow type of every money column.
MONEY = pa.decimal128(18, 2)
#: Arrow type of every quantity column (units, days, minutes).
QUANTITY = pa.decimal128(18, 3)
#: Arrow type of every share and rate of change (0.045 is 4.5 %).
SHARE = pa.decimal128(18, 6)


def to_cents(amount: Decimal) -> Decimal:
    """Round to whole cents, halves away from zero.

    >>> to_cents(Decimal("1.005")), to_cents(Decimal("-1.005"))
    (Decimal('1.01'), Decimal('-1.01'))
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def parse_money(text: str) -> Decimal | None:
    """Read an amount as people and files write it; ``None`` when it is not one, never zero.

    >>> parse_money("$1,234.50"), parse_money("(12.00)"), parse_money(".5"), parse_money("n/a")
    (Decimal('1234.50'), Decimal('-12.00'), Decimal('0.5'), None)
    """
    bare = text.strip().replace("$", "").replace(",", "").strip()
    negative = bare.startswith("(") and bare.endswith(")")
    try:
        value = Decimal(bare[1:-1] if negative else bare)
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return -value if negative else value


def ratio(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """A share, to six decimals; ``None`` when there is nothing to divide by.

    >>> ratio(Decimal("45.00"), Decimal("100.00")), ratio(1, 0)
    (Decimal('0.450000'), None)
    """
    if part is None or not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def show_money(amount: Decimal | None, *, cents: bool = True) -> str:
    """Write an amount for a reader.

    >>> show_money(Decimal("-1234.5")), show_money(Decimal("1234.5"), cents=False), show_money(None)
    ('−$1,234.50', '$1,235', '–')
    """
    if amount is None:
        return "–"
    rounded = to_cents(amount) if cents else amount.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return f"{'−' if rounded < 0 else ''}${abs(rounded):,}"


def show_rate(rate: Decimal) -> str:
    """Write a rate for a reader, with the fractions of a cent it may have.

    >>> show_rate(Decimal("1250.0000")), show_rate(Decimal("0.004500"))
    ('$1,250.00', '$0.0045')
    """
    return show_money(rate) if rate == to_cents(rate) else f"${rate.normalize():f}"


def cents_to_arrow(cents: npt.NDArray[np.int64], missing: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Turn counts of cents into a ``decimal128(18, 2)`` array without a loop; ``missing`` become null."""
    return scaled_to_arrow(cents, MONEY, missing)


def scaled_to_arrow(
    scaled: npt.NDArray[np.int64], kind: pa.Decimal128Type, missing: npt.NDArray[np.bool_] | None = None
) -> pa.Array:
    """Turn integers already multiplied by ten to the power of the scale into a decimal array."""
    words = np.empty((scaled.size, 2), dtype="<i8")
    words[:, 0] = scaled
    words[:, 1] = scaled >> 63
    valid = None
    if missing is not None and bool(missing.any()):
        valid = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(kind, scaled.size, [valid, pa.py_buffer(words)])
