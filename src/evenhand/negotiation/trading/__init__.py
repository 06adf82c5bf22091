"""What to trade: both sides' scores, the frontier, packages equally good for us, concessions, what counters tell."""

from __future__ import annotations

from evenhand.negotiation.trading.concessions import Style, ladder, style_of
from evenhand.negotiation.trading.domain import Domain, Issue, Option
from evenhand.negotiation.trading.logrolling import Trade, logrolling
from evenhand.negotiation.trading.opponent import SeenWeight, seen_weights
from evenhand.negotiation.trading.outcomes import Deal, Outcomes, Point, points
from evenhand.negotiation.trading.packages import LineWeight, Package, packages, revealed

__all__ = [
    "Deal",
    "Domain",
    "Issue",
    "LineWeight",
    "Option",
    "Outcomes",
    "Package",
    "Point",
    "SeenWeight",
    "Style",
    "Trade",
    "ladder",
    "logrolling",
    "packages",
    "points",
    "revealed",
    "seen_weights",
    "style_of",
]
