"""What was worked out, kept in the record: walk-away prices, and what rounds came to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evenhand.negotiation.record.model import Negotiation, Valuation, Zone
from evenhand.negotiation.record.shelf import Kept


def keep_zone(kept: Kept, zone: Zone) -> Negotiation:
    """Keep the walk-away prices last worked out, so that readiness and impasse can look at them."""
    return kept.change(lambda before: replace(before, zone=zone))


def keep_worths(kept: Kept, worths: Mapping[int, Valuation]) -> Negotiation:
    """Keep what rounds came to when they were last compared, by their number."""

    def with_worths(before: Negotiation) -> Negotiation:
        rounds = (replace(one, worth=worths.get(one.number, one.worth)) for one in before.rounds)
        return replace(before, rounds=tuple(rounds))

    return kept.change(with_worths)
