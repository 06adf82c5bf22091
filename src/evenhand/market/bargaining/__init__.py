"""How two sides split what a contract is worth to both: bargaining models, forward to prices and back to weights."""

from __future__ import annotations

from evenhand.market.bargaining.logit import LogitMarket, calibrated_alpha, logit_diversion
from evenhand.market.bargaining.nash import Contracts, nash_rate, replacement_cap
from evenhand.market.bargaining.pressure import guppi, upward_pressure
from evenhand.market.bargaining.rates import Rates, read_rates
from evenhand.market.bargaining.report import Bargains, Leaving, bargains
from evenhand.market.bargaining.two_level import TwoLevelMarket

__all__ = [
    "Bargains",
    "Contracts",
    "Leaving",
    "LogitMarket",
    "Rates",
    "TwoLevelMarket",
    "bargains",
    "calibrated_alpha",
    "guppi",
    "logit_diversion",
    "nash_rate",
    "read_rates",
    "replacement_cap",
    "upward_pressure",
]
