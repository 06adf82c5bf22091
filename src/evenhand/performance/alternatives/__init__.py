"""Other readings of a contract, priced again, to see which of them gives what the payer allowed."""

from __future__ import annotations

from evenhand.performance.alternatives.reasons import Reason, find_reasons

__all__ = ["Reason", "find_reasons"]
