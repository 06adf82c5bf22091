"""What the book itself says of volume, mix, charges, denials, collection and time: assumptions with their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import log, sqrt
from typing import Any

import numpy as np
import pyarrow as pa

from evenhand.codes import service_line
from evenhand.engines import Engine
from evenhand.negotiation.assumptions import BOOK, Assumption
from evenhand.negotiation.worth.credibility import FEWEST_CLAIMS, Z_90, Numbers, limited_fluctuation
from evenhand.negotiation.worth.pricing import PricedLines, Whole, query
from evenhand.negotiation.worth.runout import RunOut, Way, run_out
from evenhand.periods import add_months

#: Growth of volume beyond this is not carried on: a year like that is not repeated.
_MOST_GROWTH = 0.15


#: What settled claims say; without them nothing is taken off, and a reader is told.
_SETTLED = ("denied_share", "paid_as_agreed", "patient_share")
_UNSETTLED = (
    f"Fewer than {FEWEST_CLAIMS} claims of these days have been answered: what the book cannot show of denials, "
    "underpayment and the patient's part is not taken off; give denied_share, paid_as_agreed and patient_share."
)


@dataclass(frozen=True, slots=True)
class Experience:
    """What was seen.

    Attributes:
        assumed: the assumptions the book could state.
        runout: completeness by month, of the claims valued.
        line_growth: by how much each service line grew over all of them in a year, as a difference of logarithms
            already weighed by credibility; empty without two years.
        base_charges: charges by patient of the whole book, on the days valued.
        words: what could not be seen, in sentences.
    """

    assumed: tuple[Assumption, ...]
    runout: RunOut
    line_growth: Mapping[str, float]
    base_charges: Numbers
    words: tuple[str, ...]

    @property
    def denied_share(self) -> float:
        """Charges denied for good, as the book shows them: the lines valued stand without them."""
        return next((one.value for one in self.assumed if one.name == "denied_share"), 0.0)


def experience(
    engine: Engine, priced: PricedLines, agreed: pa.Table, days: tuple[date, date], *, way: Way = "complete"
) -> Experience:
    """Look at the claims of two years, and at how those of the days valued were settled.

    Args:
        engine: holds the service and settled tables of the book.
        priced: the lines valued.
        agreed: what each line was to be paid under the contract, on its own day.
        days: first and last day of the claims valued.
        way: what is done about months that are not complete.
    """
    first, last = days
    _put_payers(engine, np.unique(priced.claim))
    engine.put("worth_agreed", agreed)
    seen = _ask(engine, "seen_claims", first, last)
    codes = _ask(engine, "seen_codes", first, last)
    yields = _ask(engine, "seen_yields", first, last).to_pylist()[0]
    known_through = _last_known(seen, last)
    mine = seen.filter(seen["mine"].cast(pa.bool_()))
    valued = _column(mine, "valued") > 0
    runout = run_out(
        _column(mine, "month")[valued].astype(int), _column(mine, "lag")[valued], _month(known_through), way=way
    )
    growth, words = _volume(mine)
    settled = _settled(yields)
    if len(settled) < len(_SETTLED):
        words.append(_UNSETTLED)
    found = [*growth, *_charges(codes), *settled, *_days(mine, valued), *_dispersion(priced)]
    return Experience(tuple(found), runout, _line_growth(codes), _base(seen), tuple(words))


def seen_charge_growth(engine: Engine, agreed: pa.Table, first: date, last: date) -> Assumption | None:
    """Growth of charges from the year before to the days valued; ``None`` where no codes show it."""
    _put_payers(engine, np.unique(agreed["claim_key"].to_numpy()))
    return next(iter(_charges(_ask(engine, "seen_codes", first, last))), None)


def _put_payers(engine: Engine, claims: Whole) -> None:
    engine.put("worth_claims", pa.table({"claim_key": pa.array(claims, pa.int64())}))
    engine.put("worth_payers", engine.arrow(query("payers_priced")))


def _ask(engine: Engine, name: str, first: date, last: date) -> pa.Table:
    """Ask about the days from a year before the days valued, which begin on ``first``."""
    days = {"first_day": add_months(first, -12), "split_day": first, "last_day": last}
    engine.put("worth_days", pa.table({name: pa.array([day]) for name, day in days.items()}))
    return engine.arrow(query(name))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _column(table: pa.Table, name: str) -> Numbers:
    numbers: Numbers = table[name].cast(pa.float64()).fill_null(np.nan).to_numpy()
    return numbers


def _last_known(seen: pa.Table, last: date) -> date:
    days = [day for day in (*seen["known_on"].to_pylist(), *seen["claim_start_date"].to_pylist()) if day is not None]
    known: date = max([last, *days])
    return known


def _stated(name: str, value: float, spread: float, unit: str, words: tuple[str, str]) -> Assumption:
    """An assumption the book states, with 90 % of what its own claims leave open."""
    value, spread = round(value, 6), round(spread, 6)
    low, high = value - spread, value + spread
    if unit == "share":
        low, high = min(max(low, 0.0), value), max(min(high, 1.0), value)
    return Assumption(name, value, low, high, unit, *words, BOOK)


def _volume(mine: pa.Table) -> tuple[list[Assumption], list[str]]:
    """Growth of claims from the year before to the days valued, where both are whole years."""
    valued, months = _column(mine, "valued") > 0, _column(mine, "month")
    before, after = int((~valued).sum()), int(valued.sum())
    seen = np.unique(months[~valued])
    if before < FEWEST_CLAIMS or after < FEWEST_CLAIMS or len(seen) < 11:
        return [], ["The book holds no whole year before the claims valued: the trend of volume is assumed."]
    value = min(max(after / before - 1, -_MOST_GROWTH), _MOST_GROWTH)
    spread = Z_90 * (1 + value) * sqrt(1 / before + 1 / after)
    source = f"{after:,} claims against {before:,} in the year before"
    return [_stated("volume_growth", value, spread, "a year", ("Growth of the volume of services.", source))], []


def _charges(codes: pa.Table) -> list[Assumption]:
    """Growth of the charge of a unit, code by code, at this year's mix (Paasche)."""
    totals: dict[str, list[list[float]]] = {}
    for row in codes.to_pylist():
        if row["hcpcs_code"] and row["units"] and row["charges"]:
            held = totals.setdefault(row["hcpcs_code"], [[0.0, 0.0], [0.0, 0.0]])[row["valued"]]
            held[0] += float(row["units"])
            held[1] += float(row["charges"])
    both = [(old, new) for old, new in totals.values() if old[0] > 0 and new[0] > 0]
    before = sum(new[0] * old[1] / old[0] for old, new in both)
    after = sum(new[1] for _, new in both)
    if len(both) < 5 or before <= 0:
        return []
    source = f"charge of a unit of {len(both):,} codes billed in both years"
    return [_stated("charge_growth", after / before - 1, 0.02, "a year", ("Growth of the chargemaster.", source))]


