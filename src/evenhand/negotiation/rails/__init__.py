"""Guard rails: where a lawyer should look before a person goes on. Flags with source and date, never advice."""

from __future__ import annotations

from evenhand.negotiation.rails.aggregates import Cell, Limits, Released, Table, refused, released
from evenhand.negotiation.rails.clauses import medicare_advantage_needs, suspect_clauses, texts_of
from evenhand.negotiation.rails.clock import Tick, termination_clock
from evenhand.negotiation.rails.ending import Duty, Way, duties, ways_to_end
from evenhand.negotiation.rails.facts import ADVICE, RAILS, Flag, Rail
from evenhand.negotiation.rails.joint import Asker, joint_ask, refuse_joint_ask
from evenhand.negotiation.rails.pooling import pooled, refuse_pooled

__all__ = [
    "ADVICE",
    "RAILS",
    "Asker",
    "Cell",
    "Duty",
    "Flag",
    "Limits",
    "Rail",
    "Released",
    "Table",
    "Tick",
    "Way",
    "duties",
    "joint_ask",
    "medicare_advantage_needs",
    "pooled",
    "refuse_joint_ask",
    "refuse_pooled",
    "refused",
    "released",
    "suspect_clauses",
    "termination_clock",
    "texts_of",
    "ways_to_end",
]
