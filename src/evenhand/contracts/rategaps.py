"""Rates that are never used, and days for which rates are missing. Warnings."""

from __future__ import annotations

from collections.abc import Iterator

from evenhand.codes import CodeRange
from evenhand.contracts.methods import ByTable, PaidBySchedule, PercentOf
from evenhand.contracts.model import Contract, FeeSchedule, Rate, Term, Version
from evenhand.errors import Problem
from evenhand.periods import FOREVER


def rate_gaps(contract: Contract, file: str) -> Iterator[Problem]:
    """What is odd about the tables of a contract, given the terms that use them."""
    used: set[str] = set()
    for version in contract.versions:
        for name, schedule in version.schedules.items():
            terms = [term for term in version.terms if _schedule(term) == name]
            if terms:
                used.add(name)
                yield from _table_gaps(version, schedule, terms)
    for version in contract.versions:
        for name in version.schedules.keys() - used:
            yield _warning(file, None, f"no term uses the schedule '{name}'", "drop it, or write the term that uses it")


def _warning(file: str, line: int | None, what: str, right: str) -> Problem:
    return Problem(file, line, what, right, "warning")


def _schedule(term: Term) -> str | None:
    return term.pay.schedule if isinstance(term.pay, ByTable) else None


def _table_gaps(version: Version, schedule: FeeSchedule, terms: list[Term]) -> Iterator[Problem]:
    yield from _no_rates_that_day(schedule, terms)
    rolling = [term for term in terms if not (isinstance(term.pay, PercentOf) and term.pay.pinned)]
    if rolling:
        yield from _ended_rates(version, schedule)
    if all(isinstance(term.pay, PaidBySchedule) for term in terms):
        yield from _unused_rates(version, schedule, terms)


def _no_rates_that_day(schedule: FeeSchedule, terms: list[Term]) -> Iterator[Problem]:
    for term in terms:
        pinned = term.pay.pinned if isinstance(term.pay, PercentOf) else None
        if pinned is not None and schedule.rates and not any(pinned in rate.period for rate in schedule.rates):
            what = f"{schedule.name} has no rate on {pinned}, so '{term.name}' prices nothing"
            yield _warning(term.source, term.line, what, "check the year, or the dates in the table")


def _ended_rates(version: Version, schedule: FeeSchedule) -> Iterator[Problem]:
    """Codes whose last rate ends before the version does (for an open end: that have an end at all)."""
    last: dict[str, Rate] = {}
    for rate in schedule.rates:
        if rate.code not in last or rate.period.end > last[rate.code].period.end:
            last[rate.code] = rate
    short = [rate for rate in last.values() if rate.period.end < version.period.end]
    if short:
        end = "has no end" if version.period.end == FOREVER else f"runs until {version.period.last}"
        first = min(short, key=lambda rate: (rate.period.end, rate.line))
        what = f"rates of {len(short)} code(s) end before the contract does, {first.code} on {first.period.last}"
        yield _warning(
            schedule.source or schedule.file, first.line or None, what, f"the contract {end}; give the later rates"
        )


def _unused_rates(version: Version, schedule: FeeSchedule, terms: list[Term]) -> Iterator[Problem]:
    idle = [rate for rate in schedule.rates if not _usable(rate, version, terms)]
    if idle:
        what = f"{len(idle)} of {len(schedule.rates)} rate(s) are never used, the first for {idle[0].code}"
        yield _warning(
            schedule.source or schedule.file, idle[0].line or None, what, "no term reaches them; check codes and dates"
        )


def _usable(rate: Rate, version: Version, terms: list[Term]) -> bool:
    if rate.period.meet(version.period) is None:
        return False
    return any(_reaches(term, rate.code) for term in terms)


def _reaches(term: Term, code: str) -> bool:
    """Whether the term's conditions on codes let this one through."""
    for condition in term.covers.conditions:
        if condition.attribute in ("codes", "drg") and _in(code, condition.ranges) is condition.negated:
            return False
    return True


def _in(code: str, ranges: tuple[CodeRange, ...]) -> bool:
    return any(code in one for one in ranges)