def _settled(row: Mapping[str, Any]) -> list[Assumption]:
    """Denials, what was allowed of what was agreed, and the patient's part."""
    found: list[Assumption] = []
    answered, claims = float(row["answered"] or 0), int(row["answered_claims"] or 0)
    if answered and claims >= FEWEST_CLAIMS:
        share = float(row["denied"]) / answered
        words = ("Charges denied for good.", f"charges of {claims:,} claims answered")
        found.append(_stated("denied_share", share, Z_90 * sqrt(share * (1 - share) / claims), "share", words))
    allowed, agreed = float(row["allowed"] or 0), float(row["agreed"] or 0)
    if allowed and agreed and row["claims"] >= FEWEST_CLAIMS:
        source = f"{int(row['claims']):,} claims judged"
        ratio, part = allowed / agreed, float(row["patient"] or 0) / allowed
        found.append(_stated("paid_as_agreed", ratio, 0.0, "of agreed", ("Allowed ÷ agreed.", source)))
        spread = Z_90 * sqrt(max(part * (1 - part), 0.0) / row["claims"])
        found.append(_stated("patient_share", part, spread, "share", ("The patient's part of allowed.", source)))
    return found


def _days(mine: pa.Table, valued: Any) -> list[Assumption]:
    """Days from service to the first payment, weighed by the dollars."""
    days, paid = _column(mine, "paid_after")[valued], _column(mine, "paid_amount")[valued]
    held = ~np.isnan(days) & (paid > 0)
    if int(held.sum()) < FEWEST_CLAIMS:
        return []
    days, paid = days[held], paid[held]
    mean = float((days * paid).sum() / paid.sum())
    spread = Z_90 * float(sqrt((paid**2 * (days - mean) ** 2).sum()) / paid.sum())
    source = f"{len(days):,} claims paid, weighed by dollars"
    return [_stated("days_to_pay", mean, spread, "days", ("Days from service until the plan pays.", source))]


def _dispersion(priced: PricedLines) -> list[Assumption]:
    """Variance of claims a month beyond Poisson's, for a year: what whole months show, by service line."""
    months = np.arange(priced.month.min() + 1, priced.month.max())
    _, first = np.unique(priced.claim, return_index=True)
    if len(months) < 6 or len(first) < FEWEST_CLAIMS:
        return []
    extra = weight = 0.0
    for line in range(len(priced.service_lines)):
        of_line = priced.month[first][priced.line[first] == line]
        counts = np.array([(of_line == month).sum() for month in months], float)
        mean = counts.mean()
        if mean >= 5:
            extra += mean * max(0.0, float(counts.var(ddof=1) - mean) / mean**2)
            weight += mean
    if not weight:
        return []
    words = "Extra variance of a service line's yearly volume, relative to its square (negative binomial)."
    return [_stated("dispersion", extra / weight / 12, 0.0, "share", (words, f"{len(months)} whole months"))]


def _line_growth(codes: pa.Table) -> dict[str, float]:
    """By how much each service line outgrew all together, weighed by how many lines say so."""
    counts: dict[str, list[int]] = {}
    for row in codes.to_pylist():
        counts.setdefault(service_line(row["hcpcs_code"]), [0, 0])[row["valued"]] += row["lines"]
    before, after = (sum(held[at] for held in counts.values()) for at in (0, 1))
    if not before or not after:
        return {}
    return {
        name: (log(new / old) - log(after / before)) * limited_fluctuation(min(old, new), 0.0)
        for name, (old, new) in counts.items()
        if old >= FEWEST_CLAIMS and new >= FEWEST_CLAIMS
    }


def _base(seen: pa.Table) -> Numbers:
    """Charges by patient of the whole book on the days valued."""
    held = _column(seen, "valued") > 0
    _, unit = np.unique(np.array(seen["patient"].to_pylist(), dtype=str)[held], return_inverse=True)
    charges: Numbers = np.bincount(unit, np.nan_to_num(_column(seen, "charge_amount")[held])).astype(float)
    return charges


def lead_lines(priced: PricedLines, amounts: Numbers) -> Whole:
    """The service line most of each patient's dollars are in."""
    units = int(priced.unit.max(initial=-1)) + 1
    lines = len(priced.service_lines)
    sums = np.bincount(priced.unit * lines + priced.line, np.abs(amounts), units * lines).reshape(units, lines)
    lead: Whole = sums.argmax(axis=1)
    return lead
