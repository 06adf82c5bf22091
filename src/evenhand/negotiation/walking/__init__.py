"""When to walk: both sides' walk-away prices, the zone between them, burn, break-even and runway, with how sure."""

from __future__ import annotations

from evenhand.negotiation.walking.drawing import FIGURES
from evenhand.negotiation.walking.formulas import Values, values
from evenhand.negotiation.walking.out_of_network import RULES
from evenhand.negotiation.walking.report import WalkAway, WalkQuestion, walk_away, walk_away_from
from evenhand.negotiation.walking.stated import Basis, stated
from evenhand.negotiation.walking.switching import switching, switching_calendar

__all__ = [
    "FIGURES",
    "RULES",
    "Basis",
    "Values",
    "WalkAway",
    "WalkQuestion",
    "stated",
    "switching",
    "switching_calendar",
    "values",
    "walk_away",
    "walk_away_from",
]
