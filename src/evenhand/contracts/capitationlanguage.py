"""The language of capitation: dollars per member and month by age, sex and grade."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from evenhand.contracts.methods.capitated import Capitated, CapitationRate
from evenhand.contracts.records import Entry, Key, Record
from evenhand.contracts.shapes import MONEY, TEXT, WHOLE, Choice, Either, Listed, Value
from evenhand.errors import Log
from evenhand.money import show_money

AGES = Value("an age, or a range of ages", "18, 0-17 or 65-", r"\d{1,3}|\d{1,3}-\d{0,3}|-\d{1,3}")
RATE = Record(
    "capitation",
    (
        Key("rate", MONEY, "Dollars per member and month.", required=True, example="42.50"),
        Key("age", AGES, "Ages in years, both inside; without it, all."),
        Key("sex", Choice({"f": "F", "m": "M", "u": "U"}), "F, M or U; without it, all."),
        Key("grade", TEXT, "Class of members or benefits; without it, all."),
    ),
)
CAPITATION = Record(
    "pay",
    (
        Key(
            "capitation",
            Either(MONEY, Listed(RATE)),
            "Dollars per member and month, by age, sex, grade.",
            required=True,
        ),
        Key("minimum_panel", WHOLE, "Members the provider is paid for at least."),
    ),
)


def read_capitation(said: Entry, log: Log) -> Capitated:
    """What a term pays per member and month."""
    rates = said.get("capitation", ())
    found = [CapitationRate(rates)] if isinstance(rates, Decimal) else [_rate(one, log) for one in rates]
    if not found:
        log.error(said.line_of("capitation"), "capitation lists no rate", "write it like 42.50")
    return Capitated(tuple(found), said.get("minimum_panel"))


def _rate(said: Entry, log: Log) -> CapitationRate:
    low, high = _ages(said.get("age", ""))
    if low is not None and high is not None and low > high:
        log.error(said.line_of("age"), f"age: '{said.get('age')}' runs backwards", f"write {high}-{low}")
    return CapitationRate(said.get("rate", Decimal(0)), low, high, said.get("sex", ""), said.get("grade", ""))


def _ages(text: str) -> tuple[int | None, int | None]:
    found = re.fullmatch(r"(\d*)(-?)(\d*)", text)
    if found is None or not text:
        return None, None
    low = int(found[1]) if found[1] else None
    return low, (low if not found[2] else int(found[3]) if found[3] else None)


def written_capitation(pay: Capitated) -> dict[str, Any]:
    """Capitation as the contract file has it."""
    panel = {} if pay.minimum_panel is None else {"minimum_panel": pay.minimum_panel}
    return {"capitation": [_written(rate) for rate in pay.rates], **panel}


def _written(rate: CapitationRate) -> dict[str, Any]:
    ages = {"age": _ages_text(rate)} if (rate.low, rate.high) != (None, None) else {}
    sex, grade = ({name: text} if text else {} for name, text in (("sex", rate.sex), ("grade", rate.grade)))
    return {"rate": rate.amount, **ages, **sex, **grade}


def _ages_text(rate: CapitationRate) -> str:
    if rate.low == rate.high:
        return str(rate.low)
    return f"{'' if rate.low is None else rate.low}-{'' if rate.high is None else rate.high}"


def capitation_words(pay: Capitated) -> str:
    """Capitation in words."""
    rates = ", ".join(_rate_words(rate) for rate in pay.rates)
    panel = "" if pay.minimum_panel is None else f", for at least {pay.minimum_panel} members"
    return f"nothing of its own: {rates} per member and month{panel}"


def _rate_words(rate: CapitationRate) -> str:
    ages = "" if (rate.low, rate.high) == (None, None) else f"age {_ages_text(rate)}"
    sex = {"F": "women", "M": "men", "U": "sex not stated"}.get(rate.sex, "")
    who = ", ".join(part for part in (ages, sex, rate.grade) if part)
    return f"{show_money(rate.amount)} ({who})" if who else show_money(rate.amount)
