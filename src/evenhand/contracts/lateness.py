"""Prompt payment as data: when a claim is to be paid, and what the payer owes when it pays later."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from evenhand.periods import ALWAYS, Period

if TYPE_CHECKING:
    from evenhand.contracts.escalation import Index
    from evenhand.contracts.model import Selector

#: What a rate of lateness is for: a year, a month of thirty days, or once however long it lasts.
PerTime = Literal["year", "month", "once"]
#: What it is a share of: the payment that was late, or the charges less the allowed amount.
LateBase = Literal["payment", "discount"]
#: How days late become months: by the day, begun months in full, or whole months only.
Months = Literal["days", "begun", "whole"]

#: Days of a month of lateness.
MONTH = 30
#: Factors of lateness are held to so many decimals.
FACTOR = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True)
class LateStep:
    """What is owed for the days late up to ``to_day``; ``None``: for all that are left.

    Of terms ``once`` a step is for payments so many days late: ``most`` dollars at most, and ``yearly`` interest
    on that amount for every day late.
    """

    share: Decimal
    to_day: int | None = None
    most: Decimal | None = None
    yearly: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LateTerms:
    """When payment is due, and what is owed when it comes later, from the first day late.

    ``days`` and ``paper_days`` count from receipt of the claim; ``None``: the contract's ``payment_days``. With
    ``linked_to`` the yearly share is that index plus ``margin``, at least ``at_least``.
    """

    days: int | None
    paper_days: int | None = None
    working: bool = False
    per: PerTime = "year"
    steps: tuple[LateStep, ...] = ()
    of: LateBase = "payment"
    year_days: int = 365
    months: Months = "days"
    linked_to: str = ""
    margin: Decimal = Decimal(0)
    at_least: Decimal | None = None
    period: Period = ALWAYS

    def step(self, late: int) -> LateStep:
        """The step a payment so many days late falls under."""
        return next(step for step in self.steps if step.to_day is None or late <= step.to_day)

    def factor(self, late: int) -> Decimal:
        """What is owed for so many days late, as a share of what was late: held to ten decimals."""
        if self.per == "once":
            return self.step(late).share
        owed, done = Decimal(0), 0
        for step in self.steps:
            last = late if step.to_day is None else min(late, step.to_day)
            owed += step.share * self._times(last - done)
            done = max(done, last)
        return _held(owed)

    def _times(self, days: int) -> Decimal:
        """How often a step's share is owed for so many of its days."""
        if days <= 0:
            return Decimal(0)
        if self.per == "year":
            return Decimal(days) / self.year_days
        months = {"days": Decimal(days) / MONTH, "begun": Decimal(-(-days // MONTH)), "whole": Decimal(days // MONTH)}
        return months[self.months]

    def yearly_factor(self, late: int) -> Decimal:
        """What is owed in addition on an amount owed once."""
        return _held((self.step(late).yearly or Decimal(0)) * late / self.year_days)


def wrong_steps(steps: tuple[LateStep, ...]) -> tuple[str, str] | None:
    """What is wrong with steps and what would be right: their days go up, and only the last has no end."""
    ends = [step.to_day for step in steps]
    bounded = [end for end in ends[:-1] if end is not None]
    if not ends or ends[-1] is not None or len(bounded) < len(ends) - 1:
        return "the last step, and only that, is for however many days late", "give each other one its last day"
    if any(first >= second for first, second in pairwise(bounded)):
        return "the days of the steps do not go up", "put them in order"
    return None


def _held(factor: Decimal) -> Decimal:
    return factor.quantize(FACTOR, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class StateSource:
    """Where the terms of a state were found, and how sure they are."""

    state: str
    citation: str = ""
    status: str = ""
    note: str = ""
    table: str = field(default="", compare=False)  # the contract's own file of states; empty: the built-in one


@dataclass(frozen=True, slots=True)
class PromptPay:
    """Prompt payment: the terms by the day they hold from, for claims it covers; the first that covers a claim holds.

    Without ``covers`` it is for every claim of the contract. ``paper``: claims go out on paper.
    """

    terms: tuple[LateTerms, ...]
    paper: bool = False
    index: Index | None = None
    covers: Selector | None = None
    period: Period = ALWAYS
    cite: str = ""
    source: StateSource | None = None
    line: int = field(default=0, compare=False)

    def days(self, received: date, payment_days: int | None) -> tuple[int | None, bool]:
        """Within how many days a claim received then is to be paid, and whether only working days count."""
        terms = self._on(received) or self.terms[-1]
        stated = terms.paper_days if self.paper and terms.paper_days is not None else terms.days
        return (payment_days if stated is None else stated), terms.working

    def late_terms(self, first_late: date) -> LateTerms | None:
        """What a payment due the day before costs; ``None`` where no rate is known for that day."""
        terms = self._on(first_late)
        if terms is None or not terms.linked_to:
            return terms
        share = self._linked_share(terms, first_late)
        return None if share is None else _with_share(terms, share)

    def _on(self, day: date) -> LateTerms | None:
        return next((terms for terms in self.terms if day in terms.period), None)

    def _linked_share(self, terms: LateTerms, day: date) -> Decimal | None:
        """The index in force on a day, in percent, with margin and floor."""
        published = {} if self.index is None else self.index.values
        months = [month for month in published if month <= day]
        if not months:
            return None
        share = published[max(months)] / 100 + terms.margin
        return share if terms.at_least is None else max(share, terms.at_least)


def _with_share(terms: LateTerms, share: Decimal) -> LateTerms:
    return replace(terms, steps=(LateStep(share),), linked_to="", margin=Decimal(0), at_least=None, period=ALWAYS)
