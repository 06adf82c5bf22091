"""A ledger of forecasts: every valuation kept, and scored when the claims come in."""

from __future__ import annotations

from evenhand.negotiation.forecasts.entry import Forecast, Level
from evenhand.negotiation.forecasts.ledger import forecasts, keep, remove, restore
from evenhand.negotiation.forecasts.scoring import ForecastReport, score_forecasts

__all__ = ["Forecast", "ForecastReport", "Level", "forecasts", "keep", "remove", "restore", "score_forecasts"]
