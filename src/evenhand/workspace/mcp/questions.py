"""The questions, each answered from the book as it is at that moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract
from evenhand.documents.benchmark_sheets import benchmark_sheets
from evenhand.documents.commas import plain
from evenhand.documents.contract_sheets import contract_sheets, nearest_day
from evenhand.documents.offer_sheets import headline, offer_sheets
from evenhand.documents.payer_sheets import payer_sheets
from evenhand.documents.sheet import Sheet
from evenhand.documents.variance_sheets import variance_sheets
from evenhand.errors import ContractError, SelectionError
from evenhand.negotiation import value_offer
from evenhand.negotiation.record import Kept, Negotiation, negotiation, negotiations, read_negotiation
from evenhand.performance import Basis, BenchmarkQuestion, Choices, VarianceQuestion, benchmark, payers, variance
from evenhand.pricing import price_book
from evenhand.workspace.mcp.small import FEWEST, without_small_cells

Answer = dict[str, Any]
By = Literal["payer", "code", "term", "reason", "month"]

#: Rows of one table an assistant is given; the command line has them all.
_MOST = 60
#: Tables of single lines or codes, which are for those who asked for claims.
_LINE_LEVEL = ("claims", "lines")


@dataclass
class Questions:
    """Questions of one book; with ``claims`` single claims may be shown, and nothing is held back.

    One is answered at a time: what was settled and priced for one is kept for the next, while the book is the same.
    """

    folder: Path
    claims: bool = False
    _held: tuple[object, Basis] | None = field(default=None, repr=False)
    _one_at_a_time: Lock = field(default_factory=Lock, repr=False)

    def what_there_is(self) -> Answer:
        """Contracts, negotiations with their rounds, and how many loads the book has."""
        book = self._book()
        told = [self._said(name, folder) for name, folder in book.contract_folders().items()]
        talked = [self._talked(kept) for kept in negotiations(book)]
        return {"contracts": told, "negotiations": talked, "loads": len(book.loads())}

    def _said(self, name: str, folder: Path) -> Answer:
        try:
            found = read_contract(folder)
        except ContractError as problem:
            return {"contract": name, "problem": str(problem)}
        return {"contract": name, "name": found.name, "payer": str(found.parties.payer)}

    def _talked(self, kept: Kept) -> Answer:
        try:
            found = read_negotiation(kept.folder)
        except ContractError as problem:
            return {"negotiation": kept.name, "problem": str(problem)}
        rounds = [
            {"round": one.number, "by": one.by, "date": str(one.date), "state": one.state} for one in found.rounds
        ]
        return {"negotiation": kept.name, "with": _other_side(found), "rounds": rounds}

    def payers(self, first_day: date | None = None, last_day: date | None = None) -> Answer:
        """How each payer pays."""
        with self._one_at_a_time:
            report = payers(self._basis(), Choices(first_day, last_day))
            return self._told(payer_sheets(report))

    def variance(self, payer: str | None = None, by: By = "payer") -> Answer:
        """Where payers paid otherwise than agreed."""
        with self._one_at_a_time:
            report = variance(self._basis(), VarianceQuestion(payer, by))
            return self._told(variance_sheets(report, evidence=self.claims))

    def percent_of_medicare(self, payer: str | None = None) -> Answer:
        """What payers allow against what Medicare would."""
        with self._one_at_a_time:
            report = benchmark(self._basis(), BenchmarkQuestion(payer))
            return self._told(benchmark_sheets(report, detail=self.claims))

    def offer_value(self, name: str, number: int) -> Answer:
        """What the offer of a round is worth on the book's claims.

        Raises:
            SelectionError: there is no such negotiation or round, or the offer covers too few claims to tell.
        """
        book = self._book()
        kept = negotiation(book, name)
        with self._one_at_a_time:
            found = value_offer(book, kept.offer(read_negotiation(kept.folder), number))
        if found.claims < FEWEST and not self.claims:
            raise SelectionError(f"the offer covers fewer than {FEWEST} claims; their worth is not told")
        return {"headline": headline(found)} | self._told(offer_sheets(found))

    def contract_words(self, name: str, on: date | None = None) -> Answer:
        """A contract as one would read it aloud.

        Raises:
            SelectionError: the book has no such contract.
        """
        found = self._contract(name)
        day = on or nearest_day(found, date.today())
        return {"contract": found.name, "on": str(day)} | _written(contract_sheets(found, day))

    def explain_claim(self, claim: str) -> Answer:
        """Why a claim is priced as it is, line by line.

        Raises:
            SelectionError: the book has no such claim, or single claims are not to be shown.
        """
        if not self.claims:
            raise SelectionError("single claims are not shown; start the command with --claims to show them")
        with self._one_at_a_time:
            found = price_book(self._book()).explain(claim)
        return {"claims": [_plain(asdict(one)) | {"words": [str(line) for line in one.lines]} for one in found]}

    def _contract(self, name: str) -> Contract:
        folders = self._book().contract_folders()
        if name not in folders:
            raise SelectionError(f"the book has no contract '{name}'; it has {', '.join(folders) or 'none'}")
        return read_contract(folders[name])

    def _book(self) -> Book:
        return Book.open(self.folder)

    def _basis(self) -> Basis:
        """Claims settled and priced; done again only when the book has changed."""
        book = self._book()
        state = _state(book)
        if self._held is None or self._held[0] != state:
            self._held = (state, Basis.of(book))
        return self._held[1]

    def _told(self, sheets: Iterable[Sheet]) -> Answer:
        if self.claims:
            return _written(sheets)
        shown = [without_small_cells(one) for one in sheets if one.name not in _LINE_LEVEL]
        return _written(shown)


def _state(book: Book) -> object:
    from evenhand.workspace.figures.signature import signature

    return signature(book.path, negotiations=False)


def _other_side(found: Negotiation) -> str:
    return found.payer if found.side == "provider" else found.provider


def _written(sheets: Iterable[Sheet]) -> Answer:
    return {one.name: _table(one) for one in sheets}


def _table(sheet: Sheet) -> Answer:
    whole = len(sheet.rows)
    note = sheet.note if whole <= _MOST else f"{sheet.note} The first {_MOST} of {whole:,} rows.".strip()
    rows = [{one.key: plain(row.get(one.key)) for one in sheet.fields} for row in sheet.rows[:_MOST]]
    headings = {one.key: f"{one.heading} ({one.kind})" for one in sheet.fields}
    return {"title": sheet.title, "columns": headings, "rows": rows, "note": note}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else plain(value)
