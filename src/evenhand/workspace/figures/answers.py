"""Questions that several pages ask: how payers pay, what they owe, how they stand against Medicare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from evenhand.book import Book
from evenhand.contracts import read_contract
from evenhand.errors import EvenhandError, SelectionError
from evenhand.money import ratio
from evenhand.negotiation.readiness import data_facts
from evenhand.performance import Basis, TermsQuestion, benchmark, payers, terms, variance
from evenhand.performance.payers import month_name
from evenhand.schedules import Library
from evenhand.workspace.figures.asking import question

#: What of a cause may be seen by those who see no single claims: its example is left out.
_CAUSE = (
    "payer",
    "term",
    "reason",
    "direction",
    "cite",
    "lines",
    "claims",
    "amount",
    "first_day",
    "last_day",
    "pattern",
)
_LOAD_SCHEDULES = "Load this year's Medicare schedules: evenhand schedules fetch, then evenhand schedules load."


def _over(basis: Basis) -> dict[str, Any]:
    """How many claims a figure is over, and when they begin."""
    (row,) = basis.engine.arrow(
        "select count(*) as claims, min(claim_start_date) as first_day, max(claim_start_date) as last_day "
        "from service_claims"
    ).to_pylist()
    return dict(row)


@question("payers", negotiations=False)
def how_payers_pay(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """How each payer pays: one row a payer, with its months and reasons of denial."""
    basis = Basis.of(book)
    report = payers(basis)
    rows = report.payers.rows()
    paid = sum(row["paid"] or 0 for row in rows)
    return {
        "over": _over(basis),
        "payers": [{**row, "paid_share": ratio(row["paid"], paid)} for row in rows],
        "denials": report.denials.rows(),
        "months": report.months.rows(),
    }


@question("variance", negotiations=False)
def paid_as_agreed(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """Under- and overpayments by payer, cause and month."""
    basis = Basis.of(book)
    report = variance(basis)
    return {
        "over": _over(basis),
        "payers": report.summary.rows(),
        "causes": [{key: row[key] for key in _CAUSE} for row in report.causes],
        "not_compared": report.not_compared.rows(),
        "months": _months(report.detail.rows()),
    }


def _months(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was paid too little, and too much, by payer and month of service."""
    sums: dict[tuple[str, str], dict[str, Decimal]] = {}
    for row in rows:
        if row["service_date"]:
            at = row["payer"], month_name(row["service_date"].year, row["service_date"].month)
            held = sums.setdefault(at, {"underpaid": Decimal(0), "overpaid": Decimal(0)})
            held[row["direction"]] += abs(row["variance_amount"])
    return [{"payer": payer, "month": month, **held} for (payer, month), held in sorted(sums.items())]


@question("medicare", negotiations=False)
def percent_of_medicare(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """Percent of Medicare by payer; where it cannot be known, why not and what to load."""
    few = Library.open().built_in
    basis = Basis.of(book)
    try:
        report = benchmark(basis)
    except EvenhandError as problem:
        return {"over": _over(basis), "payers": [], "basis": [], "why_not": str(problem), "load": _LOAD_SCHEDULES}
    why_not = "Only the few codes that come with the program have a Medicare price." if few else ""
    return {
        "over": _over(basis),
        "payers": report.payers.rows(),
        "basis": list(report.basis),
        "why_not": why_not,
        "load": _LOAD_SCHEDULES if few else "",
    }


@question("terms", negotiations=False)
def terms_at_work(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """Which terms of a contract pay, and which never do. Given: ``contract``, its id."""
    basis = Basis.of(book)
    report = terms(basis, TermsQuestion(contract_id=given["contract"]))
    shown = ("fired", "silent", "rules", "contests", "unpriced")
    return {"over": _over(basis), **{name: getattr(report, name).rows() for name in shown}}


@question("data_facts", negotiations=False)
def what_the_book_holds(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """How much, how complete and how recent the claims of a contract's payer are. Given: ``contract``, its folder.

    Raises:
        SelectionError: the book has no such contract.
    """
    folder = book.contract_folders().get(given["contract"])
    if folder is None:
        raise SelectionError(f"the book has no contract '{given['contract']}'")
    return asdict(data_facts(book, read_contract(folder).parties, date.today()))


@question("findings", negotiations=False)
def what_was_found(book: Book, given: Mapping[str, Any]) -> dict[str, Any]:
    """How many findings the loads of the book have, by how grave they are."""
    counts: dict[str, int] = {}
    for load in book.loads():
        for file in load.files:
            for kind, number in file.findings.items():
                counts[kind] = counts.get(kind, 0) + number
    return {"findings": counts, "loads": len(book.loads())}
