"""Upward pricing pressure of a merger from diversion and margins alone (F10).

The forms are Farrell and Shapiro's, as recalled and not confirmed against the paper; a screen of the agencies'
practice takes a GUPPI under 5 % for small, which is recalled too.
"""

from __future__ import annotations

#: How sure the forms here are.
SURE = "from memory"


def upward_pressure(diversion: float, margin: float, *, efficiency: float = 0.0, cost: float = 0.0) -> float:
    """``UPP = d₁₂·(p₂ − c₂) − e·c₁``, in dollars.

    Args:
        diversion: share of the first's patients that go to the second.
        margin: the second's price less its cost, in dollars.
        efficiency: what the merger saves of the first's cost, as a share.
        cost: the first's cost.

    >>> upward_pressure(0.2, 6000.0, efficiency=0.05, cost=15000.0)
    450.0
    """
    return diversion * margin - efficiency * cost


def guppi(diversion: float, margin_share: float, price: float, other_price: float) -> float:
    """``GUPPI = d₁₂·m₂·p₂/p₁``, as a share of the first's price; ``margin_share`` is the second's ``(p₂ − c₂)/p₂``.

    >>> round(guppi(0.2, 0.25, 20000.0, 24000.0), 4)
    0.06
    """
    return diversion * margin_share * other_price / price
