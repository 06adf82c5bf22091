"""From priced claims to dollars a year: completed, moved to the offer's years, collected, discounted, and how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.worth.credibility import Numbers
from evenhand.negotiation.worth.draws import Frequency, compound, resampled
from evenhand.negotiation.worth.experience import Experience, lead_lines
from evenhand.negotiation.worth.pricing import PricedLines
from evenhand.negotiation.worth.tails import Tail, excess_draws, excess_of, tail_of
from evenhand.negotiation.worth.years import OfferYear

#: Ways to say how sure a figure is, and the one told first.
BOOTSTRAP, POOLED = "bootstrap of patients", "bootstrap, tail pooled"
POISSON, NEGATIVE_BINOMIAL = "compound Poisson, tail pooled", "negative binomial, common shock, tail pooled"
METHODS = (BOOTSTRAP, POOLED, POISSON, NEGATIVE_BINOMIAL)
LEADING = NEGATIVE_BINOMIAL
_DAYS_OF_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Futures:
    """Dollars drawn.

    Attributes:
        central: gross dollars (what the sides would allow) by side and year, everything at its value.
        net: the provider's net dollars likewise: after denials, collection and the cost of waiting.
        gross_draws: by method, gross dollars by draw, side and year.
        net_draws: the same, net.
        discounts: by draw and year; the last row of ``central_discount`` likewise at its value.
        central_discount: by year.
        lines: net dollars in all, discounted, by side and service line.
        line_draws: the same by draw (bootstrap, tail pooled).
        tail: how the tail was cut.
        weight: what each line counts for by year: completed, made a year, mix moved, volume grown.
        units: patients.
        plan_share: by draw, what the plan pays of a dollar that is to be allowed.
        denied_seen: the share of charges denied for good, without which the lines stand.
    """

    central: Numbers
    net: Numbers
    gross_draws: Mapping[str, Numbers]
    net_draws: Mapping[str, Numbers]
    discounts: Numbers
    central_discount: Numbers
    lines: Numbers
    line_draws: Numbers
    tail: Tail
    weight: Numbers
    units: int
    plan_share: Numbers
    denied_seen: float


def futures(
    priced: PricedLines,
    years: Sequence[OfferYear],
    seen: Experience,
    assumed: Assumptions,
    *,
    annual: float,
    draws: int,
    seed: int,
) -> Futures:
    """Draw the dollars of each side in each year.

    Args:
        priced: the lines, priced under each side in each year.
        years: the years.
        seen: what the book says: run-out, growth of service lines, charges by patient.
        assumed: the assumptions.
        annual: what makes a year of the days valued.
        draws: how many futures.
        seed: the same seed gives the same futures.
    """
    generator = np.random.default_rng(seed)
    weight = _weights(priced, years, seen, assumed, annual)
    units, (sides, count) = int(priced.unit.max(initial=-1)) + 1, priced.amounts.shape[:2]
    values = _by_unit(priced, weight, units)
    charges = np.bincount(priced.unit, priced.charge, units).astype(float)
    tail = tail_of(charges, seen.base_charges)
    flat = values.reshape(units, sides * count)
    excess = np.outer(excess_draws(tail, generator, draws), excess_of(tail, charges, flat)) * units
    drawn = assumed.drawn(generator, draws)
    middle = {one.name: np.array([one.value]) for one in assumed.values()}
    told = {"charge_growth": assumed.value("charge_growth"), "denied_share": seen.denied_share}
    at_value = {"gross": _gross(middle, told, years, priced), "net": _net(middle)}
    totals = _totals(flat, tail, excess, priced, assumed, (generator, draws))
    shaped = {name: sums.reshape(draws, sides, count) for name, sums in totals.items()}
    gross = {name: sums * _gross(drawn, told, years, priced) for name, sums in shaped.items()}
    net = _net(drawn)[:, None, None]
    central = flat.sum(axis=0).reshape(sides, count) * at_value["gross"][0]
    discount = _discounts(middle, years)[0]
    scale = at_value["gross"][0] * at_value["net"][0] * discount
    lines, line_draws = _by_line(priced, weight, scale, (tail, generator, draws))
    return Futures(
        central,
        central * at_value["net"][0],
        gross,
        {name: sums * net for name, sums in gross.items()},
        _discounts(drawn, years),
        discount,
        lines,
        line_draws,
        tail,
        weight,
        units,
        drawn["paid_as_agreed"] * (1 - drawn["patient_share"]),
        seen.denied_share,
    )


def _weights(
    priced: PricedLines, years: Sequence[OfferYear], seen: Experience, assumed: Assumptions, annual: float
) -> Numbers:
    """What each line counts for in each year, before the volume of all grows."""
    by_month = dict(zip(seen.runout.months.tolist(), seen.runout.weight.tolist(), strict=True))
    completed = np.array([by_month.get(month, 1.0) for month in priced.month.tolist()])
    carried = assumed.value("mix_carried")
    pull = np.array([carried * seen.line_growth.get(name, 0.0) for name in priced.service_lines])
    base = priced.amounts[0, 0] * completed
    rows = []
    for year in years:
        moved = np.exp(pull * year.apart)[priced.line]
        whole, then = base.sum(), (base * moved).sum()
        rows.append(completed * annual * moved * (whole / then if then else 1.0))
    return np.array(rows)


def _by_unit(priced: PricedLines, weight: Numbers, units: int) -> Numbers:
    sides, years, _ = priced.amounts.shape
    values = np.zeros((units, sides, years))
    for side in range(sides):
        for year in range(years):
            values[:, side, year] = np.bincount(priced.unit, priced.amounts[side, year] * weight[year], units)
    return values


def _totals(
    flat: Numbers,
    tail: Tail,
    excess: Numbers,
    priced: PricedLines,
    assumed: Assumptions,
    how: tuple[np.random.Generator, int],
) -> dict[str, Numbers]:
    """Sums by draw: the claims themselves, and capped with the pooled excess put back."""
    generator, draws = how
    capped = flat * tail.kept[:, None]
    lead = lead_lines(priced, priced.amounts[0, 0])
    plain = Frequency(lead)
    mixed = Frequency(lead, assumed.value("dispersion"), assumed.value("volume_shock") ** 2)
    both = resampled(np.hstack([flat, capped]), generator, draws)
    columns = flat.shape[1]
    return {
        BOOTSTRAP: both[:, :columns],
        POOLED: both[:, columns:] + excess,
        POISSON: _yearly(capped, plain, priced, how) + excess,
        NEGATIVE_BINOMIAL: _yearly(capped, mixed, priced, how) + excess,
    }


def _yearly(
    values: Numbers, frequency: Frequency, priced: PricedLines, how: tuple[np.random.Generator, int]
) -> Numbers:
    """Each year's patients come anew; all sides of a year see the same ones."""
    sides, years, _ = priced.amounts.shape
    sums = np.zeros((how[1], sides * years))
    for year in range(years):
        at = [side * years + year for side in range(sides)]
        sums[:, at] = compound(values[:, at], frequency, *how)
    return sums


