"""`evenhand market`: how strong each side is."""

from __future__ import annotations

from evenhand.cli.market.group import market

__all__ = ["market"]
