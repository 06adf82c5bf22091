"""Language in dollars: what changes of provisions are worth on one's own claims, by stated formulas."""

from __future__ import annotations

from evenhand.negotiation.clauses.answer import ClauseQuestion, ClauseReport
from evenhand.negotiation.clauses.assumptions import clause_assumptions
from evenhand.negotiation.clauses.language import Formula, read_formulas
from evenhand.negotiation.clauses.report import clauses, value_clauses

__all__ = [
    "ClauseQuestion",
    "ClauseReport",
    "Formula",
    "clause_assumptions",
    "clauses",
    "read_formulas",
    "value_clauses",
]
