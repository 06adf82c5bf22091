"""The executive's page and the portfolio, for programs: figures with source and day, no single claim behind any."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from evenhand.negotiation.record import Round, Zone
from evenhand.workspace.api.room import Room
from evenhand.workspace.api.tables import TableShown, table
from evenhand.workspace.executive.board import Key, Standing, board
from evenhand.workspace.executive.paper import board_pdf
from evenhand.workspace.organisations.desk import Desk
from evenhand.workspace.organisations.policy import May
from evenhand.workspace.portfolio import queries
from evenhand.workspace.portfolio.needs import Need
from evenhand.workspace.portfolio.sheets import portfolio_sheet
from evenhand.workspace.site.files import attached

room = Room("Executive")


class KeyShown(Schema):
    """One figure, as it is written on the page: what it means, what it is over, when it was worked out."""

    label: str
    figure: str
    meaning: str
    source: str
    as_of: datetime | None


class OfferWorth(Schema):
    """The last offer of a side: what the provider nets more over these years, with 10th and 90th percentile."""

    round: int
    change: Decimal | None
    p10: Decimal | None
    p90: Decimal | None
    years: int | None
    as_of: date | None
    source: str


class WalkAwayShown(Schema):
    """Both walk-away prices for one unit of service."""

    ours: Decimal
    theirs: Decimal
    exists: Decimal | None
    unit: str
    as_of: date | None
    source: str


class StandingShown(Schema):
    """How one negotiation stands; the walk-away prices are null for those who may not see positions."""

    negotiation: str
    payer: str
    round: int
    turn: str
    ours: OfferWorth | None
    theirs: OfferWorth | None
    open_issues: int
    issues: int
    notice_by: date | None
    approvals: list[str] = Field(description="What a leader's word is asked for and not given.")
    walk_away: WalkAwayShown | None


class NeedShown(Schema):
    """One decision or deadline."""

    what: str
    state: str
    word: str
    due: date | None
    mine: bool


class BoardShown(Schema):
    """The whole page; `working` says that a figure is still in the making: ask again."""

    today: date
    working: bool
    figures: list[KeyShown]
    needs: list[NeedShown]
    negotiations: list[StandingShown]
    contracts: TableShown


@room.get("/executive", May.SEE, BoardShown)
def at_a_glance(desk: Desk) -> dict[str, Any]:
    """What stands on the executive's page."""
    today = timezone.localdate()
    made = board(desk, today)
    return {
        "today": today,
        "working": made.working,
        "figures": [_key(one) for one in made.keys],
        "needs": [_need(one) for one in made.needs],
        "negotiations": [_standing(one) for one in made.standings],
        "contracts": table(portfolio_sheet(made.lines, today)),
    }


@room.file("/executive/pdf", May.SEE)
def on_paper(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same page as a PDF."""
    today = timezone.localdate()
    return attached(board_pdf(desk, today, request), f"{desk.organisation.slug}-{today}.pdf")


@room.get("/portfolio", May.SEE, TableShown)
def portfolio(desk: Desk) -> dict[str, Any]:
    """Every contract with its days, its payer's figures and its negotiation."""
    today = timezone.localdate()
    return table(portfolio_sheet(queries.lines_now(desk, today), today))


def _key(one: Key) -> dict[str, Any]:
    return {name: getattr(one, name) for name in KeyShown.model_fields}


def _need(one: Need) -> dict[str, Any]:
    return {name: getattr(one, name) for name in NeedShown.model_fields}


def _standing(one: Standing) -> dict[str, Any]:
    talks, days = one.line.talks, one.line.calendar
    return {
        "negotiation": talks.name if talks else "",
        "payer": one.line.title,
        "round": talks.round if talks else 0,
        "turn": talks.turn if talks else "",
        "ours": _offer(one.ours),
        "theirs": _offer(one.theirs),
        "open_issues": len(one.found.open_issues),
        "issues": len(one.found.issues),
        "notice_by": days.ends.notice_by if days else None,
        "approvals": one.decide,
        "walk_away": _walk_away(one.zone),
    }


def _offer(one: Round | None) -> dict[str, Any] | None:
    if one is None:
        return None
    worth = {name: getattr(one.worth, name, None) for name in ("change", "p10", "p90", "years", "as_of")}
    return {"round": one.number, "source": one.worth.source if one.worth else "", **worth}


def _walk_away(zone: Zone | None) -> dict[str, Any] | None:
    return None if zone is None else {name: getattr(zone, name) for name in WalkAwayShown.model_fields}
