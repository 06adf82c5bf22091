"""Is a negotiation ready, which known mistakes does it make, is it stuck, and is it fit to be escalated?"""

from __future__ import annotations

from evenhand.negotiation.readiness.checklist import Item, Readiness, readiness
from evenhand.negotiation.readiness.data import DataFacts, data_facts
from evenhand.negotiation.readiness.escalation import Escalation, escalation
from evenhand.negotiation.readiness.impasse import Impasse, Signal, impasse
from evenhand.negotiation.readiness.pitfalls import Pitfall, pitfalls
from evenhand.negotiation.readiness.tried import Check, all_else_tried
from evenhand.negotiation.readiness.worths import RoundWorth, round_worths

__all__ = [
    "Check",
    "DataFacts",
    "Escalation",
    "Impasse",
    "Item",
    "Pitfall",
    "Readiness",
    "RoundWorth",
    "Signal",
    "all_else_tried",
    "data_facts",
    "escalation",
    "impasse",
    "pitfalls",
    "readiness",
    "round_worths",
]
