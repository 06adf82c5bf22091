"""The language of the chargemaster limiter: its keys, what they mean, how they are written and said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.contracts.chargelimit import DECIMALS, ChargeLimiter
from evenhand.contracts.escalatorlanguage import DECIMALS as TO_DECIMALS
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import CHANGE, DATE, PERCENT, TEXT, Choice, Listed, Named, Word
from evenhand.errors import Log

CHARGE_LIMITER = Record(
    "charge_limiter",
    (
        Key("cap", PERCENT, "How much charges may rise before shares of them fall.", required=True, example="3"),
        Key(
            "formula",
            Choice({word: word for word in ("ratio", "subtractive")}),
            "ratio: share × (1 + cap) ÷ (1 + growth); subtractive: (share - cap) ÷ (1 + growth).",
            required=True,
            example="ratio",
        ),
        Key(
            "growth",
            Named(CHANGE, DATE),
            "How much charges rose, by the day it took effect.",
            required=True,
            example="{2026-01-01: 8}",
        ),
        Key(
            "measured",
            Choice({word: word for word in ("overall", "inpatient", "outpatient", "term")}),
            "Of what the growth is measured; without it, of all charges.",
        ),
        Key("terms", Listed(Word("a name", "Anything else")), "Terms whose shares fall; without it, every one."),
        Key("decimals", TO_DECIMALS, "Decimals of a percent a share is rounded to; without it, four."),
        Key("cite", TEXT, "Where the signed document says so."),
    ),
)


def read_limiters(said: tuple[Entry, ...], log: Log) -> tuple[ChargeLimiter, ...]:
    """The limiters stated; what is wrong with one goes into the log."""
    return tuple(_limiter(one, log) for one in said)


def _limiter(said: Entry, log: Log) -> ChargeLimiter:
    growth: list[tuple[date, Decimal]] = sorted((day.text, share) for day, share in said.get("growth", ()))
    measured, terms = said.get("measured", "overall"), said.get("terms", ())
    if measured != "overall" and not terms:
        what = f"growth measured {measured} moves some terms only"
        log.error(said.line_of("measured"), what, "name them: 'terms: […]'")
    if any(share <= -1 for _, share in growth):
        log.error(said.line_of("growth"), "charges cannot fall by 100 % or more", "write it like 8")
    return ChargeLimiter(
        cap=said.get("cap", Decimal(0)),
        formula=said.get("formula", "ratio"),
        growth=tuple(growth),
        terms=tuple(name.text for name in terms),
        measured=measured,
        decimals=said.get("decimals", DECIMALS),
        cite=said.get("cite", ""),
        line=said.line,
        source=log.file,
    )


def written_limiters(limiters: tuple[ChargeLimiter, ...]) -> Any:
    """Limiters as the contract file has them."""
    return [_written(one) for one in limiters] or "none"


def _written(one: ChargeLimiter) -> dict[str, Any]:
    said: dict[str, Any] = {
        "cap": _percent(one.cap),
        "formula": one.formula,
        "growth": {day.isoformat(): _percent(share) for day, share in one.growth},
        "measured": one.measured,
        "decimals": one.decimals,
    }
    return said | ({"terms": one.terms} if one.terms else {}) | ({"cite": one.cite} if one.cite else {})


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}"


def limiters_words(limiters: tuple[ChargeLimiter, ...]) -> str:
    """All limiters in words."""
    return "; ".join(map(_words, limiters)) or "none"


def _words(one: ChargeLimiter) -> str:
    grown = ", ".join(f"{_percent(share)}% from {day}" for day, share in one.growth)
    what = " and ".join(f"'{name}'" for name in one.terms) or "every share of charges"
    formula = "cut by the ratio of both" if one.formula == "ratio" else "less the cap, divided by the growth"
    measured = {"overall": "all charges", "term": "their charges"}.get(one.measured, f"{one.measured} charges")
    return f"{what}: {formula} where {measured} grew by more than {_percent(one.cap)}% ({grown or 'no growth stated'})"
