"""Exact products of whole numbers, rounded half away from zero: decimals as 64-bit counts of their last place."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]

#: Products stay below this, so that adding half of the divisor cannot overflow.
ROOM = 2**62
#: A fee of a trillion dollars comes from units nobody rendered and is no price.
MOST_CENTS = 10**14


class BeyondCentsError(Exception):
    """A product does not fit 64 bits: the exact way round has to be taken."""


def whole(value: Decimal, places: int) -> int:
    """A decimal as a count of its last place, rounded half away from zero.

    >>> whole(Decimal("1.285"), 2), whole(Decimal("-1.285"), 2)
    (129, -129)
    """
    return int(value.scaleb(places).to_integral_value(rounding=ROUND_HALF_UP))


def most(values: Whole) -> int:
    """The largest absolute value; 0 for none."""
    return max(int(values.max()), -int(values.min())) if values.size else 0


def times(values: Whole, by: int | Whole, over: int) -> Whole:
    """``values × by ÷ over``, rounded half away from zero; ``over`` is even, or 1.

    >>> times(np.array([105, -105], dtype=np.int64), 50, 100)
    array([ 53, -53])

    Raises:
        BeyondCentsError: a result does not fit.
    """
    factor = abs(by) if isinstance(by, int) else most(by)
    if most(values) * factor >= ROOM:
        return _wide(values, by, over)
    return rounded(values * by, over)


def _wide(values: Whole, by: int | Whole, over: int) -> Whole:
    """The same in whole numbers of any length."""
    found = rounded(values.astype(object) * (by if isinstance(by, int) else by.astype(object)), over)
    if max(map(abs, found.ravel().tolist()), default=0) >= ROOM:
        raise BeyondCentsError
    return found.astype(np.int64)


def rounded(products: Whole, over: int) -> Whole:
    """``products ÷ over``, rounded half away from zero."""
    if over == 1 or not products.size:
        return products
    half = over // 2
    if products.min() >= 0:
        quotient: Whole = (products + half) // over
        return quotient
    return np.where(products < 0, -((half - products) // over), (products + half) // over)
