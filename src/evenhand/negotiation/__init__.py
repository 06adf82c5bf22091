"""What an offer is worth, and each change in it: the same claims under the contract as it stands and as it would be."""

from __future__ import annotations

from evenhand.negotiation.effect import ChangeEffects
from evenhand.negotiation.effects import change_effects
from evenhand.negotiation.from_book import value_offer
from evenhand.negotiation.offer_value import OfferQuestion, offer_value
from evenhand.negotiation.standing import standing_on
from evenhand.negotiation.value import OfferValue

__all__ = [
    "ChangeEffects",
    "OfferQuestion",
    "OfferValue",
    "change_effects",
    "offer_value",
    "standing_on",
    "value_offer",
]
