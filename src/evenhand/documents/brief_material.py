"""What a brief is made of: the reports on one payer, its contract, its offer, the days that matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evenhand.book import Book
from evenhand.contracts import Contract
from evenhand.contracts.calendar import KeyDates, key_dates
from evenhand.documents.brief_ongoing import Ongoing, ongoing_with
from evenhand.errors import SelectionError
from evenhand.negotiation import OfferQuestion, OfferValue, value_offer
from evenhand.performance import (
    Basis,
    BenchmarkQuestion,
    BenchmarkReport,
    Choices,
    PayerReport,
    PaymentReport,
    PaymentsQuestion,
    TermsQuestion,
    TermsReport,
    VarianceQuestion,
    VarianceReport,
    benchmark,
    payers,
    payments,
    terms,
    variance,
)
from evenhand.schedules import Library

#: Counts below this are not shown in anything that leaves (the CMS cell size suppression policy's number).
FEWEST = 11


@dataclass(frozen=True, slots=True)
class BriefOptions:
    """How a brief is written.

    Attributes:
        first_day, last_day: claims that begin on these days; nothing said: all of the book.
        small_cells: counts of claims below this are gathered or left out; 0 shows everything.
        locality: the payment locality of all claims; nothing said: that of each claim's ZIP code.
        hide_others: do not name the other payers.
        today: the day it is written, for the days left until notice.
        word: write a Word file of the same content, too.
    """

    first_day: date | None = None
    last_day: date | None = None
    small_cells: int = FEWEST
    hide_others: bool = False
    locality: str | None = None
    today: date = field(default_factory=date.today)
    word: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a brief on one payer says, before it is laid out."""

    payer: str
    mine: Mapping[str, Any]
    report: PayerReport
    variances: VarianceReport
    payments: PaymentReport
    benchmark: BenchmarkReport
    terms: TermsReport
    contract: Contract | None
    dates: KeyDates | None
    offer: OfferValue | None
    options: BriefOptions
    ongoing: tuple[Ongoing, ...] = ()

    @property
    def period(self) -> str:
        """The months of service the figures are over."""
        months = [row["month"] for row in self.months()]
        return f"{months[0]} to {months[-1]}" if months else "no month"

    def name_of(self, payer: str) -> str:
        """A payer's name, or its place among all where the others are not to be named."""
        if payer == self.payer or not self.options.hide_others:
            return payer
        places = list(dict.fromkeys(row["payer"] for row in self.report.payers))
        return f"Payer {places.index(payer) + 1}"

    def months(self) -> list[dict[str, Any]]:
        """This payer's months."""
        return [row for row in self.report.months if row["payer"] == self.payer]


def gather(book: Book, payer: str, *, offer: Path | None = None, options: BriefOptions | None = None) -> Material:
    """Ask a book everything a brief on one payer says.

    Raises:
        SelectionError: no payer, or several, answer to the name; or the offer is another payer's.
    """
    chosen = options or BriefOptions()
    basis = Basis.of(book)
    days = Choices(chosen.first_day, chosen.last_day)
    found = variance(basis, VarianceQuestion(payer, "reason", choices=days))
    name = found.payer
    assert name is not None
    report = payers(basis, days)
    if not any(row["payer"] == name for row in report.payers):
        raise SelectionError(f"no claim of {name} begins on the days chosen; choose others with --from and --to")
    contract = _contract_of(basis, name)
    return Material(
        payer=name,
        mine=next((row for row in report.payers if row["payer"] == name), {}),
        report=report,
        variances=found,
        payments=payments(basis, PaymentsQuestion(name, days)),
        benchmark=benchmark(basis, _medicare(chosen, days)),
        terms=terms(basis, TermsQuestion(name, choices=days)),
        contract=contract,
        dates=None if contract is None else key_dates(contract, chosen.today),
        offer=None if offer is None else _offer(book, offer, name, chosen),
        options=chosen,
        ongoing=ongoing_with(book, name, chosen.today),
    )


def _medicare(options: BriefOptions, days: Choices) -> BenchmarkQuestion:
    """Every day against one quarter: that of the last release of relative values at hand, so that years compare."""
    last = max((one.first_day for one in Library.open().of_kind("pfs-rvu")), default=None)
    if last is None:
        return BenchmarkQuestion(locality=options.locality, choices=days)
    return BenchmarkQuestion(locality=options.locality, year=last.year, quarter=(last.month + 2) // 3, choices=days)


def _contract_of(basis: Basis, payer: str) -> Contract | None:
    """The payer's contract that ends last."""
    theirs = [contract for contract in basis.contracts if contract.parties.payer == payer]
    return max(theirs, key=lambda contract: (contract.period.end, contract.id), default=None)


def _offer(book: Book, offer: Path, payer: str, options: BriefOptions) -> OfferValue:
    value = value_offer(book, offer, question=OfferQuestion(options.first_day, options.last_day))
    if value.payer != payer:
        raise SelectionError(f"{offer} is an offer of {value.payer}, not of {payer}; name that payer, or another offer")
    return value
