"""Bargains, adequacy, services and leverage as sheets; few patients stay inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from evenhand.documents.market_sheets import (
    FEWEST_PATIENTS,
    basis_sheets,
    diversion_sheets,
    figure,
    problems_sheet,
    share,
)
from evenhand.documents.sheet import Field, Kind, Sheet, show
from evenhand.documents.small_cells import count_words
from evenhand.market import Figure, Leverage
from evenhand.market.adequacy import Screen
from evenhand.market.bargaining import Bargains
from evenhand.results import Result

_BARGAINS = (
    Field("system", "System"),
    Field("plan", "Plan"),
    Field("price", "Price", "dollars"),
    Field("low", "System's least", "dollars"),
    Field("high", "Plan's most", "dollars"),
    Field("provider_weight", "System's weight", "percent"),
    Field("weight_range", "Range"),
    Field("hospital_step", "System's walk-away +$100", "change"),
    Field("plan_step", "Plan's walk-away +$100", "change"),
    Field("leaving_step", "1 in 100 more leave the plan", "change"),
    Field("cap", "Replacement cap", "dollars"),
)
_FORWARD = (
    Field("system", "System"),
    Field("plan", "Plan"),
    Field("price", "Price", "dollars"),
    Field("forward", "Settles at", "dollars"),
)
_ADEQUACY = (
    Field("county", "County"),
    Field("specialty", "Specialty"),
    Field("miles", "Miles", "number"),
    Field("beneficiaries", "Beneficiaries", "count"),
    Field("within_before", "Within, with us", "percent"),
    Field("within_after", "without", "percent"),
    Field("lost_share", "Lose the last", "percent"),
    Field("required_share", "Required", "percent"),
    Field("count_after", "Left", "number"),
    Field("required_count", "Required", "count"),
    Field("finding", "Finding"),
    Field("source", "Limits from"),
)
_UNIQUE = (
    Field("code", "Code"),
    Field("patients", "Our patients", "count"),
    Field("others", "Others who bill it", "count"),
    Field("nearest_miles", "Miles to the nearest", "number"),
)
_NETWORK = (
    Field("specialty", "Specialty"),
    Field("ours", "Ours", "count"),
    Field("network", "In the network", "count"),
    Field("share", "Share", "percent"),
)
_VOLUME = (
    Field("payer", "Payer"),
    Field("claims", "Claims", "count"),
    Field("patients", "Patients"),
    Field("charges", "Charges", "dollars"),
    Field("charges_share", "Share of our charges", "percent"),
)
_LEVERAGE = (
    Field("name", "Figure"),
    Field("value", "Value"),
    Field("range", "Range"),
    Field("means", "What it means"),
    Field("of", "Of what"),
    Field("source", "Source"),
    Field("sure", "How sure"),
)
_KINDS: Mapping[str, Kind] = {"share": "percent", "dollars a patient": "change", "dollars a year": "change"}
NOT_ADVICE = (
    "A measurement to prepare with, not advice; every figure stands on the data and assumptions named beside it."
)


def bargain_sheets(found: Bargains, systems: Sequence[str] = ()) -> list[Sheet]:
    """Each contract as a bargain; with a stated weight, the prices it would settle at."""
    rows = [row for row in found.contracts if not systems or row["system"] in systems]
    title = "Who bargains how well today"
    sheets = [Sheet("bargains", title, _BARGAINS, [_bargain(row) for row in rows], _BARGAIN_NOTE, "No contract.")]
    if found.weight is not None:
        said = f"Prices all contracts would settle at together if every plan's weight were {found.weight:.0%}."
        forward = [{**row, "price": figure(row["price"]), "forward": figure(row["forward"])} for row in rows]
        sheets.append(Sheet("forward", "At another weight", _FORWARD, forward, said))
    return [*sheets, _assumed(found)]


_BARGAIN_NOTE = (
    "Dollars for an average patient. The least: cost, and what the system would earn on these patients otherwise. The "
    "most: what the plan takes in, less what it would earn on them elsewhere. The weight is how far the price is from "
    "least to most; – where today's price is outside, so that no weight explains it on these figures."
)


def _bargain(row: Mapping[str, Any]) -> dict[str, Any]:
    money = ("price", "low", "high", "hospital_step", "plan_step", "leaving_step", "cap")
    weight = None if row["weight"] is None else share(1 - row["weight"])
    ends = [1 - row[name] for name in ("weight_most", "weight_least") if row[name] is not None]
    said = f"{ends[0]:.0%} to {ends[1]:.0%}" if len(ends) == 2 and ends[0] != ends[1] else ""
    shown = {name: figure(row[name], 2) for name in money}
    return {**row, **shown, "provider_weight": weight, "weight_range": said}


def _assumed(found: Bargains) -> Sheet:
    leaving = found.leaving
    words = f"{leaving.value:.1%} (from {leaving.low:.1%} to {leaving.high:.1%})"
    rows = [
        {"what": "Rates, costs, revenue", "said": found.rates.source, "sure": "yours"},
        {"what": "Patients who change plan, not hospital", "said": f"{words}: {leaving.source}", "sure": leaving.sure},
        {
            "what": "Diversion",
            "said": "of patients whose cell has another choice; the others as these",
            "sure": "model",
        },
        {"what": "Model", "said": "Nash-in-Nash, each contract a bargain, the others as they are", "sure": "read"},
        {
            "what": "Replacement cap",
            "said": "the best system outside the network, at its cost",
            "sure": "read; the form is ours",
        },
    ]
    fields = (Field("what", "What"), Field("said", "Assumed"), Field("sure", "How sure"))
    return Sheet("assumptions", "What this leans on", fields, rows)


def adequacy_sheets(screen: Screen, network: Result | None = None) -> list[Sheet]:
    """Who loses the last provider without us, by county and specialty."""
    shares = ("within_before", "within_after", "lost_share", "required_share")
    rows = [
        {
            **row,
            **{name: share(row[name]) for name in shares},
            "beneficiaries": int(row["beneficiaries"]),
            "miles": figure(row["miles"]),
            "count_after": figure(row["count_after"]),
        }
        for row in screen.counties
        if row["beneficiaries"] >= FEWEST_PATIENTS
    ]
    for row, whole in zip(rows, (r for r in screen.counties if r["beneficiaries"] >= FEWEST_PATIENTS), strict=True):
        if 0 < whole["lost"] < FEWEST_PATIENTS:
            row["lost_share"] = row["within_after"] = None
    empty = "None of our specialties has a limit in these counties."
    sheets = [Sheet("adequacy", "Without us", _ADEQUACY, rows, _SCREEN_NOTE.format(**_people(screen)), empty)]
    if network is not None:
        shown = [{**row, "share": share(row["share"])} for row in network]
        sheets.append(Sheet("network", "Our share of the network", _NETWORK, shown, screen.providers.source))
    return [*sheets, problems_sheet(screen.problems)] if screen.problems else sheets


_SCREEN_NOTE = (
    "A screen: straight lines, which are shorter than roads, and distance only; the rules ask for time as well, and "
    "give credits and exceptions. {ours} of our providers of {providers}; {people}. Required counts are – where the "
    "county's base population ratio is not given. Fewer than 11 beneficiaries are not shown."
)


def _people(screen: Screen) -> dict[str, str]:
    return {
        "ours": f"{screen.ours:,}",
        "providers": screen.providers.source,
        "people": f"beneficiaries of {screen.beneficiaries.source}",
    }


def services_sheets(unique: Result, source: str) -> list[Sheet]:
    """Codes only we bill, those of few patients gathered."""
    rows = unique.rows()
    shown: list[dict[str, Any]] = [
        {**row, "patients": int(row["patients"]), "nearest_miles": figure(row["nearest_miles"])}
        for row in rows
        if row["patients"] >= FEWEST_PATIENTS
    ]
    few = len(rows) - len(shown)
    if few:
        shown.append({"code": f"{few} more, with fewer than {FEWEST_PATIENTS} patients each"})
    note = f"{source}. Who is not in the table is not seen: it is as whole as the table is."
    return [Sheet("unique", "Services only we give", _UNIQUE, shown, note, "Others bill every code we bill.")]


def volume_sheets(volume: Result, cannot: str) -> list[Sheet]:
    """What each payer is of our own volume, and what a book cannot say."""
    rows = [{**row, "patients": count_words(row["patients"], FEWEST_PATIENTS)} for row in volume]
    return [Sheet("own", "What each payer is of our own volume", _VOLUME, rows, cannot)]


def leverage_sheets(found: Leverage, reader: Literal["provider", "plan"]) -> list[Sheet]:
    """The leverage of a system as the provider, or the plan across the table, reads it; then the tables behind it."""
    plan = f" with {found.plan}" if found.plan else ""
    title = f"Leverage of {found.us}{plan}, as the {reader} reads it"
    rows = [_figure(one, reader) for one in found.figures]
    sheets = [Sheet("leverage", title, _LEVERAGE, rows, NOT_ADVICE)]
    if found.missing:
        said = [{"what": one} for one in found.missing]
        sheets.append(
            Sheet("missing", "Not at hand", (Field("what", "What is missing, and what it leaves out"),), said)
        )
    sheets += diversion_sheets(found.diversion, [found.system])
    if found.bargains is not None:
        sheets += bargain_sheets(found.bargains, [found.us])
    if found.evidence.screen is not None:
        sheets += adequacy_sheets(found.evidence.screen)
    return [*sheets, *basis_sheets(found.discharges, [found.cells])]


def _figure(one: Figure, reader: Literal["provider", "plan"]) -> dict[str, Any]:
    few = one.patients is not None and 0 < one.patients < FEWEST_PATIENTS
    ends = f"{_shown(one.least, one.unit)} to {_shown(one.most, one.unit)}" if one.least != one.most else ""
    return {
        "name": one.name,
        "value": f"fewer than {FEWEST_PATIENTS} patients" if few else _shown(one.value, one.unit),
        "range": ends if one.least is not None and one.most is not None and not few else "",
        "means": one.provider if reader == "provider" else one.plan,
        "of": one.of,
        "source": one.source,
        "sure": one.sure,
    }


def _shown(value: float | None, unit: str) -> str:
    number: Decimal | None = figure(value, 6)
    if number is None:
        return "–"
    if unit in _KINDS:
        return show(number, _KINDS[unit])
    return f"{show(figure(value, 2), 'number')} times" if unit == "times" else show(number, "count")
