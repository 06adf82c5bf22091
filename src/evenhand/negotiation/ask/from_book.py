"""The best ask of a payer, from the claims of a book and the contract in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evenhand.book import Book
from evenhand.contracts.model import Contract
from evenhand.contracts.shapes import suggest
from evenhand.engines import Engine
from evenhand.errors import UsageError
from evenhand.negotiation.ask.answer import Answer
from evenhand.negotiation.ask.best import best_ask
from evenhand.negotiation.ask.bounds import Bound, charge_bound, gain_at
from evenhand.negotiation.ask.closed import Frontier, frontier
from evenhand.negotiation.ask.ladders import ladders_of
from evenhand.negotiation.ask.paid_today import PaidRate, PaidToday, paid_today
from evenhand.negotiation.ask.plan_shares import plan_shares
from evenhand.negotiation.ask.problem import AskProblem, Limits, RateRoom
from evenhand.negotiation.ask.question import AskQuestion, Size
from evenhand.negotiation.ask.worth_of_limits import LimitWorth, worth_of_limits
from evenhand.negotiation.offer_value import OfferQuestion, days_valued

_STEP = 0.025
#: What widening one limit may take in a mixed-integer programme: there are several to widen.
_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class AskedRate:
    """One rate, today and asked.

    Attributes:
        paid: what it pays today.
        room: its place in the problem.
        bound: what holds it: the most it may rise by, and why.
        rise: the rise asked for, as a share.
    """

    paid: PaidRate
    room: RateRoom
    bound: Bound
    rise: float


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """The best ask, with all that stands behind it.

    Attributes:
        contract: the contract as signed.
        question: what was asked.
        effective: the ask's first day.
        first_day, last_day: the claims' days.
        paid: what the contract pays today.
        plan_pays: what of it the plan pays, the patients' share taken off, in dollars.
        answer: the ask as the optimiser has it.
        rates: each rate that could rise, most dollars first.
        held: rates that cannot, with the reason: at the market's percentile, at the charge.
        worth: what the limits that bind cost us.
        edge: the most we can gain for each amount the plan spends, ladders and counts aside.
    """

    contract: Contract
    question: AskQuestion
    effective: date
    first_day: date
    last_day: date
    paid: PaidToday
    plan_pays: float
    answer: Answer
    rates: tuple[AskedRate, ...]
    held: tuple[tuple[PaidRate, Bound], ...]
    worth: tuple[LimitWorth, ...]
    edge: Frontier

    @property
    def allowed(self) -> float:
        """What is allowed more a year, plan and patients together."""
        return sum(one.room.volume * one.room.rate * one.rise for one in self.rates)


def ask_of(source: Book | Engine, contract: Contract, question: AskQuestion) -> Ask:
    """Work out the best ask under a contract, on a book's claims.

    Args:
        source: a book, or an engine that holds the service and settled tables of one.
        contract: as signed.
        question: the budget, what is plausible, and the shape.

    Raises:
        SelectionError: the book holds no claims.
        UsageError: nothing is paid under the contract on these days, or the question names what is not there.
        InfeasibleError: no ask keeps to all limits; those that clash are named.
    """
    engine = source.settled() if isinstance(source, Book) else source
    days = days_valued(engine, OfferQuestion(question.first_day, question.last_day))
    effective = _effective(contract, question, days[1])
    paid = paid_today(engine, contract, days, as_of=effective, levels=_levels(question.most_rise))
    if not paid.rates:
        words = f"no claim that begins from {days[0]} to {days[1]} is paid by a rate of {contract.name}"
        raise UsageError(f"{words}; check --from and --to, and that the contract is for these claims")
    shares = plan_shares(paid, question.assumptions)
    rooms, bounds, held = _rooms(paid, shares, question)
    plan_pays = sum(float(rate.amount) * shares[rate.schedule, rate.name] for rate in paid.rates) + float(paid.others)
    problem = AskProblem(list(rooms.values()), _limits(paid, shares, rooms, question, plan_pays))
    answer = _solved(problem, question)
    again = replace(question, seconds=min(question.seconds, _SECONDS))
    return Ask(
        contract,
        question,
        effective,
        *days,
        paid,
        plan_pays,
        answer,
        _asked(paid, rooms, bounds, answer),
        tuple(held),
        tuple(worth_of_limits(answer, lambda other: _solved(other, again), spend=plan_pays)),
        frontier(problem),
    )


def _solved(problem: AskProblem, question: AskQuestion) -> Answer:
    """The best ask; a service line rises no further than any rate may."""
    shape = question.shape
    if shape is not None:
        shape = replace(shape, grid=tuple(rise for rise in shape.levels if rise <= question.most_rise + 1e-9))
    return best_ask(problem, shape=shape, doubt=question.doubt, seconds=question.seconds)


def _effective(contract: Contract, question: AskQuestion, last: date) -> date:
    """The first day asked for, else the first of the month after the last claim.

    Raises:
        UsageError: the contract does not hold then, and no last day is given.
    """
    day = question.effective or (last.replace(day=1) + timedelta(days=32)).replace(day=1)
    if day < contract.period.start:
        raise UsageError(f"the ask cannot hold from {day}: the contract begins on {contract.period.start}")
    if day not in contract.period and (question.ends is None or question.ends <= day):
        raise UsageError(f"the contract ends on {contract.period.last}; give --ends, the last day of what is asked for")
    return day


def _levels(most: float) -> tuple[float, ...]:
    """Rises from 2.5 % to the most, in steps of 2.5 %."""
    steps = [round(_STEP * number, 6) for number in range(1, int(most / _STEP - 1e-9) + 1)]
    return (*steps, most)


def _rooms(
    paid: PaidToday, shares: Mapping[tuple[str, str], float], question: AskQuestion
) -> tuple[dict[int, RateRoom], dict[int, Bound], list[tuple[PaidRate, Bound]]]:
    """The rates that can rise, by their place, with what holds each; and those that cannot."""
    rooms: dict[int, RateRoom] = {}
    bounds: dict[int, Bound] = {}
    held = []
    collected = question.assumptions.value("patient_collected")
    names: set[str] = set()
    for place, rate in enumerate(paid.rates):
        bound = _bound(rate, paid.levels, question)
        if bound.rise <= 1e-9:
            held.append((rate, bound))
            continue
        gained = gain_at(rate, paid.levels, bound.rise)
        if gained <= 0:
            held.append((rate, Bound(0.0, "pays no more")))
            continue
        plan = shares[rate.schedule, rate.name]
        name = rate.name if rate.name not in names else f"{rate.name} of {rate.schedule}"
        names.add(name)
        bounds[place] = bound
        rooms[place] = RateRoom(
            name,
            rate.rate,
            gained / (rate.rate * bound.rise),
            rate.rate * (1 + bound.rise),
            plan + (1 - plan) * collected or 1e-6,
            plan,
            rate.line,
        )
    return rooms, bounds, held


def _bound(rate: PaidRate, levels: tuple[float, ...], question: AskQuestion) -> Bound:
    """The tightest of the cap, the market's percentile, the charge, and what the caller brings."""
    found = [Bound(question.most_rise, "cap")]
    market = question.market.rise_to(question.percentile, rate) if question.market is not None else None
    if market is not None:
        found.append(Bound(market, f"market p{question.percentile}"))
    found += [one for one in (charge_bound(rate, levels), question.bounds.get(rate.name)) if one is not None]
    return min(found, key=lambda one: one.rise)


