"""One version of a contract with its exposures: the cents its claims come to under a scenario's rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from evenhand.pricing.scenarios.cents import BeyondCentsError, Whole
from evenhand.pricing.scenarios.changes import Scenario
from evenhand.pricing.scenarios.exposures import Exposure
from evenhand.pricing.scenarios.knots import Knots
from evenhand.pricing.scenarios.rates import Pieces, Reader, TermRates, VersionRates

#: What the value of a term's exposures hangs on: the term, its rates, the factor of the first procedure.
TermKey = tuple[int, TermRates, int]


@dataclass(slots=True)
class ExposedVersion:
    """The lines of one version that need no pricing again.

    Attributes:
        number: the version's.
        reader: reads scenarios against it.
        pieces: the prices of one unit, term by term.
        first_keys: term by term, the key its first piece has.
        dormant: term by term, the pieces without a price whose lines would rank once they had one.
        exposures: of each term, by its place.
        knots: lines that hang together, if there are any.
    """

    number: int
    reader: Reader
    pieces: Sequence[Pieces]
    first_keys: Sequence[int]
    dormant: Sequence[Whole]
    exposures: Sequence[Sequence[Exposure]]
    knots: Knots | None
    base: VersionRates = field(init=False)
    known_terms: dict[TermKey, int] = field(default_factory=dict)
    known_knots: dict[object, Whole] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = self.reader.read(Scenario(""))
        assert told is not None
        self.base = told

    def totals(self, told: VersionRates) -> dict[tuple[int, int], int]:
        """Cents by version and term number.

        Raises:
            BeyondCentsError: a rate or a fee cannot be told from here.
        """
        first = told.ranking[0] if told.ranking else 10**6
        values = [self._term(place, rates, first) for place, rates in enumerate(told.terms)]
        tied = self._tied(told)
        return {(self.number, place + 1): value + int(tied[place]) for place, value in enumerate(values)}

    def _term(self, place: int, told: TermRates, first: int) -> int:
        key = (place, told, first)
        if not self.exposures[place]:
            return 0
        if key not in self.known_terms:
            rates = self.rates(place, told)
            self.known_terms[key] = sum(each.value(rates, told.percent, first) for each in self.exposures[place])
        return self.known_terms[key]

    def rates(self, place: int, told: TermRates) -> Whole:
        """The rate of each piece of a term in cents.

        Raises:
            BeyondCentsError: they cannot be told from here.
        """
        rates = self.pieces[place].rates(told)
        if rates is None or rates[self.dormant[place]].any():
            raise BeyondCentsError
        return rates

    def fits(self, expected: Whole) -> bool:
        """Whether the lines that hang together come to what pricing gave them."""
        return self.knots is None or bool((self.expected(self.base) == expected).all())

    def _tied(self, told: VersionRates) -> Whole:
        """Cents of the lines that hang together, by term."""
        if self.knots is None:
            return np.zeros(len(told.terms), dtype=np.int64)
        key = (told.terms, told.ranking)
        if key not in self.known_knots:
            self.known_knots[key] = self.by_term(self.expected(told))
        return self.known_knots[key]

    def expected(self, told: VersionRates) -> Whole:
        """What each of the lines that hang together is worth.

        Raises:
            BeyondCentsError: a rate or a fee cannot be told from here.
        """
        assert self.knots is not None
        rates = [self.rates(place, each) for place, each in enumerate(told.terms)]
        percents = np.array([each.percent or 0 for each in told.terms], dtype=np.int64)
        return self.knots.expected(np.concatenate(rates), percents, told.ranking)

    def by_term(self, expected: Whole) -> Whole:
        """Sums by term."""
        assert self.knots is not None
        return self.knots.by_term(expected, len(self.pieces))
