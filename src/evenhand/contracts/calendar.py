"""The days that matter next: end, notice, renewal, escalation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from evenhand.contracts.durations import Duration
from evenhand.contracts.escalation import Escalator
from evenhand.contracts.model import Contract
from evenhand.periods import FOREVER, add_months

_MOST_TERMS = 5000


@dataclass(frozen=True, slots=True)
class KeyDates:
    """Days of the term a contract is in on a given day; ``None`` where the contract has no such day.

    ``notice_by`` is the last day to give notice that ends the contract with this term.
    """

    first_day: date
    term_ends: date | None
    notice_by: date | None
    renews_on: date | None
    next_escalation: date | None


def key_dates(contract: Contract, today: date) -> KeyDates:
    """Work out the days that matter next.

    An evergreen contract past its stated end is in a renewal term: its end and notice are that term's.
    """
    evergreen: Duration | None = contract.renewal.get("evergreen")
    notice: Duration | None = contract.renewal.get("notice")
    ends = contract.terminated or contract.ends
    if ends is not None and evergreen is not None and contract.terminated is None:
        ends = _term_end(ends, evergreen, today)
    renews = None if ends is None or evergreen is None or contract.terminated else ends + timedelta(days=1)
    return KeyDates(
        first_day=contract.period.start,
        term_ends=ends,
        notice_by=None if notice is None or ends is None or contract.terminated else notice.before(ends),
        renews_on=renews,
        next_escalation=_next_escalation(contract, today),
    )


def _term_end(ends: date, evergreen: Duration, today: date) -> date:
    """The last day of the term that holds ``today``: renewals follow the stated end without a gap."""
    first = ends + timedelta(days=1)
    boundary = first
    for terms in range(1, _MOST_TERMS):
        if boundary > today:
            break
        boundary = Duration(evergreen.count * terms, evergreen.unit).after(first)
    return boundary - timedelta(days=1)


def _next_escalation(contract: Contract, today: date) -> date | None:
    """The first escalation after ``today`` under the version then in force."""
    found = [
        day
        for version in contract.versions
        for escalator in version.rules.escalator
        for day in [_step_after(escalator, max(today, version.period.start - timedelta(days=1)))]
        if day in version.period
    ]
    return min(found, default=None)


def _step_after(escalator: Escalator, day: date) -> date:
    months = (day.year - escalator.start.year) * 12 + day.month - escalator.start.month
    steps = max(1, months // escalator.months)
    while (step := add_months(escalator.start, steps * escalator.months)) <= day < FOREVER:
        steps += 1
    return step
