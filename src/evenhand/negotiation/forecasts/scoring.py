"""Forecasts held against what came: inside the interval or not, and where in the forecast it fell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.engines import Engine
from evenhand.errors import Problem
from evenhand.negotiation.forecasts.entry import Forecast, Level
from evenhand.negotiation.forecasts.ledger import forecasts
from evenhand.negotiation.offer_value import claims_chosen
from evenhand.negotiation.worth.comparing import CONTRACT
from evenhand.negotiation.worth.credibility import FEWEST_PATIENTS
from evenhand.negotiation.worth.pricing import priced_as_agreed
from evenhand.negotiation.worth.runout import LEAST_DAYS
from evenhand.pricing import contracts_of
from evenhand.results import Result

_TEXT, _NUMBER, _DAY = pa.string(), pa.float64(), pa.date32()
SCORES = pa.schema(
    [
        ("id", _TEXT),
        ("payer", _TEXT),
        ("side", _TEXT),
        ("year", pa.int64()),
        ("first_day", _DAY),
        ("last_day", _DAY),
        ("measure", _TEXT),
        ("q05", _NUMBER),
        ("q50", _NUMBER),
        ("q95", _NUMBER),
        ("actual", _NUMBER),
        ("place", _NUMBER),
        ("within", _TEXT),
        ("says", _TEXT),
    ]
)
CALIBRATION = pa.schema(
    [("interval", _TEXT), ("promised", _NUMBER), ("scored", pa.int64()), ("inside", pa.int64()), ("held", _NUMBER)]
)
#: Intervals whose share of hits is told: name, lower and upper quantile.
INTERVALS = (("50 %", 0.25, 0.75), ("80 %", 0.1, 0.9), ("90 %", 0.05, 0.95))
#: Fewer scored years say nothing of calibration.
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class ForecastReport:
    """The ledger, scored.

    Attributes:
        kept: the forecasts, oldest first.
        scores: a row for each forecast, side in force, year and measure: the interval, what came, and where it fell
            (its place: the share of the forecast below it), or why it is not scored.
        calibration: how many of the years scored fell into each interval. Years of one forecast, and allowed and paid
            dollars of one year, are not independent.
        places: the places of all that was scored: even, if forecasts are calibrated.
        problems: files that could not be read.
    """

    kept: tuple[Forecast, ...]
    scores: Result
    calibration: Result
    places: tuple[float, ...]
    problems: tuple[Problem, ...]


@cache
def _query(name: str) -> str:
    return (files("evenhand.negotiation.forecasts") / "queries" / f"{name}.sql").read_text(encoding="utf-8").strip()


def score_forecasts(book: Book) -> ForecastReport:
    """Score every forecast of a book's ledger whose days, and 90 days of run-out, the book now holds.

    Allowed dollars are priced under the contract as the book has it now; paid dollars are the plan's payments. The
    side in force is scored. The worth of an offer itself, a difference of two futures, is never observed.
    """
    kept, problems = forecasts(book)
    if not kept:
        return report_of((), [], problems)
    engine, contracts = book.settled(), contracts_of(book)
    return report_of(kept, _scored(engine, contracts, kept), problems)


def report_of(
    kept: Sequence[Forecast], rows: Iterable[Mapping[str, Any]], problems: Sequence[Problem]
) -> ForecastReport:
    """The report of rows that were scored."""
    listed = list(rows)
    places = tuple(row["place"] for row in listed if row.get("place") is not None)
    counted = [_counted(places, *interval) for interval in INTERVALS]
    return ForecastReport(
        tuple(kept), Result.of(listed, SCORES), Result.of(counted, CALIBRATION), places, tuple(problems)
    )


def _counted(places: Sequence[float], name: str, low: float, high: float) -> dict[str, Any]:
    inside = sum(low <= place <= high for place in places)
    held = inside / len(places) if places else None
    return {"interval": name, "promised": high - low, "scored": len(places), "inside": inside, "held": held}


def _scored(engine: Engine, contracts: Sequence[Contract], kept: Sequence[Forecast]) -> Iterator[dict[str, Any]]:
    (reach,) = engine.arrow(_query("known_through")).to_pylist()
    through = max(day for day in (reach["served"], reach["paid"]) if day is not None) if reach["served"] else date.min
    for forecast in kept:
        contract = _contract_of(forecast, contracts)
        for year in sorted({level.year for level in forecast.levels}):
            yield from _year(engine, forecast, (contract, through), year)


def _contract_of(forecast: Forecast, contracts: Sequence[Contract]) -> Contract | None:
    """The book's contract a forecast is about: by its id, else by its payer."""
    by_id = [one for one in contracts if one.id == forecast.said["contract_id"]]
    by_payer = [one for one in contracts if one.parties.payer == forecast.payer]
    found = by_id or by_payer
    return found[0] if len(found) == 1 else None


