"""What an offer is worth, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from evenhand.documents.sheet import Field, Sheet, show
from evenhand.negotiation import OfferValue
from evenhand.results import Result

_SUMMARY = (Field("what", "What"), Field("dollars", "Dollars", "money"), Field("share", "Change", "rate"))
_SIDES = (
    Field("lines", "Lines", "count"),
    Field("current_amount", "Contract", "dollars"),
    Field("share_of_current", "of all", "percent"),
    Field("offer_amount", "Offer", "dollars"),
    Field("change", "Change", "change"),
    Field("change_percent", "Change", "rate"),
)
_CODES = (
    Field("item", "Code or term"),
    Field("service_line", "Service line"),
    Field("units", "Units", "number"),
    *_SIDES,
)
_TERMS = (Field("current_term", "Term now"), Field("offer_term", "Term offered"), *_SIDES)
_RATES = (
    Field("code", "Code"),
    Field("modifier", "Modifier"),
    Field("setting", "Setting"),
    Field("today_rate", "Rate the day before", "money"),
    Field("current_rate", "Contract on the day", "money"),
    Field("offer_rate", "Offer", "money"),
    Field("announced", "Over the day before", "rate"),
    Field("change", "Over the contract", "rate"),
)
_UNPRICED = (
    Field("code", "Code"),
    Field("under_contract", "Contract"),
    Field("under_offer", "Offer"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
)
_LEFT_OUT = (
    Field("why_not", "Why"),
    Field("lines", "Lines", "count"),
    Field("claims", "Claims", "count"),
    Field("charges", "Charges", "dollars"),
)
NOTHING = "No line is priced on both sides."


def offer_sheets(value: OfferValue, *, most: int | None = None) -> list[Sheet]:
    """The value as sheets: in all, by service line, by term, losers and winners by code, listed rates.

    ``most`` limits losers and winners to so many each and leaves the listed rates out, for a screen.
    """
    losers, winners = losers_and_winners(value.codes, most)
    sheets = [
        Sheet("summary", f"{value.offer}: what it is worth", _SUMMARY, _summary(value), source(value)),
        Sheet(
            "service-lines",
            "By service line",
            (Field("service_line", "Service line"), *_SIDES),
            value.service_lines.rows(),
            "",
            NOTHING,
        ),
        Sheet("terms", "By term", _TERMS, value.terms.rows(), "", NOTHING),
        Sheet("losers", "Paid less under the offer", _CODES, losers, "", "Nothing is paid less."),
        Sheet("winners", "Paid more under the offer", _CODES, winners, "", "Nothing is paid more."),
        Sheet("unpriced", "Without a price on one side", _UNPRICED, value.unpriced.rows(), _UNPRICED_NOTE, "None."),
        Sheet("left-out", "Not valued", _LEFT_OUT, value.left_out.rows(), _LEFT_OUT_NOTE, "None."),
    ]
    if most is None:
        sheets.insert(
            5, Sheet("rates", "Listed rates", _RATES, value.rates.rows(), _RATES_NOTE, "No rate is listed on both.")
        )
    return sheets


def losers_and_winners(codes: Result, most: int | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Codes paid less, most dollars first, and codes paid more, likewise."""
    rows = codes.rows()
    losers = [row for row in rows if row["change"] < 0]
    winners = [row for row in reversed(rows) if row["change"] > 0]
    return losers[:most], winners[:most]


def span(value: OfferValue) -> str:
    """How long the claims valued are over, to stand after an amount.

    ``a year`` for twelve months, else the number of days.
    """
    days = (value.last_day - value.first_day).days + 1
    return "a year" if days in (365, 366) else f"in {days} days"


def source(value: OfferValue) -> str:
    """Where an offer's figures come from, in one sentence."""
    return (
        f"{value.claims:,} claims ({value.lines:,} lines) that begin from {value.first_day} to {value.last_day}, "
        f"priced under the contract and the offer as both would stand on {value.as_of}."
    )


def _row(what: str, dollars: Decimal | None, share: Decimal | None = None) -> dict[str, Any]:
    return {"what": what, "dollars": dollars, "share": share}


def _summary(value: OfferValue) -> Sequence[dict[str, Any]]:
    listed = f"Plain average over {value.listed:,} listed rates"
    before = value.change + value.offered_limits - value.current_limits
    return [
        _row("At the rates of the day before", value.today),
        _row("Contract on the day, its own escalation included", value.current),
        _row("Offer", value.offered),
        _row("Change against the contract: volume-weighted", value.change, value.change_percent),
        _row("Change against the day before", value.offered - value.today, value.change_since_today),
        _row("The contract's own rise, given up or kept", value.own_rise),
        _row(f"{listed}, against the day before", None, value.announced),
        _row(
            f"{listed}, against the contract on the day",
            None,
            value.plain_average,
        ),
        _row(f"The same over the {value.billed:,} of codes billed", None, value.billed_average),
        _row("Change before lesser-of", before),
        _row("Lesser-of takes back now", value.current_limits),
        _row("Lesser-of takes back under the offer", value.offered_limits),
    ]


def headline(value: OfferValue) -> str:
    """The offer in one sentence: what the list says, what the claims say.

    Says so when nothing could be priced.
    """
    if value.change_percent is None:
        return "No claim of these days is priced both under the contract and under the offer."
    announced = ""
    if value.announced is not None:
        announced = f"Listed rates change by {show(value.announced, 'rate')} on average; "
    change = f"{show(value.change, 'change')} ({show(value.change_percent, 'rate')})"
    return f"{announced}these claims change by {change}."


_UNPRICED_NOTE = "In no figure above. A claim priced as one on either side is valued whole or not at all."
_LEFT_OUT_NOTE = "Lines this payer would not pay under either: in no figure above."
_RATES_NOTE = "Each rate counts once in the plain averages, however often it is billed."
