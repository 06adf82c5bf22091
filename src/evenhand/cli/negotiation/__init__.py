"""The commands about negotiations; see :mod:`evenhand.cli.negotiation.group`."""

from __future__ import annotations

from evenhand.cli.negotiation.group import negotiation

__all__ = ["negotiation"]
