"""Rates that differ between two versions, schedule by schedule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from evenhand.contracts.methods import ByTable
from evenhand.contracts.model import FeeSchedule, Rate, Version
from evenhand.contracts.words import percent_words
from evenhand.money import show_rate
from evenhand.periods import Period

Key = tuple[str, str, str]
_TENTH_OF_A_PERCENT = Decimal("0.001")


def rate_changes(before: Version, after: Version, period: Period) -> Iterator[tuple[str, str, str]]:
    """``(where, before, after)`` for every rate that differs on a day of the period."""
    for old, new in _pairs(before, after):
        if old.rates == new.rates:
            continue
        first, second = _by_key(old, period), _by_key(new, period)
        for key in sorted(first.keys() | second.keys()):
            was, now = first.get(key, []), second.get(key, [])
            if _amounts(was) != _amounts(now):
                where = " ".join(part for part in key if part)
                yield f"{where} in {new.name}", _words(was, new), _with_percent(was, now, new)


def _pairs(before: Version, after: Version) -> list[tuple[FeeSchedule, FeeSchedule]]:
    """Tables to compare: those of the same name, and those a term of the same name is paid by."""
    names = {(name, name) for name in before.schedules.keys() & after.schedules.keys()}
    new = {term.name: term.pay for term in after.terms}
    for term in before.terms:
        pay, other = term.pay, new.get(term.name)
        if isinstance(pay, ByTable) and isinstance(other, ByTable):
            names.add((pay.schedule, other.schedule))
    return [(before.schedules[one], after.schedules[two]) for one, two in sorted(names)]


def _by_key(schedule: FeeSchedule, period: Period) -> dict[Key, list[Rate]]:
    rates: dict[Key, list[Rate]] = defaultdict(list)
    for rate in schedule.rates:
        if rate.period.meet(period) is not None:
            rates[rate.code, rate.modifier, rate.setting].append(rate)
    return {key: sorted(group, key=lambda rate: rate.period) for key, group in rates.items()}


def _amounts(rates: list[Rate]) -> list[tuple[object, Period]]:
    return [(rate.amount, rate.period) for rate in rates]


def _words(rates: list[Rate], table: FeeSchedule) -> str:
    """Dollars; weights and base units as bare numbers."""
    told = [show_rate(rate.amount) if table.holds == "amount" else f"{rate.amount.normalize():f}" for rate in rates]
    if len(rates) < 2:
        return told[0] if told else ""
    return ", ".join(
        f"{words} until {rate.period.last or 'further notice'}" for words, rate in zip(told, rates, strict=True)
    )


def _with_percent(was: list[Rate], now: list[Rate], table: FeeSchedule) -> str:
    """The new rate; with its change in percent where one amount took the place of another."""
    if len(was) != 1 or len(now) != 1 or not was[0].amount:
        return _words(now, table)
    change = (now[0].amount / was[0].amount - 1).quantize(_TENTH_OF_A_PERCENT)
    return f"{_words(now, table)} ({'+' if change >= 0 else ''}{percent_words(change)})"
