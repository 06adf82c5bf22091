"""A contract and claims in, allowed amounts out, with the reason for each."""

from __future__ import annotations

from evenhand.pricing.plan import price

__all__ = ["price"]
