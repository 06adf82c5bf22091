"""What offers are worth over several years, with honest uncertainty, from both chairs."""

from __future__ import annotations

from evenhand.negotiation.worth.assumptions import worth_assumptions
from evenhand.negotiation.worth.comparing import compare_offers, offer_worth, worth
from evenhand.negotiation.worth.credibility import Buhlmann, buhlmann, claims_for_full, limited_fluctuation, strength
from evenhand.negotiation.worth.draws import Frequency, compound, compound_moments, resampled
from evenhand.negotiation.worth.question import WorthQuestion
from evenhand.negotiation.worth.report import Worth
from evenhand.negotiation.worth.runout import RunOut, run_out
from evenhand.negotiation.worth.tails import Tail, excess_draws, excess_of, tail_of

__all__ = [
    "Buhlmann",
    "Frequency",
    "RunOut",
    "Tail",
    "Worth",
    "WorthQuestion",
    "buhlmann",
    "claims_for_full",
    "compare_offers",
    "compound",
    "compound_moments",
    "excess_draws",
    "excess_of",
    "limited_fluctuation",
    "offer_worth",
    "resampled",
    "run_out",
    "strength",
    "tail_of",
    "worth",
    "worth_assumptions",
]
