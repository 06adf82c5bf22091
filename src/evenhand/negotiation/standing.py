"""A contract as it stands on one day, made to hold on every day.

So the claims of last year can be priced at the rates of next January without touching the claims:
their own days, ages and stays remain, and only the contract is moved over them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from math import prod

from evenhand.contracts.chargelimit import limited_share
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import PercentOf, PercentOfCharges
from evenhand.contracts.model import Contract, FeeSchedule, Rules, Term, Version
from evenhand.contracts.moved import limiters_of
from evenhand.periods import ALWAYS, FOREVER, Period

#: A period that holds every day a claim can have and that every engine can write.
_EVER = Period(date(1900, 1, 1), FOREVER)
#: One escalation is due from the year 1501 on, the next one in 3001: it holds on every day a claim can have.
_ONCE = (date(1, 1, 1), 1500 * 12)
_EIGHT_PLACES = Decimal("0.00000001")


def standing_on(contract: Contract, day: date) -> Contract:
    """The contract with the terms, rates and escalation of ``day``, in force on every day.

    A contract that has ended by then stands as its last version; one not begun, as its first.
    """
    version = contract.version_on(day) or contract.versions[-1 if day >= contract.period.end else 0]
    held = replace(
        version,
        period=_EVER,
        terms=tuple(_limited(_unpinned(term), version.rules, day) for term in version.terms),
        rules=_escalated(version.rules, day),
        schedules=_held_schedules(version, day),
    )
    return replace(contract, period=_EVER, versions=(held,), cases=(), digest=f"{contract.digest}@{day}")


def _pinned_name(schedule: str, day: date) -> str:
    return f"{schedule} of {day}"


def _unpinned(term: Term) -> Term:
    """A share of a schedule's rates of one year points at a copy of the schedule that holds only those."""
    pay = term.pay
    if isinstance(pay, PercentOf) and pay.pinned is not None:
        return replace(term, pay=replace(pay, schedule=_pinned_name(pay.schedule, pay.pinned), pinned=None))
    return term


def _limited(term: Term, rules: Rules, day: date) -> Term:
    """A share of charges as the chargemaster limiters have cut it by the day."""
    limiters = limiters_of(rules, term)
    if not isinstance(term.pay, PercentOfCharges) or not limiters:
        return term
    return replace(term, pay=PercentOfCharges(limited_share(term.pay.factor, limiters, day)))


def _held_schedules(version: Version, day: date) -> dict[str, FeeSchedule]:
    held = {name: _held(schedule, name, day) for name, schedule in version.schedules.items()}
    for term in version.terms:
        if isinstance(term.pay, PercentOf) and term.pay.pinned is not None:
            name = _pinned_name(term.pay.schedule, term.pay.pinned)
            held[name] = _held(version.schedules[term.pay.schedule], name, term.pay.pinned)
    return held


def _held(schedule: FeeSchedule, name: str, day: date) -> FeeSchedule:
    rates = tuple(replace(rate, period=ALWAYS) for rate in schedule.rates if day in rate.period)
    return replace(schedule, name=name, rates=rates)


def _escalated(rules: Rules, day: date) -> Rules:
    """The escalations reached on the day, each as one step long past; shares of charges stand limited already."""
    reached = (_reached(escalator, day) for escalator in rules.escalator if escalator.steps_by(day))
    return replace(rules, escalator=tuple(reached), charge_limiter=())


def _reached(escalator: Escalator, day: date) -> Escalator:
    """One step long past that has taken the rates where all steps by the day have.

    An index that is not known so far stays unknown: it has no value for that step either.
    """
    changes = [escalator.change(number) for number in range(1, escalator.steps_by(day) + 1)]
    known = [change for change in changes if change is not None]
    start, months = _ONCE
    index = None if len(known) == len(changes) or escalator.index is None else replace(escalator.index, values={})
    factor = prod(known, start=Decimal(1)).quantize(_EIGHT_PLACES, rounding=ROUND_HALF_UP)
    return replace(escalator, start=start, months=months, factor=factor, index=index)
