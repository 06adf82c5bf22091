"""Scenarios of a contract on a book: from what is asked to a table of what each is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.contracts.model import Contract
from evenhand.engines import DuckDB
from evenhand.errors import SelectionError
from evenhand.money import MONEY, SHARE, ratio
from evenhand.pricing.books import price_book
from evenhand.pricing.plan import price
from evenhand.pricing.scenarios.changes import Scenario, change_to
from evenhand.pricing.scenarios.exact import Totals
from evenhand.pricing.scenarios.prepared import Prepared, prepare, require_meaning
from evenhand.results import Result

SCENARIOS = pa.schema(
    [
        ("scenario", pa.string()),
        ("expected_amount", MONEY),
        ("change", MONEY),
        ("change_percent", SHARE),
    ]
)
TERMS = pa.schema([("scenario", pa.string()), ("term", pa.string()), ("expected_amount", MONEY), ("change", MONEY)])


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """What one contract's claims come to under each scenario, exactly as pricing them again would say.

    Attributes:
        contract: the contract's name.
        claims: how many claims it is for.
        expected: what they come to as it stands.
        scenarios: one row for each, in the order asked.
        terms: the same term by term.
    """

    contract: str
    claims: int
    expected: Decimal
    scenarios: Result
    terms: Result


def scenarios(
    book: Book,
    contract: Contract | str,
    asked: Sequence[Scenario] | Mapping[str, Mapping[str, str]],
    *,
    progress: Callable[[int], None] | None = None,
) -> ScenarioReport:
    """What the claims of a contract come to under each of many scenarios.

    The claims are priced once; each scenario then costs milliseconds, and is exactly what pricing every claim under
    the changed contract gives.

    Args:
        book: where the claims are.
        contract: the contract, or the id of one of the book's.
        asked: scenarios; or for each name the changes, as ``{"up": {"Office visits": "105%"}}``.
        progress: told how many scenarios are done.

    Raises:
        SelectionError: the book has no contract of that id.
        UsageError: a change cannot be understood, or names nothing of the contract.
    """
    engine, held = priced_for(book, contract)
    named = asked if not isinstance(asked, Mapping) else written(held, asked)
    require_meaning(held, named)
    prepared = prepare(engine, held)
    return report(prepared, named, prepared.value(named, progress))


def priced_for(book: Book, contract: Contract | str) -> tuple[DuckDB, Contract]:
    """The book's claims priced, and the contract asked about.

    Raises:
        SelectionError: the book has no contract of that id.
    """
    pricing = price_book(book)
    known = {each.id: each for each in pricing.contracts}
    if isinstance(contract, str):
        if contract not in known:
            ids = ", ".join(sorted(known)) or "none"
            raise SelectionError(f"the book has no contract '{contract}'; it has {ids}")
        return pricing.engine, known[contract]
    if known.get(contract.id) == contract:
        return pricing.engine, contract
    engine = book.settled()
    price(engine, [contract])
    return engine, contract


def written(contract: Contract, asked: Mapping[str, Mapping[str, str]]) -> list[Scenario]:
    """Scenarios from names and written changes.

    Raises:
        UsageError: a change cannot be understood, or names nothing of the contract.
    """
    return [
        Scenario(name, tuple(change_to(contract, target, value) for target, value in changes.items()))
        for name, changes in asked.items()
    ]


def report(prepared: Prepared, named: Sequence[Scenario], found: Sequence[Totals]) -> ScenarioReport:
    """The totals as tables."""
    base = sum(prepared.base.values())
    rows = [
        _compared({"scenario": scenario.name}, sum(totals.values()), base)
        for scenario, totals in zip(named, found, strict=True)
    ]
    was = by_name(prepared.contract, prepared.base)
    terms = [
        _compared({"scenario": scenario.name, "term": term}, cents, was.get(term, 0))
        for scenario, totals in zip(named, found, strict=True)
        for term, cents in by_name(prepared.contract, totals).items()
    ]
    return ScenarioReport(
        prepared.contract.name,
        prepared.claims,
        Decimal(base).scaleb(-2),
        Result.of(rows, SCENARIOS),
        Result.of(terms, TERMS),
    )


def by_name(contract: Contract, totals: Totals) -> dict[str, int]:
    """Cents by the name of the term, over all versions, in the contract's order."""
    names = {term.name: 0 for version in contract.versions for term in version.terms}
    for (version_no, term_no), cents in totals.items():
        names[contract.versions[version_no - 1].terms[term_no - 1].name] += cents
    return {name: cents for name, cents in names.items() if cents}


def _compared(named: dict[str, str], cents: int, before: int) -> dict[str, Any]:
    amount, was = Decimal(cents).scaleb(-2), Decimal(before).scaleb(-2)
    return {**named, "expected_amount": amount, "change": amount - was, "change_percent": ratio(amount - was, was)}
