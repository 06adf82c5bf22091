"""What each side falls back on without an agreement, for one unit of service; plain arithmetic on numbers or arrays.

With ``N`` units a year, the provider keeps a share ``r`` of them out of network at ``p_oon``, fills a share ``f`` of
what it loses at ``p_refill``, and pays ``F`` for the break; each unit costs it ``c``. The payer pays ``p_oon`` for what
stays and other providers for what goes, and loses members. (Disagreement payoffs as in Ho and Lee 2019 and in
Prager and Tilipman, NBER 33727; the sheet of alternatives as practitioners keep it.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

Number = Any  # a float, or an array of draws
#: Months of a year, and of the agreement's gain.
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Values:
    """Both walk-away prices and what follows; floats, or arrays of draws.

    Attributes:
        without: the provider's margin a year without an agreement, in dollars (D_prov).
        margin: its margin a year under today's price.
        ours_min: the least price the provider should take (p_min).
        theirs_max: the most the payer should pay (p_max).
        zone: theirs_max − ours_min: below zero there is no price both gain from.
        leverage: share of the zone above today's price, which the provider can still ask for; not a number without a
            zone.
        burn: what the break costs the provider a month; negative where it gains.
        gain: what the ask is worth over the years of the agreement.
        break_even_months: how long the burn may last before it has eaten the gain; infinite where nothing burns.
        break_even_retention: the share of volume that must stay for the break to cost nothing; above 1 where no share
            does, below 0 where any does, not a number where it makes no difference.
        runway_months: how long cash lasts; infinite where nothing burns.
    """

    without: Number
    margin: Number
    ours_min: Number
    theirs_max: Number
    zone: Number
    leverage: Number
    burn: Number
    gain: Number
    break_even_months: Number
    break_even_retention: Number
    runway_months: Number


def values(given: Mapping[str, Number]) -> Values:
    """Everything at once, from the assumptions by name."""
    n, p, c = given["units"], given["price"], given["cost"]
    without = margin_without(given)
    margin = n * (p - c)
    ours, theirs = c + without / n, most_paid(given)
    burn = (margin - without) / MONTHS
    gain = given["ask"] * n * given["years"] * given["gain_kept"]
    return Values(
        without=without,
        margin=margin,
        ours_min=ours,
        theirs_max=theirs,
        zone=theirs - ours,
        leverage=_share(theirs - p, theirs - ours),
        burn=burn,
        gain=gain,
        break_even_months=_lasts(gain, burn),
        break_even_retention=retention_to_break_even(given),
        runway_months=_lasts(given["cash_days"] * given["daily_cost"], burn),
    )


def margin_without(given: Mapping[str, Number]) -> Number:
    """D_prov = N·r·(p_oon − c) + N(1 − r)·f·(p_refill − c) − F; p_oon is what is collected of it."""
    n, r, c = given["units"], given["retained"], given["cost"]
    kept = n * r * (given["oon_price"] * given["oon_collected"] - c)
    filled = n * (1 - r) * given["refilled"] * (given["refill_price"] - c)
    return kept + filled - cost_of_break(given)


def cost_of_break(given: Mapping[str, Number]) -> Number:
    """F: what other services lose a year, and the transition, spread over the years of the agreement."""
    return given["spill_over"] + given["transition"] / given["years"]


def most_paid(given: Mapping[str, Number]) -> Number:
    """p_max = r·p_oon + (1 − r)·Σ d·p + L·members·margin/N + (adequacy, reputation)/N."""
    n, r = given["units"], given["retained"]
    members = given["members_lost"] * given["members"] * given["member_margin"]
    elsewhere = r * given["oon_price"] + (1 - r) * given["elsewhere_price"]
    return elsewhere + members / n + given["adequacy"] / n


def retention_to_break_even(given: Mapping[str, Number]) -> Number:
    """The r at which D_prov equals today's margin; not a number where r makes no difference."""
    n, c = given["units"], given["cost"]
    refilled = given["refilled"] * (given["refill_price"] - c)
    kept = given["oon_price"] * given["oon_collected"] - c
    return _share(n * (given["price"] - c) + cost_of_break(given) - n * refilled, n * (kept - refilled))


def _share(part: Number, whole: Number) -> Number:
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.where(np.asarray(whole) == 0, np.nan, np.divide(part, whole))
    return float(found) if found.ndim == 0 else found


def _lasts(amount: Number, burn: Number) -> Number:
    """How many months an amount lasts; infinite where nothing burns."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        found = np.where(np.asarray(burn) <= 0, np.inf, np.divide(amount, burn))
    return float(found) if found.ndim == 0 else found
