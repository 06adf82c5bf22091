"""From raw claims and remittances to what was finally submitted, allowed, paid or denied."""

from __future__ import annotations

from evenhand.claims.settle.plan import settle, steps

__all__ = ["settle", "steps"]
