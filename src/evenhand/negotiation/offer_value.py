"""What an offer is worth on the organisation's own claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from evenhand.codes import FACILITY_SERVICE_LINE, service_line
from evenhand.contracts.model import Contract
from evenhand.engines import Engine, Step, read_steps
from evenhand.errors import SelectionError, UsageError
from evenhand.money import ZERO, ratio
from evenhand.negotiation.listed_rates import listed_rates, plain_average
from evenhand.negotiation.prices import ask, price_sides, query
from evenhand.negotiation.standing import standing_on
from evenhand.negotiation.value import (
    CODES,
    LEFT_OUT,
    RATES,
    SERVICE_LINES,
    SUMS,
    TERMS,
    UNPRICED,
    OfferValue,
)
from evenhand.periods import add_months
from evenhand.results import Result


@dataclass(frozen=True, slots=True)
class OfferQuestion:
    """On which claims an offer is valued, and as of which day.

    Nothing said: claims that begin in the twelve months up to the last one in the book, as of the
    offer's first day.
    """

    first_day: date | None = None
    last_day: date | None = None
    as_of: date | None = None


def offer_value(
    engine: Engine, current: Contract, offer: Contract, question: OfferQuestion | None = None
) -> OfferValue:
    """Price the same claims under a contract and under an offer, both as they would stand on one day.

    Args:
        engine: holds the service and settled tables of a book.
        current: the contract as signed.
        offer: the contract with the offer laid over it.
        question: the claims and the day.

    Raises:
        SelectionError: the book holds no claims.
        UsageError: the last day is before the first, the offer does not hold on the day asked for, or
            ``offer`` carries no offer.
    """
    asked = question or OfferQuestion()
    as_of = _day_standing(asked, offer)
    first, last = days_valued(engine, asked)
    sides = {
        "today": standing_on(current, as_of - timedelta(days=1)),
        "current": standing_on(current, as_of),
        "offer": standing_on(offer, as_of),
    }
    local = price_sides(claims_chosen(engine, first, last), sides)
    local.run(valuing_steps())
    totals = ask(local, "totals")
    rates = listed_rates(sides, as_of)
    billed_codes = {row["hcpcs_code"] for row in totals}
    billed = [row for row in rates if row["code"] in billed_codes]
    engine.put("valued_payers", local.arrow(query("valued_payers")))
    return OfferValue(
        contract=current.name,
        payer=current.parties.payer,
        offer=offer.offer,
        as_of=as_of,
        first_day=first,
        last_day=last,
        claims=ask(local, "claims_valued")[0]["claims"],
        lines=sum(row["lines"] for row in totals),
        today=_sum(totals, "today_amount"),
        current=_sum(totals, "current_amount"),
        offered=_sum(totals, "offer_amount"),
        current_fee=_sum(totals, "current_fee"),
        offered_fee=_sum(totals, "offer_fee"),
        announced=plain_average(rates, "announced"),
        plain_average=plain_average(rates),
        listed=len(rates),
        billed_average=plain_average(billed),
        billed=len(billed),
        service_lines=_by(totals, SERVICE_LINES, lambda row: {"service_line": _service_line(row)}),
        terms=_by(totals, TERMS, lambda row: {key: row[key] for key in ("current_term", "offer_term")}),
        codes=_by(totals, CODES, lambda row: {"item": row["item"], "service_line": _service_line(row)}),
        rates=Result.of(rates, RATES),
        unpriced=Result.of(_most_charges_first(ask(local, "unpriced")), UNPRICED),
        left_out=Result.of(_most_charges_first(ask(engine, "left_out")), LEFT_OUT),
    )


def _day_standing(asked: OfferQuestion, offer: Contract) -> date:
    """The day both sides stand on: the one asked for, else the offer's first."""
    first = first_day_of_offer(offer)
    if asked.as_of is None:
        return first
    if asked.as_of < first or asked.as_of not in offer.period:
        until = "on" if offer.period.last is None else f"to {offer.period.last}"
        raise UsageError(f"the offer does not hold on {asked.as_of}; it holds from {first} {until}")
    return asked.as_of


def first_day_of_offer(offer: Contract) -> date:
    """The first day of the last offer laid over a contract.

    Raises:
        UsageError: none is.
    """
    unsigned = [laid.effective for laid in offer.amendments if laid.signed is None]
    if not unsigned:
        raise UsageError(f"{offer.name}: no offer is laid over this contract; give a file that starts with 'offer:'")
    return unsigned[-1]


def days_valued(engine: Engine, asked: OfferQuestion) -> tuple[date, date]:
    """The days asked for, else the twelve months up to the last claim.

    Raises:
        SelectionError: there is no claim, or none on or after the first day.
        UsageError: the last day is before the first.
    """
    if asked.first_day and asked.last_day and asked.last_day < asked.first_day:
        raise UsageError(f"the last day, {asked.last_day}, is before the first, {asked.first_day}")
    newest = ask(engine, "last_day")[0]["last_day"]
    if newest is None:
        raise SelectionError("the book holds no claims to price; load some first")
    if asked.first_day and newest < asked.first_day:
        raise SelectionError(f"no claim begins on or after {asked.first_day}; the book's last claims begin on {newest}")
    last = asked.last_day or newest
    return asked.first_day or add_months(last + timedelta(days=1), -12), last


def claims_chosen(engine: Engine, first: date, last: date) -> dict[str, pa.Table]:
    """The tables that pricing needs, with what is valued of the claims that begin on these days."""
    engine.put("offer_days", pa.table({"first_day": pa.array([first]), "last_day": pa.array([last])}))
    names = {"service_claims": "claims_chosen", "service_lines": "lines_chosen", "diagnoses": "diagnoses_chosen"}
    return {table: engine.arrow(query(name)) for table, name in names.items()}


@cache
def valuing_steps() -> tuple[Step, ...]:
    """The steps that set `current`, `today` and `offer` side by side."""
    return tuple(read_steps(files("evenhand.negotiation") / "steps"))


def _sum(rows: Sequence[Mapping[str, Any]], key: str) -> Decimal:
    return sum((row[key] for row in rows if row[key] is not None), ZERO)


def _service_line(row: Mapping[str, Any]) -> str:
    return FACILITY_SERVICE_LINE if row["whole"] else service_line(row["hcpcs_code"])


def _by(
    totals: Sequence[Mapping[str, Any]], schema: pa.Schema, name: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> Result:
    """Sums by what ``name`` gives, largest loss first."""
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in totals:
        named = name(row)
        group = groups.setdefault(tuple(named.values()), {**named, **dict.fromkeys(SUMS, ZERO), "claims_at_least": 0})
        group["claims_at_least"] = max(group["claims_at_least"], row["claims"])
        for key in SUMS:
            group[key] += row[key] or 0
    whole = _sum(totals, "current_amount")
    rows = [_changed(group, whole) for group in groups.values()]
    return Result.of(sorted(rows, key=lambda row: (row["change"], *map(str, list(row.values())[:2]))), schema)


def _changed(group: Mapping[str, Any], whole: Decimal) -> dict[str, Any]:
    change = group["offer_amount"] - group["current_amount"]
    return {
        **group,
        "change": change,
        "change_percent": ratio(change, group["current_amount"]),
        "share_of_current": ratio(group["current_amount"], whole),
    }


def _most_charges_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (-(row["charges"] or 0), str(next(iter(row.values())))))
