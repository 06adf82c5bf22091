"""The ask as data: what each rate could rise by, what that is worth to us, what it costs the payer, and the limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np
import numpy.typing as npt

from evenhand.contracts.shapes import suggest
from evenhand.errors import UsageError

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

#: The plan of rates that name none.
ONE_PLAN = ""


@dataclass(frozen=True, slots=True)
class RateRoom:
    """One rate that could be asked for.

    Attributes:
        code: what it is a rate of; each once for a plan.
        rate: today's rate in dollars a unit; above zero.
        volume: units a year that the rate is paid for.
        most: the highest rate that can be asked for: a market percentile, a cap, the charge; at least today's.
        worth: what of one more dollar allowed we keep, 0 to 1 and above zero.
        payer_share: what of one more dollar allowed the plan pays, the patient's share taken off, 0 to 1.
        line: its service line.
        plan: whose budget it is paid from.
    """

    code: str
    rate: float
    volume: float
    most: float
    worth: float = 1.0
    payer_share: float = 1.0
    line: str = "All"
    plan: str = ONE_PLAN


@dataclass(frozen=True, slots=True)
class Limits:
    """What an ask must keep to.

    Attributes:
        budgets: the most the ask may cost each plan, in dollars a year.
        line_caps: the most the rise of a service line may cost the payers, in dollars a year.
        ladders: pairs of codes; the first is never paid more than the second. Pairs out of order today bind nobody.
        at_most: the most codes to be changed.
        least_change: the least change worth a line of an ask, as a share of today's rate; it holds with ``at_most``.
        need: the least the ask must bring us, in dollars a year.
        line_needs: the least it must bring us from a service line, in dollars a year.
    """

    budgets: Mapping[str, float]
    line_caps: Mapping[str, float] = field(default_factory=dict)
    ladders: Sequence[tuple[str, str]] = ()
    at_most: int | None = None
    least_change: float = 0.02
    need: float | None = None
    line_needs: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, budget: float, **others: Any) -> Limits:
        """Limits with one budget for everything."""
        return cls({ONE_PLAN: budget}, **others)


class AskProblem:
    """Rates that could rise, under limits. Each is a share, 0 to 1, of its room between today and the most.

    Args:
        rooms: the rates.
        limits: what the ask must keep to.

    Raises:
        UsageError: a number makes no sense, a code stands twice, or a limit names what is not there.
    """

    def __init__(self, rooms: Sequence[RateRoom], limits: Limits) -> None:
        self.rooms = tuple(rooms)
        self.limits = limits
        self.lines = tuple(dict.fromkeys(room.line for room in self.rooms))
        self.plans = tuple(dict.fromkeys(room.plan for room in self.rooms))
        self._place = {(room.plan, room.code): place for place, room in enumerate(self.rooms)}
        _check(self)

    def __len__(self) -> int:
        return len(self.rooms)

    def _of(self, name: str) -> Floats:
        return np.array([getattr(room, name) for room in self.rooms], dtype=np.float64)

    @cached_property
    def rate(self) -> Floats:
        """Today's rates."""
        return self._of("rate")

    @cached_property
    def room(self) -> Floats:
        """Dollars a unit between today's rate and the most."""
        return self._of("most") - self.rate

    @cached_property
    def gain(self) -> Floats:
        """What each brings us a year at its most."""
        return self._of("worth") * self._of("volume") * self.room

    @cached_property
    def cost(self) -> Floats:
        """What each costs its plan a year at its most."""
        return self._of("payer_share") * self._of("volume") * self.room

    @cached_property
    def charged(self) -> Floats:
        """What of its plan's budget each takes at its most: its cost, unless doubt is added to it."""
        return self.cost

    @cached_property
    def line_of(self) -> Whole:
        """The place of each one's service line in ``lines``."""
        places = {line: place for place, line in enumerate(self.lines)}
        return np.array([places[room.line] for room in self.rooms], dtype=np.int64)

    @cached_property
    def plan_of(self) -> Whole:
        """The place of each one's plan in ``plans``."""
        places = {plan: place for place, plan in enumerate(self.plans)}
        return np.array([places[room.plan] for room in self.rooms], dtype=np.int64)

    @cached_property
    def least(self) -> Floats:
        """The share of its room each must rise by, if it rises at all; above 1 where the room is less than that."""
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(self.room > 0, self.limits.least_change * self.rate / self.room, np.inf)
        return np.asarray(share * (1 - 1e-9), dtype=np.float64)  # what is only just enough is enough

    @cached_property
    def steps(self) -> list[tuple[int, int]]:
        """The ladders that hold today, as places: the first is never paid more than the second, in each plan."""
        found = []
        for plan in self.plans:
            for low, high in self.limits.ladders:
                pair = self._place.get((plan, low)), self._place.get((plan, high))
                if pair[0] is not None and pair[1] is not None and self.rate[pair[0]] <= self.rate[pair[1]]:
                    found.append((pair[0], pair[1]))
        return found

    def padded(self, charged: Floats) -> AskProblem:
        """The same problem whose budgets are filled by other amounts than the cost expected."""
        other = copy(self)
        other.__dict__["charged"] = charged
        return other

    def with_limits(self, limits: Limits) -> AskProblem:
        """The same rates under other limits."""
        return AskProblem(self.rooms, limits)


