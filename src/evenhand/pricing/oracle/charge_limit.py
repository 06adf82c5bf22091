"""The share of charges a term pays on a day, after the chargemaster limiter."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenhand.contracts.methods import PercentOfCharges
from evenhand.contracts.model import Term, Version
from evenhand.pricing.oracle.rates import places


def limited_share(version: Version, term: Term, day: date | None) -> tuple[Decimal, Decimal | None]:
    """The share, and what the stated one was multiplied by; ``None`` where no limiter concerns the term."""
    assert isinstance(term.pay, PercentOfCharges)
    stated = share = places(term.pay.factor, 6)
    limiters = [one for one in version.rules.charge_limiter if not one.terms or term.name in one.terms]
    for one in limiters:
        for since, growth in one.growth:
            if day is None or day < since or growth <= one.cap:
                continue
            if one.formula == "ratio":
                share = share * (1 + one.cap) / (1 + growth)
            else:
                share = (share - one.cap) / (1 + growth) if share > one.cap else Decimal(0)
            share = places(share, one.decimals + 2)
    if not limiters or stated == 0:
        return share, None
    return share, (share / stated).quantize(Decimal("0.00000001"), rounding=ROUND_HALF_UP)
