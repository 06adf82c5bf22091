"""One point of the frontier: where the product of both sides' gains, each to the power of its weight, is greatest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evenhand.errors import UsageError
from evenhand.negotiation.ask.closed import Frontier


@dataclass(frozen=True, slots=True)
class FairPoint:
    """Where the Nash product is greatest.

    Attributes:
        spend: what the payer spends there.
        gain: what that brings us.
        product: the product itself, with each side's gain to the power of its weight.
    """

    spend: float
    gain: float
    product: float


def nash_point(frontier: Frontier, headroom: float, *, weight: float = 0.5) -> FairPoint:
    """The greatest ``gain^weight × (headroom − spend)^(1 − weight)`` on a frontier, exactly: piece by piece.

    Args:
        frontier: gain against spend.
        headroom: the most the payer could spend and still be no worse off than without a deal.
        weight: our bargaining weight, between 0 and 1.

    Raises:
        UsageError: the headroom is not above zero, or the weight not between 0 and 1.
    """
    if not 0 < weight < 1:
        raise UsageError(f"a bargaining weight of {weight:g} makes no sense; give one between 0 and 1")
    if not headroom > 0:
        raise UsageError(f"a headroom of {headroom:,.0f} dollars leaves nothing to share; give more than 0")
    spend = np.concatenate([frontier.spend, _tops(frontier, headroom, weight)])
    spend = np.clip(spend, 0.0, headroom)
    gain = frontier.at(spend)
    product = np.maximum(gain, 0.0) ** weight * (headroom - spend) ** (1 - weight)
    place = int(np.argmax(product))
    return FairPoint(float(spend[place]), float(gain[place]), float(product[place]))


def _tops(frontier: Frontier, headroom: float, weight: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Where the product would be greatest on the line through each piece, held to the piece."""
    start, end = frontier.spend[:-1], frontier.spend[1:]
    slope = np.diff(frontier.gain) / np.maximum(np.diff(frontier.spend), 1e-300)
    slope = np.maximum(slope, 1e-300)
    # gain + slope·(s − start) to the weight, times what is left: its logarithm's slope is zero here.
    top = weight * headroom + (1 - weight) * (start - frontier.gain[:-1] / slope)
    return np.asarray(np.clip(top, start, end))
