"""What to ask for: the best ask within the payer's budget and what is plausible, with a gap that is worked out."""

from __future__ import annotations

from evenhand.negotiation.ask.answer import Answer
from evenhand.negotiation.ask.best import best_ask
from evenhand.negotiation.ask.bounds import Bound, Market, read_market
from evenhand.negotiation.ask.closed import Frontier, best_by_sorting, frontier
from evenhand.negotiation.ask.conflict import Clash, conflict
from evenhand.negotiation.ask.from_book import Ask, ask_of
from evenhand.negotiation.ask.linear import InfeasibleError, best_by_programme
from evenhand.negotiation.ask.nash import FairPoint, nash_point
from evenhand.negotiation.ask.problem import AskProblem, Limits, RateRoom
from evenhand.negotiation.ask.question import AskQuestion, Size
from evenhand.negotiation.ask.robust import Doubt, cost_in_doubt
from evenhand.negotiation.ask.shaped import Shape, ShapedAnswer
from evenhand.negotiation.ask.worth_of_limits import LimitWorth, worth_of_limits
from evenhand.negotiation.ask.written import offer_files, write_offer

__all__ = [
    "Answer",
    "Ask",
    "AskProblem",
    "AskQuestion",
    "Bound",
    "Clash",
    "Doubt",
    "FairPoint",
    "Frontier",
    "InfeasibleError",
    "LimitWorth",
    "Limits",
    "Market",
    "RateRoom",
    "Shape",
    "ShapedAnswer",
    "Size",
    "ask_of",
    "best_ask",
    "best_by_programme",
    "best_by_sorting",
    "conflict",
    "cost_in_doubt",
    "frontier",
    "nash_point",
    "offer_files",
    "read_market",
    "worth_of_limits",
    "write_offer",
]
