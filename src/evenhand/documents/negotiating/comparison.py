"""The comparison of offers: all rounds side by side in dollars, how sure, from both chairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from evenhand.documents.charts import bars
from evenhand.documents.negotiating.dossier import OURS_ONLY, Dossier
from evenhand.documents.negotiating.figures import basis_of, dollars, plain, rounds_picture, worth_words
from evenhand.documents.paper import Document, KeyFigure, Picture, Section, picture_words
from evenhand.documents.sheet import Field, Sheet
from evenhand.documents.worth_sheets import worth_sheets

_ROUNDS = (
    Field("round", "Round"),
    Field("date", "Day", "date"),
    Field("offer", "Offer"),
    Field("state", "State"),
    Field("p10", "p10", "change"),
    Field("p50", "p50", "change"),
    Field("p90", "p90", "change"),
    Field("p_gain", "Chance of a gain", "percent"),
    Field("plan", "Plan pays", "change"),
)
_NOTE = (
    "Over {years} years. p10 to p90: net to the provider, discounted. Plan pays: its part of what is allowed, "
    "undiscounted, against the contract left as it is."
)
#: Columns of the yearly table that a page has room for.
_YEARLY = ("offer", "year", "contract", "offered", "change_percent", "change", "p10", "p50", "p90")
_BY_LINE = ("offer", "service_line", "claims", "patients", "contract", "offered", "change", "p10", "p90", "strength")


def offer_comparison(dossier: Dossier) -> Document:
    """All rounds side by side."""
    return Document(
        "comparison",
        "sheet",
        dossier.options.today,
        dossier.them,
        "Offer comparison",
        f"for {dossier.us}",
        OURS_ONLY,
        verdict=tuple(_verdict(dossier)),
        figures=tuple(_figures(dossier)),
        sections=tuple(_sections(dossier)),
        footer="Figures are over groups of at least 11 patients; no claim and no patient is named. It informs; people "
        "decide.",
    )


def _verdict(dossier: Dossier) -> list[str]:
    if dossier.worth is None:
        return [f"Nothing can be compared: {dossier.why_not}."]
    years = dossier.options.worth.years
    said = [
        f"{one.called}: {dollars(one.change['p50'])} to the provider over {years} years against the contract left as "
        "it is."
        for one in (dossier.last_worth("us"), dossier.last_worth("them"))
        if one is not None
    ]
    return [*said, *dossier.worth.notes]


def _figures(dossier: Dossier) -> list[KeyFigure]:
    years, source = dossier.options.worth.years, basis_of(dossier)
    ours, theirs = dossier.last_worth("us"), dossier.last_worth("them")
    said = (("Our last offer", ours), ("Their last offer", theirs))
    made = [
        KeyFigure(label, dollars(one.change["p50"]), worth_words(one, years), source)
        for label, one in said
        if one is not None
    ]
    if ours is not None and theirs is not None:
        made.append(gap_figure(dossier))
    return made


def gap_figure(dossier: Dossier) -> KeyFigure:
    """How far the last offers of both sides are apart."""
    ours, theirs = dossier.last_worth("us"), dossier.last_worth("them")
    if ours is None or theirs is None:
        return KeyFigure("Gap", "–", "Both sides must have offered before there is one.", basis_of(dossier))
    apart = abs(ours.change["p50"] - theirs.change["p50"])
    plan = abs(ours.plan - theirs.plan)
    meaning = (
        f"{ours.called} against {theirs.called.lower()}, p50 to the provider. In what the plan pays: {_size(plan)}."
    )
    return KeyFigure("Gap", _size(apart), meaning, basis_of(dossier))


def _size(value: float) -> str:
    return dollars(value).lstrip("+")


def _sections(dossier: Dossier) -> list[Section]:
    if dossier.worth is None:
        empty = "No round has an offer whose worth is known."
        rows = [_plain_row(one) for one in dossier.negotiation.rounds]
        sheet = Sheet("rounds", "Rounds", _ROUNDS[:4], rows, "", "No offer has been made yet.")
        return [Section("rounds", "Rounds", empty, tables=(sheet,))]
    sheets = {sheet.name: _renamed(sheet, dossier) for sheet in worth_sheets(dossier.worth, whole=False)}
    years = sheets["years"]
    kept = tuple(field for field in years.fields if field.key in _YEARLY)
    lines = sheets["service-lines"]
    told = tuple(field for field in lines.fields if field.key in _BY_LINE)
    return [
        Section(
            "rounds",
            "Rounds side by side",
            "The same claims under each offer and under the contract left as it is: the change, net of what is denied "
            "and not collected, discounted.",
            pictures=(rounds_picture(dossier),),
            tables=(_rounds(dossier),),
            note=f"{_NOTE.format(years=dossier.options.worth.years)} {basis_of(dossier)}",
        ),
        Section("years", "Year by year", tables=(replace(years, title="Year by year", fields=kept),), note=years.note),
        Section(
            "sides",
            "Both sides",
            "A change of rates moves the provider's margin and the plan's cost; they differ by the patient's part "
            "and by what is never collected.",
            pictures=(_plan_picture(dossier),),
            tables=(_known(sheets["provider"]), _known(sheets["plan"])),
            note=f"{sheets['provider'].note} {sheets['plan'].note}",
        ),
        Section(
            "lines", "By service line", tables=(replace(lines, title="By service line", fields=told),), note=lines.note
        ),
        Section("basis", "What it rests on", folded=(sheets["credibility"], sheets["assumptions"])),
    ]


def _plain_row(one: Any) -> dict[str, Any]:
    return {"round": f"Round {one.number}, {one.by}", "date": one.date, "offer": "–", "state": one.state}


def _rounds(dossier: Dossier) -> Sheet:
    rows = []
    for one in dossier.rounds:
        row = {**_plain_row(one.round), "offer": plain(one.offer, 60), "plan": Decimal(str(round(one.plan)))}
        row |= {key: Decimal(str(round(one.change[key]))) for key in ("p10", "p50", "p90")}
        rows.append({**row, "p_gain": Decimal(str(round(one.change["p_gain"], 4)))})
    return Sheet("side-by-side", "Rounds side by side", _ROUNDS, rows)


def _plan_picture(dossier: Dossier) -> Picture:
    rows = [{"name": one.called, "value": one.plan, "shown": dollars(one.plan)} for one in dossier.rounds]
    svg = bars(rows, "name", "value", shown="shown")
    words = picture_words([(str(row["name"]), str(row["shown"])) for row in rows])
    return Picture("What the plan pays more or less, undiscounted", svg, words)


def _known(sheet: Sheet) -> Sheet:
    """Without the columns nothing is known of."""
    fields = tuple(field for field in sheet.fields if any(row.get(field.key) is not None for row in sheet.rows))
    return replace(sheet, fields=fields)


def _renamed(sheet: Sheet, dossier: Dossier) -> Sheet:
    """Rounds by their number, not by what an offer calls itself."""
    names = {one.offer: one.called for one in dossier.rounds} | {"contract": "Contract"}

    def row(given: Mapping[str, Any]) -> dict[str, Any]:
        return {key: names.get(value, value) if key in ("offer", "side") else value for key, value in given.items()}

    return replace(sheet, rows=[row(one) for one in sheet.rows])
