"""What if the rates were these? Dollars a year on one's own claims, prepared once and then asked as often as one likes.

The claims of the last twelve months are priced under the contract as it stands on the day new terms should begin, and
collapsed (:mod:`evenhand.pricing.scenarios.kept`). Each question is then answered in milliseconds and is,
for the first year, what pricing every claim again would give, to the cent; where it cannot be, the answer says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.contracts.methods import PercentOfCharges
from evenhand.contracts.model import Term, Version
from evenhand.contracts.moved import moves
from evenhand.engines import DuckDB
from evenhand.errors import UsageError
from evenhand.money import to_cents
from evenhand.negotiation.offer_value import OfferQuestion, claims_chosen, days_valued
from evenhand.negotiation.standing import standing_on
from evenhand.periods import add_months
from evenhand.pricing import price
from evenhand.pricing.scenarios import Change, Scenario, changed, prepare
from evenhand.pricing.scenarios.asking import by_name
from evenhand.pricing.scenarios.exact import sums
from evenhand.pricing.scenarios.kept import Known, read_known, write_known

YEARS = 3
#: Nobody proposes to take all away, or to multiply a rate by more.
LEAST, MOST = Decimal(-99), Decimal(900)
_BASIS = "basis.json"
_PLACES = Decimal("0.00000001")


@dataclass(frozen=True, slots=True)
class Moves:
    """What is tried.

    Attributes:
        percents: change of the rates of a term in percent, by its name.
        everything: change of all rates in percent, on top.
        lesser_of: ``False`` takes lesser-of out.
        escalator: rise in percent a year from the second year on; ``None`` leaves the contract's own.
    """

    percents: Mapping[str, Decimal] = field(default_factory=dict)
    everything: Decimal = Decimal(0)
    lesser_of: bool = True
    escalator: Decimal | None = None

    def factor(self, term: str) -> Decimal:
        """What the rates of a term are multiplied by in the first year.

        Raises:
            UsageError: a change is none anybody proposes.
        """
        for percent in (self.percents.get(term, Decimal(0)), self.everything):
            if not LEAST <= percent <= MOST:
                raise UsageError(f"{percent} % is no change of a rate; say {LEAST} to {MOST}")
        own = 1 + self.percents.get(term, Decimal(0)) / 100
        return (own * (1 + self.everything / 100)).quantize(_PLACES)


@dataclass(frozen=True, slots=True)
class TermWorth:
    """One term in dollars a year: as the contract stands, and as is tried."""

    term: str
    today: Decimal
    then: Decimal

    @property
    def change(self) -> Decimal:
        """What more, or less, it pays."""
        return self.then - self.today


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried comes to, in dollars a year.

    Attributes:
        terms: term by term, in the contract's order.
        years: for each year what the contract pays by itself, and what it would; the first is exact, later ones
            multiply rates by the steps of the escalator.
        exact: whether no claim has to be priced again to know the first year.
        counted_as_today: claims whose rules must be priced again; they are counted as they stand.
    """

    terms: tuple[TermWorth, ...]
    years: tuple[tuple[Decimal, Decimal], ...]
    exact: bool
    counted_as_today: int

    @property
    def today(self) -> Decimal:
        """The first year as the contract stands."""
        return self.years[0][0]

    @property
    def then(self) -> Decimal:
        """The first year as tried."""
        return self.years[0][1]

    @property
    def change(self) -> Decimal:
        """What more, or less, it pays in the first year."""
        return self.then - self.today


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A contract's claims, ready to be asked.

    Attributes:
        contract: as it stands on ``on``, for ever.
        signed: the contract itself, whose escalators go on.
        on: the day.
        first_day, last_day: claims that begin on these days are valued.
        known: what is known with lesser-of as the contract has it, and without, where it has one.
    """

    contract: Contract
    signed: Contract
    on: date
    first_day: date
    last_day: date
    known: tuple[Known, Known | None]

    @property
    def claims(self) -> int:
        """How many are valued."""
        return self.known[0].claims

    @property
    def limited(self) -> bool:
        """Whether the contract has a lesser-of that can be taken out."""
        return self.known[1] is not None

    @property
    def escalates(self) -> bool:
        """Whether the contract escalates anything."""
        return bool(_last(self.signed, self.on).rules.escalator)

    def ask(self, tried: Moves) -> Tried | None:
        """What is tried, in dollars; ``None`` where every claim has to be priced to know.

        Raises:
            UsageError: a change is none anybody proposes.
        """
        known = self.known[0] if tried.lesser_of or self.known[1] is None else self.known[1]
        years = [self._year(known, tried, number) for number in range(YEARS)]
        if any(one is None for one in years):
            return None
        pairs = [one for one in years if one is not None]
        first = pairs[0]
        terms = tuple(TermWorth(name, first[0].get(name, Decimal(0)), first[1][name]) for name in first[1])
        totals = tuple((_sum(was), _sum(then)) for was, then in pairs)
        asked = self._scenario(tried, 0)
        loose = not tried.lesser_of and bool(known.strange_claims or known.uncharged)
        return Tried(terms, totals, known.exact(asked) and not loose, known.strange_claims)

    def _year(self, known: Known, tried: Moves, number: int) -> tuple[dict[str, Decimal], dict[str, Decimal]] | None:
        was = self.known[0].totals(self._scenario(Moves(), number))
        then = known.totals(self._scenario(tried, number))
        if was is None or then is None:
            return None
        return self._dollars(was), self._dollars(then)

    def _dollars(self, totals: Mapping[tuple[int, int], int]) -> dict[str, Decimal]:
        named = by_name(self.contract, dict(totals))
        return {name: to_cents(Decimal(cents).scaleb(-2) * self.annual) for name, cents in named.items()}

    @property
    def annual(self) -> Decimal:
        """What makes a year of the days valued."""
        return annual(self.first_day, self.last_day)

    def _scenario(self, tried: Moves, number: int) -> Scenario:
        version = self.contract.versions[0]
        return Scenario(f"year {number + 1}", tuple(self._changes(version, tried, number)))

    def _changes(self, version: Version, tried: Moves, number: int) -> Iterator[Change]:
        for term in version.terms:
            factor = tried.factor(term.name) * self._risen(term, tried, number)
            if factor != 1:
                yield Change("term", term.name, "", factor.quantize(_PLACES), times=True)

    def _risen(self, term: Term, tried: Moves, number: int) -> Decimal:
        """What the escalator makes of a term's rates by the year's first day."""
        own = [each for each in _last(self.signed, self.on).rules.escalator if moves(each, term)]
        if tried.escalator is not None:
            moved = bool(own) or (not self.escalates and not isinstance(term.pay, PercentOfCharges))
            return (1 + tried.escalator / 100) ** number if moved else Decimal(1)
        factor, day = Decimal(1), add_months(self.on, 12 * number)
        for each in own:
            for step in range(each.steps_by(self.on) + 1, each.steps_by(day) + 1):
                factor *= each.change(step) or 1
        return factor


def annual(first: date, last: date) -> Decimal:
    """What makes a year of so many days."""
    return Decimal((add_months(first, 12) - first).days) / ((last - first).days + 1)


def _last(contract: Contract, day: date) -> Version:
    return contract.version_on(day) or contract.versions[-1 if day >= contract.period.end else 0]


def _sum(amounts: Mapping[str, Decimal]) -> Decimal:
    return sum(amounts.values(), Decimal(0))


def _priced(book: Book, contracts: list[Contract]) -> tuple[DuckDB, date, date]:
    engine = book.settled()
    first, last = days_valued(engine, OfferQuestion())
    local = DuckDB()
    for name, table in claims_chosen(engine, first, last).items():
        local.put(name, table)
    price(local, contracts)
    return local, first, last


def prepare_what_if(book: Book, contract: Contract, on: date) -> Path:
    """Price the last twelve months of claims once, and keep with the book what questions need.

    Args:
        book: where the claims are.
        contract: as signed.
        on: the day it is taken as it stands on.

    Raises:
        SelectionError: the book holds no claims.
    """
    name = f"what-if-{hashlib.sha256(contract.id.encode()).hexdigest()[:8]}"
    return book.derived(
        name, f"{book.digest} {contract.digest} {on}", lambda folder: _build(book, contract, on, folder)
    )


def _build(book: Book, contract: Contract, on: date, folder: Path) -> None:
    standing = standing_on(contract, on)
    local, first, last = _priced(book, [standing])
    write_known(prepare(local, standing), local, folder)
    told = {"on": on.isoformat(), "first_day": first.isoformat(), "last_day": last.isoformat()}
    (folder / _BASIS).write_text(json.dumps(told), encoding="utf-8")


def read_what_if(folder: Path, contract: Contract) -> WhatIf:
    """What :func:`prepare_what_if` wrote.

    Raises:
        ValueError: it was prepared for another state of the contract.
    """
    told = {key: date.fromisoformat(text) for key, text in json.loads((folder / _BASIS).read_text("utf-8")).items()}
    standing = standing_on(contract, told["on"])
    known = read_known(folder, standing)
    return WhatIf(standing, contract, told["on"], told["first_day"], told["last_day"], known)


def price_what_if(book: Book, contract: Contract, on: date, tried: Moves) -> dict[str, Decimal]:
    """Every claim priced again under what is tried: dollars a year by term, in the first year.

    Raises:
        SelectionError: the book holds no claims.
        UsageError: a change is none anybody proposes.
    """
    standing = standing_on(contract, on)
    (version,) = standing.versions
    factors = ((term.name, tried.factor(term.name)) for term in version.terms)
    asked = Scenario("tried", tuple(Change("term", name, "", by, times=True) for name, by in factors if by != 1))
    made = changed(standing, asked)
    if not tried.lesser_of:
        free = (replace(each, rules=replace(each.rules, lesser_of=None)) for each in made.versions)
        made = replace(made, versions=tuple(free))
    local, first, last = _priced(book, [made])
    mine = f"select claim_key from priced_claims where contract_id = '{made.id.replace(chr(39), chr(39) * 2)}'"
    whole = by_name(made, sums(local, made.id, mine))
    return {name: to_cents(Decimal(cents).scaleb(-2) * annual(first, last)) for name, cents in whole.items()}


def offer_text(what_if: WhatIf, tried: Moves, name: str) -> str:
    """What is tried as the file of an offer, which prices exactly as the first year was told; without the escalator.

    Args:
        what_if: the contract it amends.
        tried: what to write.
        name: what the offer is called.
    """
    lines = [f"offer: {json.dumps(name, ensure_ascii=False)}", f"effective: {what_if.on}"]
    by_percent: dict[str, list[str]] = {}
    for term in what_if.contract.versions[0].terms:
        percent = (tried.factor(term.name) - 1) * 100
        if percent:
            by_percent.setdefault(f"{percent.normalize():f}", []).append(term.name)
    if by_percent:
        lines.append("adjust:")
        lines += [
            f"  - {{terms: {json.dumps(names, ensure_ascii=False)}, percent: {percent}}}"
            for percent, names in by_percent.items()
        ]
    if not tried.lesser_of and what_if.limited:
        lines.append("rules: {lesser_of: none}")
    return "\n".join(lines) + "\n"