def _year(engine: Engine, forecast: Forecast, now: tuple[Contract | None, date], year: int) -> Iterator[dict[str, Any]]:
    contract, through = now
    levels = [level for level in forecast.levels if level.year == year]
    side, why = in_force(forecast, contract, levels[0].first_day)
    mine = [level for level in levels if level.side == (side or CONTRACT)]
    due = mine[0].last_day + timedelta(days=LEAST_DAYS)
    if not why and through < due:
        why = f"not yet: due when the book reaches {due}; it reaches {through}"
    actual: dict[str, float] = {}
    if not why and contract is not None:
        actual, why = _actual(engine, contract, (mine[0].first_day, mine[0].last_day))
    for level in mine:
        yield {**_told(forecast, level), **placed(level, actual.get(level.measure)), "says": why}


def in_force(forecast: Forecast, contract: Contract | None, day: date) -> tuple[str | None, str]:
    """Which side of a forecast came to be on a day, or why none did."""
    if contract is None:
        return None, f"the book holds no contract with {forecast.payer}, or several"
    new = [
        one
        for one in contract.amendments
        if one.signed is not None and one.effective <= day and one.name not in forecast.said["amendments"]
    ]
    if not new:
        return CONTRACT, ""
    begins = dict(zip(forecast.offers, forecast.said["begins"], strict=True))
    for one in reversed(new):
        if one.name in begins:
            return one.name, ""
        alike = [name for name, first in begins.items() if first == one.effective.isoformat()]
        if len(new) == 1 and len(alike) == 1:
            return alike[0], ""
    return None, f"another deal was signed: {', '.join(one.name for one in new)}"


def _actual(engine: Engine, contract: Contract, days: tuple[date, date]) -> tuple[dict[str, float], str]:
    """What the contract came to and what was paid on the claims of some days."""
    tables = claims_chosen(engine, *days)
    agreed = priced_as_agreed(tables, contract)
    members = tables["service_claims"].filter(pc.is_in(tables["service_claims"]["claim_key"], agreed["claim_key"]))
    if len(set(members["member_id"].to_pylist())) < FEWEST_PATIENTS:
        return {}, f"not scored: the claims of these days are of fewer than {FEWEST_PATIENTS} patients"
    engine.put("forecast_claims", agreed.select(["claim_key"]))
    (paid,) = engine.arrow(_query("paid_for")).to_pylist()
    return {"priced": float(pc.sum(agreed["expected_amount"]).as_py()), "paid": float(paid["paid"] or 0)}, ""


def _told(forecast: Forecast, level: Level) -> dict[str, Any]:
    told = {"id": forecast.id, "payer": forecast.payer, "side": level.side, "year": level.year}
    told |= {"first_day": level.first_day, "last_day": level.last_day, "measure": level.measure}
    return told | {"q05": level.at(0.05), "q50": level.at(0.5), "q95": level.at(0.95)}


def placed(level: Level, actual: float | None) -> dict[str, Any]:
    """Where what came fell: the share of the forecast below it, and whether inside the 90 % interval."""
    if actual is None:
        return {"actual": None, "place": None, "within": None}
    shares, dollars = zip(*level.quantiles, strict=True)
    place = float(np.interp(actual, dollars, shares, left=0.0, right=1.0))
    where = "below" if actual < dollars[0] else "above" if actual > dollars[-1] else "inside"
    return {"actual": actual, "place": place, "within": where}
