"""A contract and claims in, allowed amounts out, with the reason for each."""

from __future__ import annotations

from evenhand.pricing.books import Pricing, contracts_of, price_book
from evenhand.pricing.explain import ExplainedClaim, Explanation, explain_claim, explain_line
from evenhand.pricing.plan import Repricing, price

__all__ = [
    "ExplainedClaim",
    "Explanation",
    "Pricing",
    "Repricing",
    "contracts_of",
    "explain_claim",
    "explain_line",
    "price",
    "price_book",
]
