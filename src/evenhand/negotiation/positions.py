"""What positions on the issues of a negotiation are worth, in dollars a year to the provider, where it can be known.

Rates are priced: the same claims under the contract with the terms of one issue changed, and nothing else. Provisions
are valued by the formulas of :mod:`evenhand.negotiation.clauses`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.engines import DuckDB, Engine
from evenhand.errors import SelectionError
from evenhand.negotiation.clauses import ClauseQuestion, clause_assumptions, clauses, read_formulas
from evenhand.negotiation.clauses.evidence import FUNCTIONS, NAMES
from evenhand.negotiation.offer_value import OfferQuestion, claims_chosen, days_valued
from evenhand.negotiation.record import Issue, Negotiation
from evenhand.negotiation.record.values import measured
from evenhand.negotiation.standing import standing_on
from evenhand.periods import add_months
from evenhand.pricing import price
from evenhand.pricing.scenarios import Change, Scenario, prepare
from evenhand.pricing.scenarios.asking import report

#: A term that pays fewer claims tells too much of each.
FEWEST_CLAIMS = 11
#: The positions of an issue; ``theirs`` is what we believe the other side works towards, else where it begins.
POSITIONS = ("opening", "target", "walk_away", "theirs")


@dataclass(frozen=True, slots=True)
class PositionValues:
    """Dollars a year by issue and position, and where they come from.

    Attributes:
        dollars: by the issue's id and one of :data:`POSITIONS`, against what holds today.
        source: claims and days behind them.
        few: issues about terms that pay fewer than :data:`FEWEST_CLAIMS` claims, of which nothing is told.
    """

    dollars: Mapping[tuple[str, str], Decimal]
    source: str
    few: frozenset[str] = frozenset()

    def of(self, issue: str, position: str) -> Decimal | None:
        """One of them; ``None`` where it is not known."""
        return self.dollars.get((issue, position))


def position_values(book: Book, negotiation: Negotiation, contract: Contract, *, on: date) -> PositionValues:
    """What each position is worth a year, on the last twelve months of claims.

    Args:
        book: where the claims are.
        negotiation: whose issues.
        contract: as signed.
        on: the contract is taken as it stands on this day.

    Raises:
        SelectionError: the book holds no claims.
    """
    engine = book.settled()
    first, last = days_valued(engine, OfferQuestion())
    found, few = _rates(engine, negotiation, standing_on(contract, on), (first, last))
    found |= dict(_provisions(engine, negotiation, contract))
    return PositionValues(found, f"claims that begin from {first} to {last}, contract as it stands on {on}", few)


def said(issue: Issue, position: str) -> str:
    """A position as written."""
    if position == "theirs":
        return issue.theirs.target or issue.theirs.opening
    text: str = getattr(issue, position)
    return text


def _rates(
    engine: Engine, negotiation: Negotiation, contract: Contract, days: tuple[date, date]
) -> tuple[dict[tuple[str, str], Decimal], frozenset[str]]:
    known = {term.name for version in contract.versions for term in version.terms}
    asked = {
        (issue.id, position): _scenario(issue, change)
        for issue in negotiation.issues
        for position in POSITIONS
        if issue.terms and set(issue.terms) <= known and (change := asked_factor(issue, position)) is not None
    }
    if not asked:
        return {}, frozenset()
    local = DuckDB()
    for name, table in claims_chosen(engine, *days).items():
        local.put(name, table)
    price(local, [contract])
    prepared = prepare(local, contract)
    scenarios = list(asked.values())
    rows = report(prepared, scenarios, prepared.value(scenarios)).scenarios.rows()
    year = Decimal((add_months(days[0], 12) - days[0]).days) / ((days[1] - days[0]).days + 1)
    few = _few(local, negotiation)
    told = ((key, row["change"] * year) for key, row in zip(asked, rows, strict=True) if key[0] not in few)
    return dict(told), few


def _few(local: DuckDB, negotiation: Negotiation) -> frozenset[str]:
    """Issues whose terms pay some claims, but too few to tell anything by."""
    counted = local.arrow(
        "select term, count(distinct claim_key) as claims from priced_lines where term is not null group by term"
    ).to_pylist()
    claims = {row["term"]: row["claims"] for row in counted}
    sums = {one.id: sum(claims.get(term, 0) for term in one.terms) for one in negotiation.issues if one.terms}
    return frozenset(key for key, number in sums.items() if 0 < number < FEWEST_CLAIMS)


def asked_factor(issue: Issue, position: str) -> Decimal | None:
    """The factor on rates a position asks for; ``None`` where it is no percentage."""
    found = measured(said(issue, position))
    if found is None or found.unit != "%" or not -100 < found.number <= 1000:
        return None
    return 1 + found.number / 100


def _scenario(issue: Issue, factor: Decimal) -> Scenario:
    return Scenario(issue.id, tuple(Change("term", name, "", factor, times=True) for name in issue.terms))


def _provisions(
    engine: Engine, negotiation: Negotiation, contract: Contract
) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """Each position that a formula can read, all issues of one position at a time."""
    formulas = read_formulas(None, NAMES | set(clause_assumptions()), FUNCTIONS)
    by_provision = {formula.provision: formula for formula in formulas.values()}
    issues = {by_provision[one.provision].name: one for one in negotiation.issues if one.provision in by_provision}
    for position in POSITIONS:
        changes = {
            name: ("", text)
            for name, issue in issues.items()
            if (text := said(issue, position)) and formulas[name].number(text) is not None
        }
        if not changes:
            continue
        try:
            found = clauses(engine, contract, None, ClauseQuestion(changes=changes))
        except SelectionError:  # too few claims of this payer to tell
            return
        for row in found.clauses:
            if row["worth"] is not None:
                yield (issues[row["provision"]].id, position), Decimal(repr(row["worth"])).quantize(Decimal("0.01"))
