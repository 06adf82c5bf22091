"""When to walk: both sides' walk-away prices, the zone between them, burn, break-even and runway, with how sure."""

from __future__ import annotations

from evenhand.negotiation.walking.batna import batna_sheet
from evenhand.negotiation.walking.drawing import FIGURES
from evenhand.negotiation.walking.formulas import Values, values
from evenhand.negotiation.walking.out_of_network import RULES
from evenhand.negotiation.walking.report import WalkAway, WalkQuestion, walk_away, walk_away_from
from evenhand.negotiation.walking.stated import Basis, LineOfBusiness, stated
from evenhand.negotiation.walking.switching import switching, switching_calendar

__all__ = [
    "FIGURES",
    "RULES",
    "Basis",
    "LineOfBusiness",
    "Values",
    "WalkAway",
    "WalkQuestion",
    "batna_sheet",
    "stated",
    "switching",
    "switching_calendar",
    "values",
    "walk_away",
    "walk_away_from",
]
