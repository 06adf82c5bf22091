"""The plain reading of a contract: one claim at a time, in Decimal, obvious.

It shares no arithmetic with the engine, and the engine must agree with it to the cent.
"""

from __future__ import annotations

from evenhand.pricing.oracle.cases import case_claim
from evenhand.pricing.oracle.claim import OracleClaim, OracleLine
from evenhand.pricing.oracle.priced import PricedClaim, PricedLine
from evenhand.pricing.oracle.pricing import price_claim

__all__ = ["OracleClaim", "OracleLine", "PricedClaim", "PricedLine", "case_claim", "price_claim"]