def _limits(
    paid: PaidToday,
    shares: Mapping[tuple[str, str], float],
    rooms: Mapping[int, RateRoom],
    question: AskQuestion,
    plan_pays: float,
) -> Limits:
    plan: dict[str, float] = {}
    whole: dict[str, float] = {}
    for rate in paid.rates:
        plan[rate.line] = plan.get(rate.line, 0.0) + float(rate.amount) * shares[rate.schedule, rate.name]
        whole[rate.line] = whole.get(rate.line, 0.0) + float(rate.amount)
    lines = {room.line for room in rooms.values()}
    return Limits.of(
        question.budget.of(plan_pays),
        line_caps=_in_dollars(question.line_caps, plan, lines),
        line_needs=_in_dollars(question.line_needs, whole, lines, needed=True),
        ladders=ladders_of({room.code for room in rooms.values()}, question.ladders),
        at_most=question.at_most,
        least_change=question.least_change,
        need=None if question.need is None else question.need.of(float(paid.amount)),
    )


def _in_dollars(
    sizes: Mapping[str, Size], base: Mapping[str, float], lines: set[str], *, needed: bool = False
) -> dict[str, float]:
    for line in sizes:
        if line not in base:
            raise UsageError(f"no rate is in a service line called '{line}'; {suggest(line, sorted(base))}")
        if needed and line not in lines:
            raise UsageError(f"no rate of {line} can rise within what is plausible; it cannot bring anything")
    return {line: size.of(base[line]) for line, size in sizes.items() if line in lines}


def _asked(
    paid: PaidToday, rooms: Mapping[int, RateRoom], bounds: Mapping[int, Bound], answer: Answer
) -> tuple[AskedRate, ...]:
    found = [
        AskedRate(paid.rates[place], room, bounds[place], float(rise) / room.rate)
        for (place, room), rise in zip(rooms.items(), answer.rise, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.rise * one.room.rate * one.room.volume, one.room.code)))