def _gross(
    drawn: Mapping[str, Any], told: Mapping[str, float], years: Sequence[OfferYear], priced: PricedLines
) -> Numbers:
    """What volume, charges and denials multiply dollars by: by draw, side and year.

    The claims were priced at the growth of charges ``told``, without the lines denied for good.
    """
    apart = np.array([year.apart for year in years])
    volume = (1 + drawn["volume_growth"])[:, None, None] ** apart
    charges = ((1 + drawn["charge_growth"]) / (1 + told["charge_growth"]))[:, None, None]
    follows = priced.elasticity[None, :, None] * apart
    denied = (1 - drawn["denied_share"]) / max(1 - told["denied_share"], 1e-9)
    grown: Numbers = volume * charges**follows * denied[:, None, None]
    return grown


def _net(drawn: Mapping[str, Any]) -> Numbers:
    """What becomes of an allowed dollar: the plan's part when it comes, the patient's as far as it does."""
    part = drawn["patient_share"]
    waiting = (1 + drawn["cost_of_capital"]) ** (-drawn["days_to_pay"] / _DAYS_OF_YEAR)
    kept: Numbers = drawn["paid_as_agreed"] * ((1 - part) * waiting + part * drawn["patient_collected"])
    return kept


def _discounts(drawn: Mapping[str, Any], years: Sequence[OfferYear]) -> Numbers:
    later = np.array([year.later for year in years])
    factors: Numbers = (1 + drawn["discount_rate"])[:, None] ** -later
    return factors


def _by_line(
    priced: PricedLines, weight: Numbers, scale: Numbers, how: tuple[Tail, np.random.Generator, int]
) -> tuple[Numbers, Numbers]:
    """Net dollars in all by side and service line, and their bootstrap with the tail pooled."""
    tail, generator, draws = how
    sides, units, lines = len(priced.amounts), int(priced.unit.max(initial=-1)) + 1, len(priced.service_lines)
    at = priced.unit * lines + priced.line
    values = np.zeros((units, sides, lines))
    for side in range(sides):
        dollars = (priced.amounts[side] * weight * scale[side][:, None]).sum(axis=0)
        values[:, side] = np.bincount(at, dollars, units * lines).reshape(units, lines)
    flat = values.reshape(units, sides * lines)
    charges = np.bincount(priced.unit, priced.charge, units).astype(float)
    sums = resampled(flat * tail.kept[:, None], generator, draws)
    sums += np.outer(excess_draws(tail, generator, draws), excess_of(tail, charges, flat)) * units
    return values.sum(axis=0), sums.reshape(draws, sides, lines)
