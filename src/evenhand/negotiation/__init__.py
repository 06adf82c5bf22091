"""What an offer is worth: the same claims under the contract as it stands and under the offer."""

from __future__ import annotations

from evenhand.negotiation.from_book import value_offer
from evenhand.negotiation.offer_value import OfferQuestion, offer_value
from evenhand.negotiation.standing import standing_on
from evenhand.negotiation.value import OfferValue

__all__ = ["OfferQuestion", "OfferValue", "offer_value", "standing_on", "value_offer"]
