"""What offers are worth over years, as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from evenhand.documents.sheet import Field, Sheet, show
from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.worth import Worth
from evenhand.negotiation.worth.credibility import FEWEST_PATIENTS

_SURE = (
    Field("p10", "p10", "change"),
    Field("p50", "p50", "change"),
    Field("p90", "p90", "change"),
    Field("p_gain", "Chance of a gain", "percent"),
)
_YEARS = (
    Field("offer", "Offer"),
    Field("year", "Year"),
    Field("first_day", "From", "date"),
    Field("last_day", "To", "date"),
    Field("contract", "Contract allows", "dollars"),
    Field("offered", "Offer allows", "dollars"),
    Field("change_percent", "Change", "rate"),
    Field("contract_limited", "Lesser-of takes, contract", "dollars"),
    Field("offer_limited", "Lesser-of takes, offer", "dollars"),
    Field("change", "Net change", "change"),
    *_SURE,
)
_METHODS = (
    Field("offer", "Offer"),
    Field("method", "Method"),
    Field("year", "Year"),
    Field("mean", "Mean", "change"),
    *_SURE,
)
_LINES = (
    Field("offer", "Offer"),
    Field("service_line", "Service line"),
    Field("claims", "Claims", "count"),
    Field("patients", "Patients", "count"),
    Field("contract", "Contract", "dollars"),
    Field("offered", "Offer", "dollars"),
    Field("change", "Change", "change"),
    Field("p10", "p10", "change"),
    Field("p90", "p90", "change"),
    Field("change_percent", "Change", "rate"),
    Field("credibility", "Credibility", "percent"),
    Field("credible_percent", "Credible change", "rate"),
    Field("strength", "How firm"),
)
_PROVIDER = (
    Field("side", "Under"),
    Field("year", "Year"),
    Field("revenue", "Revenue", "dollars"),
    Field("revenue_change", "Change", "change"),
    Field("cost", "Cost", "dollars"),
    Field("margin", "Margin", "dollars"),
    Field("margin_share", "of revenue", "rate"),
    Field("margin_change", "Change", "change"),
)
_PLAN = (
    Field("side", "Under"),
    Field("year", "Year"),
    Field("plan_cost", "Plan pays", "dollars"),
    Field("plan_change", "Change", "change"),
    Field("plan_change_pmpm", "a member month", "money"),
    Field("premium_change", "Premium that keeps the minimum", "money"),
    Field("loss_ratio_points", "Loss ratio at today's premium", "rate"),
)
_MONTHS = (
    Field("month", "Month of service"),
    Field("claims", "Claims known", "count"),
    Field("complete", "Complete", "percent"),
    Field("weight", "Counts for", "number"),
)
_ASSUMED = (
    Field("name", "Name"),
    Field("value", "Value", "number"),
    Field("low", "Low", "number"),
    Field("high", "High", "number"),
    Field("unit", "Unit"),
    Field("meaning", "Meaning"),
    Field("source", "Source"),
    Field("sure", "How sure"),
)
_FIRM = (Field("what", "What"), Field("value", "Value", "number"), Field("says", "What it says"))


def worth_headline(found: Worth) -> str:
    """The answer in a sentence for each offer, and what it rests on."""
    lines = []
    for row in found.years:
        if row["year"] == "in all":
            p10, p50, p90 = (show(_cents(row[key]), "change") for key in ("p10", "p50", "p90"))
            lines.append(
                f"{row['offer']}: {p50} in all over {found.question.years} years, discounted "
                f"(p10 {p10}, p90 {p90}; chance of a gain {show(_cents(row['p_gain']), 'percent')})."
            )
    return "\n".join([*lines, basis_words(found)])


def basis_words(found: Worth) -> str:
    """Which claims, and how firmly they stand."""
    who = f" of {found.patients:,} patients" if found.patients is not None else ""
    return (
        f"{found.claims:,} claims{who}, {found.first_day} to {found.last_day}: {found.strength}; "
        f"credibility {found.credibility:.0%} of {found.full:,.0f} claims."
    )


def worth_sheets(found: Worth, *, whole: bool) -> list[Sheet]:
    """The worth as sheets.

    Args:
        found: what was worked out.
        whole: with methods and run-out too, for a workbook; else what a screen holds.
    """
    note = " ".join(found.notes)
    years = Sheet("years", "Dollars a year, contract and offers", _YEARS, _rounded(found.years), _YEARS_NOTE)
    lines = Sheet("service-lines", "By service line, all years", _LINES, _rounded(found.service_lines), _LINES_NOTE)
    provider = Sheet("provider", "The provider's view", _PROVIDER, _rounded(found.sides), _provider_note(found))
    plan = Sheet("plan", "The plan's view", _PLAN, _rounded(found.sides), _PLAN_NOTE)
    firm = Sheet("credibility", "How firm", _FIRM, list(_firm(found)), note)
    methods = Sheet("methods", "How sure, by method", _METHODS, _rounded(found.methods), _METHODS_NOTE)
    months = Sheet("run-out", "How complete the months are", _MONTHS, list(_months(found)), _months_note(found))
    assumed = assumption_sheet(found.assumed)
    return [years, lines, provider, plan, *([methods, months] if whole else []), firm, assumed]


def assumption_sheet(assumed: Assumptions) -> Sheet:
    """Every assumption with its range, source and how sure it is."""
    note = "Change any with --assume name=value, or in a YAML file with --assumptions FILE."
    return Sheet("assumptions", "What this rests on", _ASSUMED, _rounded(assumed.table(), places=6), note)


def _rounded(rows: Iterable[Mapping[str, Any]], places: int = 6) -> list[dict[str, Any]]:
    """Floats as decimals a reader can take: dollars to the cent, shares to six places."""
    return [
        {key: _cents(value, places) if isinstance(value, float) else value for key, value in r.items()} for r in rows
    ]


def _cents(value: float | None, places: int = 6) -> Decimal | None:
    if value is None:
        return None
    kept = 2 if abs(value) >= 100 else places
    return Decimal(f"{value:.{kept}f}").normalize() + Decimal(0)


def _firm(found: Worth) -> Iterable[dict[str, Any]]:
    who = "not told apart" if found.patients is None else f"{found.patients:,} patients"
    yield _row("claims", found.claims, f"{who}; {found.lines:,} lines; all in all {found.strength}")
    yield _row("CV of a claim", round(found.cv, 3), "standard deviation ÷ mean of what a claim comes to")
    yield _row("claims for full credibility", round(found.full), "within 5 %, nine times of ten: (z/k)² (1 + CV²)")
    yield _row("credibility", round(found.credibility, 3), "√(claims ÷ full), limited fluctuation")
    if found.buhlmann is not None and found.buhlmann.between:
        yield _row("Bühlmann K", round(found.buhlmann.k, 1), "claims at which a service line's own change counts half")
    tail = found.drawn.tail
    if isfinite(tail.cap):
        yield _row("cap", round(tail.cap), "charges of a patient beyond which the tail is pooled (p99 of the book)")
    if not 0 < tail.capped < FEWEST_PATIENTS:
        yield _row("patients above it", tail.capped, "cut there, what is above is shared by all")
    yield _row(
        "own excess a patient", round(tail.own_excess, 2), f"charges; book and own together {tail.pooled_excess:,.2f}"
    )


def _row(what: str, value: float, says: str) -> dict[str, Any]:
    return {"what": what, "value": _cents(float(value)), "says": says}


def _months(found: Worth) -> Iterable[dict[str, Any]]:
    columns: Sequence[Any] = (found.runout.months, found.runout.claims, found.runout.complete, found.runout.weight)
    for month, claims, complete, weight in zip(*(column.tolist() for column in columns), strict=True):
        name = f"{month // 12:04d}-{month % 12 + 1:02d}"
        yield {"month": name, "claims": claims, "complete": _cents(complete), "weight": _cents(round(weight, 4))}


def _months_note(found: Worth) -> str:
    return f"{found.runout.timed:,} claims say when they became known; run-out adds {found.runout.added:.1%}."


def _provider_note(found: Worth) -> str:
    if not found.costs:
        return "Cost and margin are not told: give --costs FILE (code,cost) or --assume cost_to_charge=…"
    return f"Costs: {found.costs}. Undiscounted."


_YEARS_NOTE = (
    "Allowed dollars are before cost share, everything at its assumed value. Net change is what the provider collects "
    "after denials, the patient's part not collected and the cost of waiting; p10 to p90 by negative binomial with a "
    "common shock, tail pooled. Years are undiscounted, in all is discounted to the offer's first day."
)
_LINES_NOTE = (
    "Net and discounted. Lines with fewer than 11 patients are gathered; under 30 claims no rate is told; 30 to 100 is "
    "weak. Credible change: own change weighed by credibility, the rest from all lines together."
)
_PLAN_NOTE = (
    "What the plan pays of the allowed dollars, undiscounted. A member month, premium and loss ratio need --assume "
    "members=… and premium_pmpm=…; none is guessed. Loss ratio in points, were the premium not to move."
)
_METHODS_NOTE = (
    "Bootstrap: the same patients drawn with replacement. Tail pooled: charges above p99 shared. Compound: patients "
    "come anew each year; negative binomial adds variance by line and a shock common to all."
)
