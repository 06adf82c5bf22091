"""The calendar a negotiation is prepared by: counted back from the day new terms should begin.

The twelve months and what belongs in each are the field's usual plan: preparation begins a year ahead (HFMA), a cycle
led by a large payer may take eighteen months, ninety days' notice is the bare minimum, and a payer needs about thirty
days to set up rates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from evenhand.contracts import Contract, key_dates
from evenhand.negotiation.record.model import AGREED, LANGUAGE, OPEN, RATE, Negotiation
from evenhand.periods import add_months

State = Literal["done", "late", "now", "ahead"]
SOURCE = "Practice calendar: HFMA's twelve months, with practitioners' notice and set-up times; a plan, not a rule."


@dataclass(frozen=True, slots=True)
class EndOfTerm:
    """When a contract's term ends, when notice must be given, and when new terms should begin.

    ``missed`` is the notice day that has passed for the term running now: without an agreement or an earlier notice,
    the contract renews until ``ends``.
    """

    ends: date | None
    notice_by: date | None
    effective: date | None
    missed: date | None = None


def end_of_term(contract: Contract, today: date, effective: date | None = None) -> EndOfTerm:
    """The end a negotiation is counted back from.

    Args:
        contract: as signed.
        today: the day it is seen from.
        effective: the day new terms should begin, where a negotiation says so.
    """
    days = key_dates(contract, today)
    begins = effective or (days.term_ends + timedelta(days=1) if days.term_ends else None)
    notice = contract.renewal.get("notice")
    if effective is None or days.term_ends is None or notice is None or contract.terminated:
        by = days.notice_by
    else:  # the term that ends before new terms begin
        by = key_dates(contract, max(effective - timedelta(days=1), contract.period.start)).notice_by
    return EndOfTerm(days.term_ends, by, begins, by if by and by < today else None)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: from so many months before the end up to so many; ``done`` looks in the record."""

    earliest: int
    latest: int
    what: str
    done: Callable[[Negotiation], bool]
    proof: str

    def days(self, end: date) -> tuple[date, date]:
        """Its first and its last day."""
        return add_months(end, self.earliest), add_months(end, self.latest)


def _positions(one: Negotiation) -> bool:
    return bool(one.issues) and all(i.target and i.walk_away for i in one.issues if i.status == OPEN)


def _approved(what: str) -> Callable[[Negotiation], bool]:
    return lambda one: any(a.what == what and a.given for a in one.approvals)


def _reviewed(one: Negotiation) -> bool:
    kinds = {issue.kind for issue in one.issues if issue.today}
    return {RATE, LANGUAGE} <= kinds


def _noticed(one: Negotiation) -> bool:
    return any(n.kind in ("non-renewal", "termination") and n.sent for n in one.notices) or _settled(one)


def _settled(one: Negotiation) -> bool:
    return bool(one.issues) and not one.open_issues


def _told(one: Negotiation) -> bool:
    return any(n.kind in ("patients", "members", "regulator") and n.sent for n in one.notices) or _settled(one)


def _accepted(one: Negotiation) -> bool:
    return any(r.state == "accepted" for r in one.rounds) and any(i.status == AGREED for i in one.issues)


STEPS = (
    Step(-12, -11, "Inventory, data pull, notice days", lambda n: n.opened is not None, "the negotiation is opened"),
    Step(-11, -10, "Review of contract, scorecard, language", _reviewed, "rates and words stand with what holds today"),
    Step(
        -10,
        -9,
        "Targets and walk-aways set and approved",
        lambda n: _positions(n) and _approved("targets")(n),
        "each open issue has both, and an approval of targets is dated",
    ),
    Step(-9, -8, "Alternatives priced", lambda n: n.zone is not None, "the walk-away is worked out and kept"),
    Step(-8, -7, "Proposal and letter sent", lambda n: bool(n.rounds_by("us")), "there is a round by us"),
    Step(
        -6,
        -4,
        "Rounds, monthly committee",
        lambda n: bool(n.rounds_by("us") and n.rounds_by("them")),
        "both sides have offered",
    ),
    Step(-4, -3, "Escalation; notice given if it must be", _noticed, "a notice is sent, or nothing is open"),
    Step(-3, -2, "Contingency; patients and regulator as law asks", _told, "such a notice is sent, or nothing is open"),
    Step(-2, -1, "Language settled; set-up tested", _settled, "no issue is open"),
    Step(0, 0, "New terms begin", _accepted, "a round is accepted"),
    Step(1, 3, "First remittances repriced", lambda n: False, "run evenhand variance on claims after the first day"),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A step on the calendar, and how it stands."""

    step: Step
    first: date
    last: date
    state: State


@dataclass(frozen=True, slots=True)
class Calendar:
    """The preparation of one negotiation as it stands on a day; empty ``steps`` where the contract has no end."""

    today: date
    ends: EndOfTerm
    steps: tuple[Dated, ...]

    @property
    def late(self) -> tuple[Dated, ...]:
        """What should be done by now and is not."""
        return tuple(one for one in self.steps if one.state == "late")

    @property
    def next_due(self) -> Dated | None:
        """The step not yet done whose last day comes first."""
        return next((one for one in self.steps if one.state != "done"), None)

    @property
    def days_left(self) -> int | None:
        """Days until new terms should begin; negative when they should have."""
        return None if self.ends.effective is None else (self.ends.effective - self.today).days


def calendar(negotiation: Negotiation, contract: Contract, today: date) -> Calendar:
    """The preparation calendar of a negotiation.

    Args:
        negotiation: as its file says.
        contract: the contract it is about.
        today: the day it is seen from.
    """
    ends = end_of_term(contract, today, negotiation.effective)
    if ends.effective is None:
        return Calendar(today, ends, ())
    return Calendar(today, ends, tuple(_dated(step, negotiation, ends.effective, today) for step in STEPS))


def _dated(step: Step, negotiation: Negotiation, end: date, today: date) -> Dated:
    first, last = step.days(end)
    if step.done(negotiation):
        return Dated(step, first, last, "done")
    return Dated(step, first, last, "late" if last < today else "now" if first <= today else "ahead")
