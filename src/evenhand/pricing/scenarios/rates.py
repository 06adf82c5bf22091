"""The rates of a term under a scenario: the same steps from amount to cents as pricing takes, over whole arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from evenhand.contracts.escalation import Escalator
from evenhand.contracts.methods import Amount, PaidBySchedule, PercentOf, PercentOfCharges
from evenhand.contracts.model import Contract, FeeSchedule, Term, Version
from evenhand.contracts.moved import moves
from evenhand.pricing.escalations import steps
from evenhand.pricing.readiness import require_priceable
from evenhand.pricing.scenarios.cents import Whole, times, whole
from evenhand.pricing.scenarios.changes import Change, Scenario
from evenhand.pricing.scenarios.changing import change_version
from evenhand.pricing.scenarios.known import ranking_of, skeleton


@dataclass(frozen=True, slots=True)
class TermRates:
    """What decides the rates of one term: equal values, equal rates.

    Attributes:
        amount: a stated amount in ten-thousandths of a dollar.
        percent: the multiplier in millionths.
        moves: what is done to the rates of its schedule, in order.
        escalation: where an escalator is changed that moves the term, each factor as it was and as it is then, in
            hundred-millionths; empty when one cannot be told from the other.
    """

    amount: int | None = None
    percent: int | None = None
    moves: tuple[Change, ...] = ()
    escalation: tuple[tuple[int, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class VersionRates:
    """The rates of all terms of a version, by term number, and the factors of its ranking."""

    terms: tuple[TermRates, ...]
    ranking: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads scenarios against one version: as rates where it only moves rates, as nothing where it does more."""

    contract: Contract
    version: Version
    until: date
    light: Version = field(init=False)
    bones: object = field(init=False)

    def __post_init__(self) -> None:
        bare = {name: FeeSchedule(name, ()) for name in self.version.schedules}
        object.__setattr__(self, "light", replace(self.version, schedules=bare))
        object.__setattr__(self, "bones", skeleton(self.light))

    def read(self, scenario: Scenario) -> VersionRates | None:
        """The rates under a scenario; ``None`` when it changes more than rates.

        Raises:
            PricingError: The changed contract cannot be priced.
        """
        version, moved = self.light, dict[str, list[Change]]()
        for change in scenario.ordered():
            if change.kind == "schedule":
                if "-" in change.key:
                    return None
                self._move(moved, change)
            elif self._multiplies_schedule(change):
                moved.setdefault(change.name, []).append(change)
            else:
                version = change_version(version, change) or version
        if version is not self.light and skeleton(version) != self.bones:
            return None
        if version is not self.light:
            require_priceable([replace(self.contract, versions=(version,))])
        return self._rates(version, moved)

    def _move(self, moved: dict[str, list[Change]], change: Change) -> None:
        for term in self.version.terms:
            if isinstance(term.pay, PaidBySchedule | PercentOf) and term.pay.schedule == change.name:
                moved.setdefault(term.name, []).append(change)

    def _multiplies_schedule(self, change: Change) -> bool:
        return (
            change.kind == "term"
            and not change.key
            and any(term.name == change.name and isinstance(term.pay, PaidBySchedule) for term in self.version.terms)
        )

    def _rates(self, version: Version, moved: dict[str, list[Change]]) -> VersionRates | None:
        pairs = list(zip(self.version.rules.escalator, version.rules.escalator, strict=True))
        if any(one != other and other.factor <= 0 for one, other in pairs):
            return None
        terms = tuple(
            _term_rates(term, tuple(moved.get(term.name, ())), self._escalation(term, pairs)) for term in version.terms
        )
        ranking = ranking_of(version.rules)
        return VersionRates(terms, () if ranking is None else tuple(whole(each, 6) for each in ranking.factors))

    def _escalation(
        self, term: Term, pairs: Sequence[tuple[Escalator, Escalator]]
    ) -> tuple[tuple[int, int], ...] | None:
        """The factors a term has been escalated by, each with the one that takes its place."""
        if all(one == other for one, other in pairs):
            return None
        movers = [pair for pair in pairs if moves(pair[0], term)]
        if all(one == other for one, other in movers):
            return None
        old, new = (list(steps([pair[side] for pair in movers], self.until)) for side in (0, 1))
        if [period for period, _ in old] != [period for period, _ in new]:
            return ()
        told = {(whole(was, 8), whole(now, 8)) for (_, was), (_, now) in zip(old, new, strict=True) if was and now}
        return tuple(sorted(told)) if len({was for was, _ in told}) == len(told) else ()


def _term_rates(term: Term, moved: tuple[Change, ...], escalation: tuple[tuple[int, int], ...] | None) -> TermRates:
    pay = term.pay
    return TermRates(
        amount=whole(pay.amount, 4) if isinstance(pay, Amount) else None,
        percent=whole(pay.factor, 6) if isinstance(pay, PercentOf | PercentOfCharges) else None,
        moves=moved,
        escalation=escalation,
    )


@dataclass(frozen=True, slots=True)
class Pieces:
    """The prices of one unit of a term that occur in the book, in whole numbers.

    Attributes:
        code: for terms by a schedule.
        basis: ten-thousandths of a dollar.
        escalation: hundred-millionths.
        modifier_factor: millionths.
    """

    code: npt.NDArray[np.object_]
    basis: Whole
    escalation: Whole
    modifier_factor: Whole

    def rates(self, told: TermRates) -> Whole | None:
        """The rate of each piece in cents; ``None`` where they cannot be told from here.

        Raises:
            BeyondCentsError: a rate does not fit 64 bits.
        """
        basis = self.basis if told.amount is None else np.full_like(self.basis, told.amount)
        for change in told.moves:
            basis = self._moved(basis, change)
        plain = times(basis, 1, 100) if told.percent is None else times(basis, told.percent, 10**8)
        escalation = self.escalation if told.escalation is None else self._escalated(told.escalation)
        if escalation is None:
            return None
        escalated = plain if escalation is self.escalation and self.level else times(plain, escalation, 10**8)
        return escalated if self.bare else times(escalated, self.modifier_factor, 10**6)

    @property
    def level(self) -> bool:
        """Whether no piece is escalated."""
        return bool((self.escalation == 10**8).all())

    @property
    def bare(self) -> bool:
        """Whether no modifier moves a rate."""
        return bool((self.modifier_factor == 10**6).all())

    def _moved(self, basis: Whole, change: Change) -> Whole:
        mask = slice(None) if not change.key else self.code == change.key.upper()
        moved = basis.copy()
        if change.times:
            exponent = -min(int(change.value.as_tuple().exponent), 0)
            by, over = int(change.value.scaleb(exponent)), 10 ** (exponent + 2)
            moved[mask] = times(basis[mask], by, over) * 100
        else:
            moved[mask] = whole(change.value, 4)
        return moved

    def _escalated(self, told: tuple[tuple[int, int], ...]) -> Whole | None:
        """The escalation by other escalators."""
        if not told:
            return None  # the number of steps cannot be told from the factor
        was, now = np.array(told, dtype=np.int64).T
        place = np.minimum(np.searchsorted(was, self.escalation), len(was) - 1)
        return now[place] if bool((was[place] == self.escalation).all()) else None
