"""The tables of a worth: years, methods, service lines, and the levels a forecast is later scored by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.negotiation.worth.credibility import (
    FEWEST_PATIENTS,
    SUPPRESSED,
    TOO_FEW,
    Buhlmann,
    Numbers,
    buhlmann,
    limited_fluctuation,
    strength,
    variation,
)
from evenhand.negotiation.worth.dollars import LEADING, Futures
from evenhand.negotiation.worth.pricing import PricedLines
from evenhand.negotiation.worth.sides import IN_ALL
from evenhand.negotiation.worth.years import OfferYear

#: Quantiles a level is kept at, for its interval and its calibration.
QUANTILES = tuple(round(0.05 * step, 2) for step in range(1, 20))
LEVELS = pa.schema(
    [
        ("side", pa.string()),
        ("year", pa.int64()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
        ("measure", pa.string()),
        ("mean", pa.float64()),
        *((f"q{round(quantile * 100):02d}", pa.float64()) for quantile in QUANTILES),
    ]
)


def spread(draws: Numbers) -> dict[str, float]:
    """Tenth, half and nine tenths of the draws, and how often there is a gain."""
    p10, p50, p90 = np.quantile(draws, [0.1, 0.5, 0.9])
    return {"p10": float(p10), "p50": float(p50), "p90": float(p90), "p_gain": float((draws > 0).mean())}


def year_rows(
    names: Sequence[str], years: Sequence[OfferYear], found: Futures, priced: PricedLines, firm: str
) -> Iterator[dict[str, Any]]:
    """A row for each offer and year, and for all years discounted."""
    limited = _limited(priced, found)
    for offer, name in enumerate(names[1:], start=1):
        for at in (*range(len(years)), None):
            change = _change(found, LEADING, offer, at)
            yield {
                "offer": name,
                "year": IN_ALL if at is None else str(at + 1),
                "first_day": years[at or 0].period.start,
                "last_day": years[-1 if at is None else at].period.last,
                **_gross(found, offer, at, firm),
                "contract_limited": _sum(limited[0], at),
                "offer_limited": _sum(limited[offer], at),
                "change": float(_central(found, offer, at)),
                **spread(change),
            }


def method_rows(names: Sequence[str], years: int, found: Futures) -> Iterator[dict[str, Any]]:
    """The change of each offer and year by each method."""
    for offer, name in enumerate(names[1:], start=1):
        for method in found.net_draws:
            for at in (*range(years), None):
                change = _change(found, method, offer, at)
                year = IN_ALL if at is None else str(at + 1)
                yield {
                    "offer": name,
                    "method": method,
                    "year": year,
                    "mean": float(change.mean()),
                    **spread(change),
                }


def _change(found: Futures, method: str, offer: int, at: int | None) -> Numbers:
    net = found.net_draws[method]
    change: Numbers = net[:, offer] - net[:, 0]
    chosen: Numbers = (change * found.discounts).sum(axis=1) if at is None else change[:, at]
    return chosen


def _central(found: Futures, offer: int, at: int | None) -> float:
    change = found.net[offer] - found.net[0]
    return float((change * found.central_discount).sum() if at is None else change[at])


def _sum(row: Numbers, at: int | None) -> float:
    return float(row.sum() if at is None else row[at])


def _gross(found: Futures, offer: int, at: int | None, firm: str) -> dict[str, float | None]:
    now, then = _sum(found.central[0], at), _sum(found.central[offer], at)
    told = firm not in (SUPPRESSED, TOO_FEW) and now
    return {"contract": now, "offered": then, "change_percent": then / now - 1 if told else None}


def _limited(priced: PricedLines, found: Futures) -> Numbers:
    """What lesser-of takes back, by side and year, as much grown as the dollars are."""
    sums = priced.amounts.sum(axis=2)
    scale = np.divide(found.central, sums, out=np.zeros_like(sums), where=sums > 0)
    limited: Numbers = (priced.fees - sums) * scale
    return limited


def line_rows(names: Sequence[str], found: Futures, priced: PricedLines) -> tuple[list[dict[str, Any]], Any]:
    """By offer and service line, net and discounted; and what Bühlmann–Straub makes of the first offer."""
    rows: list[dict[str, Any]] = []
    first: Buhlmann | None = None
    for offer, name in enumerate(names[1:], start=1):
        model = buhlmann(_observations(priced, offer))
        first = model if offer == 1 else first
        rows += [{"offer": name, **row} for row in _hidden(list(_lines(offer, found, priced, model)))]
    return rows, first


def _lines(offer: int, found: Futures, priced: PricedLines, model: Buhlmann | None) -> Iterator[dict[str, Any]]:
    totals = found.lines.sum(axis=1)
    overall = totals[offer] / totals[0] - 1 if totals[0] else 0.0
    for line, service in enumerate(priced.service_lines):
        held = priced.line == line
        claims, patients = len(np.unique(priced.claim[held])), set(np.unique(priced.unit[held]).tolist())
        now, then = float(found.lines[0, line]), float(found.lines[offer, line])
        change = found.line_draws[:, offer, line] - found.line_draws[:, 0, line]
        firm = strength(len(patients), claims)
        own = then / now - 1 if now and firm not in (SUPPRESSED, TOO_FEW) else None
        amounts = _claim_sums(priced, held, priced.amounts[0, 0])
        z = model.z(claims) if model else limited_fluctuation(claims, variation(amounts))
        p10, p90 = (float(value) for value in np.quantile(change, [0.1, 0.9]))
        yield {
            "service_line": service,
            "claims": claims,
            "patients": len(patients),
            "who": patients,
            "contract": now,
            "offered": then,
            "change": then - now,
            "p10": p10,
            "p90": p90,
            "change_percent": own,
            "credibility": z,
            "credible_percent": None if own is None else z * own + (1 - z) * overall,
            "strength": firm,
        }


def _hidden(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of too few patients gathered into one; joined by the next smallest while they are still too few."""
    rows.sort(key=lambda row: row["change"])
    by_size = sorted(rows, key=lambda row: (row["patients"], row["service_line"]))
    few = [row for row in by_size if row["patients"] < FEWEST_PATIENTS]
    large = by_size[len(few) :]
    while few and large and len(set().union(*(row["who"] for row in few))) < FEWEST_PATIENTS:
        few.append(large.pop(0))
    if not few:
        return rows
    patients = len(set().union(*(row["who"] for row in few)))
    together: dict[str, Any] = {
        "service_line": f"{len(few)} with few patients" if len(few) > 1 else "1 with few patients",
        "strength": SUPPRESSED,
    }
    if patients >= FEWEST_PATIENTS:
        together |= {key: sum(row[key] for row in few) for key in ("contract", "offered", "change")}
        together |= {"patients": patients}
    return [*(row for row in rows if not any(row is hidden for hidden in few)), together]


