"""The position sheet: where we begin, what we work towards, what we do not go past, and what each is worth."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from evenhand.documents.charts import bars
from evenhand.documents.negotiating.dossier import OURS_ONLY, Dossier
from evenhand.documents.negotiating.figures import days_words, standing_sheet, whole
from evenhand.documents.negotiation_sheets import STANDS, calendar_sheet
from evenhand.documents.paper import Document, Picture, Section, picture_words
from evenhand.documents.sheet import Field, Sheet, show
from evenhand.documents.words import day_words
from evenhand.negotiation.positions import POSITIONS
from evenhand.negotiation.record import Issue

_ISSUES = (Field("name", "Issue"), *STANDS)
_WORTH = (
    Field("name", "Issue"),
    Field("opening", "Opening", "change"),
    Field("target", "Target", "change"),
    Field("walk_away", "Walk-away", "change"),
    Field("theirs", "Theirs, as we believe", "change"),
)
_VALUE = (Field("claim", "What we bring"), Field("number", "Number"), Field("period", "Of"), Field("source", "Source"))
#: Bars on the chart.
_SHOWN = 10


def position_sheet(dossier: Dossier) -> Document:
    """Every issue with its positions, and what stands behind them."""
    found = dossier.negotiation
    days = calendar_sheet(dossier.calendar)
    agreed = sum(one.status == "agreed" for one in found.issues)
    return Document(
        "positions",
        "sheet",
        dossier.options.today,
        dossier.them,
        "Position sheet",
        f"for {dossier.us}",
        OURS_ONLY,
        verdict=(f"{len(found.open_issues)} of {len(found.issues)} issues open, {agreed} agreed.", days_words(dossier)),
        sections=(
            _issues(dossier),
            _worth(dossier),
            Section("without", "Without an agreement", tables=(standing_sheet(dossier, "Without an agreement"),)),
            _goals(dossier),
            _value(dossier),
            Section("calendar", "Calendar", tables=(replace(days, title="Calendar"),), note=days.note),
        ),
        footer=f"Written {day_words(dossier.options.today)}. What we believe of the other side is a belief, with how "
        "sure we are. It informs; people decide.",
    )


def _issues(dossier: Dossier) -> Section:
    found = dossier.negotiation
    shown = [one for one in found.issues if one.status != "dropped"]
    rows = [_row(one) for one in shown]
    dropped = len(found.issues) - len(shown)
    note = f"{dropped} dropped and not shown." if dropped else ""
    sheet = Sheet("issues", "On the table", _ISSUES, rows, "", "No issue is on the table.")
    return Section("issues", "On the table", tables=(sheet,), note=note)


def _row(one: Issue) -> dict[str, Any]:
    theirs = one.theirs
    said = [
        f"{word} {text}"
        for word, text in (("opening", theirs.opening), ("target", theirs.target), ("walk-away", theirs.walk_away))
        if text
    ]
    since = f" since {day_words(theirs.since)}" if theirs.since else ""
    row = {field.key: whole(getattr(one, field.key)) or "–" for field in _ISSUES if field.key not in ("name", "theirs")}
    row |= {"name": one.called, "theirs": f"{', '.join(said)} ({theirs.sure}{since})" if said else "–"}
    return {**row, "status": f"{one.status}: {one.agreed}" if one.agreed else one.status}


def _worth(dossier: Dossier) -> Section:
    title = "What each is worth"
    values = dossier.positions
    if values is None:
        return Section("worth", title, f"Nothing is known: {dossier.why_not}.")
    rows: list[dict[str, Any]] = []
    for one in dossier.negotiation.issues:
        row = {position: values.of(one.id, position) for position in POSITIONS}
        if one.status != "dropped" and any(value is not None for value in row.values()):
            rows.append({"name": one.called, **row})
    rows.sort(key=lambda row: -abs(row["target"] or row["opening"] or Decimal(0)))
    few = [one.called for one in dossier.negotiation.issues if one.id in values.few]
    hidden = f" Fewer than 11 claims, and therefore not told: {', '.join(few)}." if few else ""
    note = (
        "Dollars a year to the provider against what holds today. Rates: the same claims priced with this issue's "
        "terms changed and nothing else, as allowed. Words: net, by their formulas (evenhand offer clauses). Each "
        f"alone: they do not add up.{hidden} Source: {values.source}."
    )
    empty = "No position is a number that can be valued: write rates as 4 %, limits as 45 days."
    pictures = (_picture(rows),) if any(row["target"] for row in rows) else ()
    sheet = Sheet("worth", "Dollars a year", _WORTH, rows, "", empty)
    return Section("worth", title, pictures=pictures, tables=(sheet,), note=note)


def _picture(rows: list[dict[str, Any]]) -> Picture:
    drawn = [
        {"name": row["name"], "value": row["target"], "shown": show(row["target"], "change")}
        for row in rows
        if row["target"]
    ][:_SHOWN]
    words = picture_words([(row["name"], row["shown"]) for row in drawn])
    return Picture("Targets, dollars a year", bars(drawn, "name", "value", shown="shown"), words)


def _value(dossier: Dossier) -> Section:
    found = dossier.negotiation
    rows = [{field.key: getattr(one, field.key) or "–" for field in _VALUE} for one in found.value]
    empty = "No value proposition is stated; write it under 'value:' in the negotiation's file."
    sheet = Sheet("value", "Value proposition", _VALUE, rows, "", empty)
    return Section("value", "Value proposition", tables=(sheet,))


def _goals(dossier: Dossier) -> Section:
    goals = dossier.negotiation.goals
    lead = "" if goals else "No goal is stated; write them under 'goals:' in the negotiation's file."
    return Section("goals", "Goals", lead, points=goals)
