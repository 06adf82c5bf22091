"""The portfolio as a sheet, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from evenhand.documents.sheet import Field, Sheet
from evenhand.workspace.portfolio.queries import Line

FIELDS = (
    Field("payer", "Payer"),
    Field("contract", "Contract"),
    Field("products", "Products"),
    Field("term_ends", "Term ends", "date"),
    Field("notice_by", "Notice by", "date"),
    Field("renews_on", "Renews on", "date"),
    Field("claims", "Claims", "count"),
    Field("paid", "Paid", "dollars"),
    Field("paid_share", "Share of revenue", "percent"),
    Field("percent_of_medicare", "Of Medicare", "percent"),
    Field("underpaid", "Paid less than agreed", "dollars"),
    Field("overpaid", "Paid more than agreed", "dollars"),
    Field("compared_lines", "Lines compared", "count"),
    Field("denied_charges_share", "Denied, of charges", "percent"),
    Field("days_p50", "Days to pay, half within", "days"),
    Field("timed_claims", "Claims timed", "count"),
    Field("round", "Round", "count"),
    Field("turn", "Negotiation"),
)
_NOTE = "Figures are those of the payer, all its contracts together. Claims, lines and dollars say what each is over."


def portfolio_sheet(lines: Iterable[Line], today: date) -> Sheet:
    """One row a contract."""
    return Sheet("portfolio", f"Contracts on {today}", FIELDS, [_row(line) for line in lines], _NOTE)


def _row(line: Line) -> dict[str, Any]:
    dates, talks = line.dates, line.talks
    said = {
        "payer": line.title,
        "contract": line.name,
        "products": line.products,
        "term_ends": dates and dates.term_ends,
        "notice_by": dates and dates.notice_by,
        "renews_on": dates and dates.renews_on,
        "round": talks and talks.round,
        "turn": talks.turn if talks else "",
    }
    return {**{field.key: line.payer.get(field.key) for field in FIELDS}, **said}