def _claim_sums(priced: PricedLines, held: Any, amounts: Numbers) -> Numbers:
    _, at = np.unique(priced.claim[held], return_inverse=True)
    sums: Numbers = np.bincount(at, amounts[held]).astype(float)
    return sums


def _observations(priced: PricedLines, offer: int) -> list[Numbers]:
    """For each service line the change of each claim, as a share of the line's mean claim."""
    found = []
    for line in range(len(priced.service_lines)):
        held = priced.line == line
        now = _claim_sums(priced, held, priced.amounts[0].mean(axis=0))
        then = _claim_sums(priced, held, priced.amounts[offer].mean(axis=0))
        if len(now) and now.mean():
            found.append((then - now) / now.mean())
    return found


def level_rows(names: Sequence[str], years: Sequence[OfferYear], found: Futures) -> Iterator[dict[str, Any]]:
    """Quantiles of what each side would allow in each year, and of what the plan would pay of it."""
    gross = found.gross_draws[LEADING]
    for side, name in enumerate(names):
        for at, year in enumerate(years):
            allowed = gross[:, side, at]
            for measure, draws in (("priced", allowed), ("paid", allowed * found.plan_share)):
                values = np.quantile(draws, QUANTILES).tolist()
                yield {
                    "side": name,
                    "year": year.number,
                    "first_day": year.period.start,
                    "last_day": year.period.last,
                    "measure": measure,
                    "mean": float(draws.mean()),
                    **dict(zip(LEVELS.names[6:], values, strict=True)),
                }
