"""Ending a contract by notice: the days it sets itself, and whom the law has told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.contracts import Contract, key_dates
from evenhand.negotiation.rails.clock import termination_clock
from evenhand.negotiation.rails.facts import RAILS, READ

_CONTRACT = "the contract"
_PATIENTS = "No Surprises Act, continuity of care"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to end a contract by notice, as seen from a day.

    Attributes:
        kind: ``non-renewal`` or ``termination``.
        give_by: the last day to give it, so that the contract ends with its term.
        ends: the earliest last day of the contract, if it is given today; ``None`` where the contract says nothing.
        says: the words of the contract this rests on, or what it is silent about.
    """

    kind: str
    give_by: date | None
    ends: date | None
    says: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed when a contract ends: by or from which day, on whose word, how sure that is."""

    id: str
    what: str
    day: date | None
    source: str
    sure: str


def ways_to_end(contract: Contract, today: date) -> dict[str, Way]:
    """How the contract can be ended by notice given today, by kind."""
    return {one.kind: one for one in (_non_renewal(contract, today), _termination(contract, today))}


def _non_renewal(contract: Contract, today: date) -> Way:
    days, missed = key_dates(contract, today), ""
    notice = contract.renewal.get("notice")
    if notice is None or days.notice_by is None or days.term_ends is None:
        return Way("non-renewal", None, None, "the contract states no notice that keeps it from renewing")
    if days.notice_by < today:
        if days.renews_on is None:
            return Way("non-renewal", days.notice_by, days.term_ends, "it does not renew: it ends with its term")
        missed = f"; the day for the term running now was {days.notice_by}"
        days = key_dates(contract, days.renews_on)
    return Way("non-renewal", days.notice_by, days.term_ends, f"{notice} before the term ends{missed}")


def _termination(contract: Contract, today: date) -> Way:
    notice = (contract.provisions.get("termination") or {}).get("without_cause")
    if notice is None:
        return Way("termination", None, None, "the contract states no notice that ends it without cause")
    term = key_dates(contract, today).term_ends
    by = None if term is None else notice.before(term)
    return Way("termination", by, notice.after(today), f"{notice} after notice without cause")


def duties(contract: Contract, ends: date, *, today: date, plan: str = "") -> tuple[Duty, ...]:
    """What is owed to patients and members when the contract ends on a day, each with its source.

    Args:
        contract: as signed.
        ends: its last day.
        today: the day it is seen from.
        plan: ``medicare advantage`` adds the notices to its members.
    """
    return tuple(_duties(contract, ends, today, plan))


def _duties(contract: Contract, ends: date, today: date, plan: str) -> Iterator[Duty]:
    words = "tell patients in a course of treatment that the network ends, and that they may choose continuing care"
    rail = RAILS["G10"]
    yield Duty("patients", words, ends, f"{_PATIENTS} ({rail.id})", READ)
    for tick in termination_clock(contract, today, plan=plan, ends=ends):
        if tick.source not in (_CONTRACT, "practice") and tick.day != ends + timedelta(days=1):
            yield Duty(
                re.sub(r"\W+", "-", tick.what)[:40], tick.what, tick.day, f"{tick.source} ({rail.id})", tick.sure
            )
    price = RAILS["G11"]
    yield Duty("out-of-network", price.rule, ends + timedelta(days=1), f"{price.source} ({price.id})", price.sure)
