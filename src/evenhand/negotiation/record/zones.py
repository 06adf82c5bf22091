"""The walk-away prices as a negotiation keeps them, from the side it sees them from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from evenhand.money import to_cents
from evenhand.negotiation.record.model import Side, Zone
from evenhand.negotiation.walking import WalkAway

_SHARE = Decimal("0.0001")


def zone_of(found: WalkAway, side: Side, today: date) -> Zone:
    """The zone to keep: ``ours`` is the provider's price or the payer's, as we are."""
    provider, payer = (to_cents(Decimal(repr(float(one)))) for one in (found.values.ours_min, found.values.theirs_max))
    ours, theirs = (provider, payer) if side == "provider" else (payer, provider)
    now = to_cents(Decimal(repr(found.assumptions.value("price"))))
    exists = Decimal(repr(found.exists)).quantize(_SHARE)
    return Zone(ours, theirs, now, exists, "claim", today, f"{found.draws:,} draws, seed {found.seed}")