def _check(problem: AskProblem) -> None:
    if not problem.rooms:
        raise UsageError("there is no rate to ask for; every rate is at its most already, or none is paid")
    if len(problem._place) < len(problem.rooms):
        codes = [(room.plan, room.code) for room in problem.rooms]
        twice = next(code for code in codes if codes.count(code) > 1)
        raise UsageError(f"{twice[1]} stands twice among the rates to ask for; give each code once a plan")
    for room in problem.rooms:
        _check_room(room)
    _check_limits(problem)


def _check_room(room: RateRoom) -> None:
    numbers = (room.rate, room.volume, room.most, room.worth, room.payer_share)
    wrong = (
        (not all(isfinite(number) for number in numbers), "one of its numbers is not finite"),
        (room.rate <= 0, f"today's rate is {room.rate:g}; a rate to raise is above 0"),
        (room.volume < 0, f"the volume is {room.volume:g}; it is 0 or more"),
        (room.most < room.rate, f"the most, {room.most:g}, is below today's {room.rate:g}"),
        (not 0 < room.worth <= 1, f"what we keep of a dollar is {room.worth:g}; it is above 0 and at most 1"),
        (not 0 <= room.payer_share <= 1, f"the plan's share of a dollar is {room.payer_share:g}; it is from 0 to 1"),
    )
    for is_wrong, words in wrong:
        if is_wrong:
            raise UsageError(f"{room.code}: {words}")


def _check_limits(problem: AskProblem) -> None:
    limits = problem.limits
    for plan in problem.plans:
        if plan not in limits.budgets:
            raise UsageError(f"{plan or 'the plan'} has no budget; give the most the ask may cost it")
    for what, amounts, known in (
        ("budget", limits.budgets, problem.plans),
        ("cap", limits.line_caps, problem.lines),
        ("need", limits.line_needs, problem.lines),
    ):
        for name, amount in amounts.items():
            if name not in known:
                raise UsageError(f"the {what} names '{name}', which no rate to ask for has; {suggest(name, known)}")
            if not (isfinite(amount) and amount >= 0):
                raise UsageError(f"the {what} of {name or 'the plan'} is {amount:g}; it is 0 dollars or more")
    if limits.at_most is not None and limits.at_most < 1:
        raise UsageError(f"at most {limits.at_most} codes cannot be changed; allow 1 or more")
    if not 0 <= limits.least_change < 1:
        raise UsageError(f"the least change is {limits.least_change:g}; it is a share of today's rate, such as 0.02")
