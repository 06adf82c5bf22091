"""`evenhand offer`: what an offer is worth, what to ask for, what to trade."""

from __future__ import annotations

from evenhand.cli.offer.group import offer

__all__ = ["offer"]
