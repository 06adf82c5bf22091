"""The ledger of forecasts, scored, as sheets."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.negotiation.forecasts import Forecast, ForecastReport
from evenhand.negotiation.forecasts.scoring import ENOUGH

_KEPT = (
    Field("id", "Forecast"),
    Field("kept_at", "Kept (UTC)"),
    Field("payer", "Payer"),
    Field("offers", "Offers"),
    Field("first_day", "Claims from", "date"),
    Field("last_day", "to", "date"),
    Field("years", "Years", "count"),
    Field("change", "Net change in all, p50", "change"),
)
_SCORES = (
    Field("id", "Forecast"),
    Field("payer", "Payer"),
    Field("side", "Side in force"),
    Field("year", "Year", "count"),
    Field("first_day", "From", "date"),
    Field("last_day", "To", "date"),
    Field("measure", "Dollars"),
    Field("q05", "5 %", "dollars"),
    Field("q50", "Median", "dollars"),
    Field("q95", "95 %", "dollars"),
    Field("actual", "Came", "dollars"),
    Field("place", "Place", "percent"),
    Field("within", "90 % interval"),
    Field("says", "Why not scored"),
)
_CALIBRATION = (
    Field("interval", "Interval"),
    Field("promised", "Promised", "percent"),
    Field("scored", "Scored", "count"),
    Field("inside", "Inside", "count"),
    Field("held", "Held", "percent"),
)
_EMPTY = "No forecast is kept; keep one with: evenhand offer forecast OFFER --keep"


def forecast_sheets(found: ForecastReport) -> list[Sheet]:
    """The forecasts kept, how they came out, and how well intervals held."""
    scored = len(found.places)
    note = f"{scored} forecasts scored." + (
        f" Fewer than {ENOUGH} say nothing of calibration." if scored < ENOUGH else ""
    )
    return [
        Sheet("forecasts", "Forecasts kept", _KEPT, [_kept(one) for one in found.kept], "", _EMPTY),
        Sheet("scores", "How they came out", _SCORES, [_rounded(row) for row in found.scores], _SCORES_NOTE, _EMPTY),
        Sheet(
            "calibration",
            "How well intervals held",
            _CALIBRATION,
            [_rounded(row) for row in found.calibration] if scored else [],
            note,
            "Nothing is due yet.",
        ),
    ]


def _kept(one: Forecast) -> dict[str, Any]:
    claims, in_all = one.said["claims"], [row for row in one.said["years"] if row["year"] == "in all"]
    return {
        "id": one.id,
        "kept_at": one.kept_at.strftime("%Y-%m-%d %H:%M"),
        "payer": one.payer,
        "offers": ", ".join(one.offers),
        "first_day": claims["first_day"],
        "last_day": claims["last_day"],
        "years": one.said["asked"]["years"],
        "change": Decimal(str(in_all[0]["p50"])) if len(in_all) == 1 else None,
    }


def _rounded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: Decimal(f"{value:.4f}") if isinstance(value, float) else value for key, value in row.items()}


_SCORES_NOTE = (
    "Priced: allowed dollars under the contract as the book has it; paid: what the plan paid. Place: the share of the "
    "forecast below what came; even over many forecasts when they are calibrated. A year is scored when the book "
    "reaches 90 days beyond it. The worth of an offer, a difference of two futures, is never observed: levels "
    "are scored."
)
