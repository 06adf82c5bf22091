"""A whole book priced, kept beside the book until claims or contracts change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract
from evenhand.engines import DuckDB
from evenhand.errors import ContractError, Problem, SelectionError
from evenhand.pricing.explain import ExplainedClaim, Row, explain_claim
from evenhand.pricing.parts import part_file, price_in_parts
from evenhand.pricing.plan import PRICED, price, pricing_steps
from evenhand.pricing.surgery_groups import group_of
from evenhand.results import Result


@dataclass(frozen=True, slots=True)
class Pricing:
    """A book's claims priced under contracts.

    ``engine`` holds the raw, the settled and the priced tables by name, for questions in SQL.
    """

    engine: DuckDB
    contracts: tuple[Contract, ...]

    @property
    def lines(self) -> Result:
        """``priced_lines``: one row for each service line, with its price and how it came about."""
        return Result(self.engine.arrow("select * from priced_lines"))

    @property
    def claims(self) -> Result:
        """``priced_claims``: one row for each claim."""
        return Result(self.engine.arrow("select * from priced_claims"))

    @property
    def adjustments(self) -> Result:
        """``priced_adjustments``: one row for each amount that is no line's own fee."""
        return Result(self.engine.arrow("select * from priced_adjustments"))

    def explain(self, claim: str | int) -> list[ExplainedClaim]:
        """What a claim is priced at and why, line by line; several when the provider used the number again.

        Args:
            claim: The provider's or the payer's number for the claim, or its key.

        Raises:
            SelectionError: The book has no such claim.
        """
        return self.explain_keys(self.claim_keys(claim))

    def explain_keys(self, keys: Sequence[int]) -> list[ExplainedClaim]:
        """What the claims of these keys are priced at and why, in this order: one question for all of them.

        Raises:
            KeyError: the book has no claim of a key.
        """
        self.engine.put("claims_asked", pa.table({"claim_key": pa.array(keys, pa.int64())}))
        claims = {row["claim_key"]: row for row in self._rows("one_claim")}
        lines, adjustments = _by_claim(self._rows("claim_lines")), _by_claim(self._rows("claim_adjustments"))
        return [self._explained(claims[key], lines.get(key, ()), adjustments.get(key, ())) for key in keys]

    def _explained(self, claim: Row, lines: Iterable[Row], adjustments: Iterable[Row]) -> ExplainedClaim:
        grouped = (
            {**row, "group": group_of(self.contracts, row, row["service_date"] or claim["claim_start_date"])}
            for row in lines
        )
        return explain_claim(claim, grouped, adjustments)

    def _rows(self, query: str) -> list[dict[str, Any]]:
        text = (files("evenhand.pricing") / "queries" / f"{query}.sql").read_text(encoding="utf-8")
        asked = "in (select claim_key from claims_asked)"
        rows: list[dict[str, Any]] = self.engine.arrow(text.replace("= $1", asked)).to_pylist()
        return rows

    def claim_keys(self, claim: str | int) -> list[int]:
        """The keys of the claims a person means by a number: the provider's, the payer's, or the key itself.

        Raises:
            SelectionError: The book has no such claim.
        """
        asked = self.engine.connection.execute(
            "select claim_key from service_claims where claim_id = $1 or cast(claim_key as varchar) = $1 "
            "or claim_key in (select claim_key from settled_claims where payer_claim_number = $1) "
            "order by claim_start_date, claim_key",
            [str(claim)],
        )
        keys = [key for (key,) in asked.fetchall()]
        if not keys:
            raise SelectionError(
                f"the book has no claim '{claim}'; give the provider's or the payer's number, or its key"
            )
        return keys


def _by_claim(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["claim_key"], []).append(row)
    return found


def price_book(book: Book, contracts: Sequence[Contract] | None = None) -> Pricing:
    """Price every claim of a book.

    The answer is kept under ``derived/`` of the book and given again while the loads, the contracts and the
    pricing steps are the same.

    Args:
        book: The book.
        contracts: The contracts to price under; those of the book when absent.

    Raises:
        ContractError: A contract of the book cannot be read.
        PricingError: A contract cannot be priced as it stands.
    """
    chosen = tuple(contracts_of(book) if contracts is None else contracts)
    engine = book.settled()
    if all(contract.digest for contract in chosen):
        try:
            kept = book.derived("priced", inputs_digest(book, chosen), lambda at: _build(book, chosen, at))
            _use(engine.connection, kept)
        except OSError:  # a book that may be read and not written
            price(engine, chosen)
    else:
        price(engine, chosen)
    return Pricing(engine, chosen)


def contracts_of(book: Book) -> list[Contract]:
    """The contracts that lie in a book's ``contracts`` folder; of a book as known on a day, those known by then.

    Raises:
        ContractError: some cannot be read; each problem names the contract's folder.
    """
    contracts: list[Contract] = []
    problems: list[Problem] = []
    for name, folder in book.contract_folders().items():
        try:
            contract = read_contract(folder, as_known_on=book.as_known_on)
        except ContractError as refused:
            problems += [replace(problem, file=str(folder / problem.file)) for problem in refused.problems]
            continue
        if book.as_known_on is None or contract.known is None or contract.known <= book.as_known_on:
            contracts.append(replace(contract, id=name) if contract.id == folder.name else contract)
    if problems:
        raise ContractError(problems)
    return contracts


def inputs_digest(book: Book, contracts: Sequence[Contract]) -> str:
    """Names all a pricing of the book depends on."""
    steps = hashlib.sha256("\n".join(step.sql for step in pricing_steps()).encode()).hexdigest()
    return "\n".join([book.digest, steps, *(f"{contract.id} {contract.digest}" for contract in contracts)])


def _build(book: Book, contracts: Sequence[Contract], folder: Path) -> None:
    price_in_parts(book.settled, contracts, folder)


def _use(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for name in PRICED:
        connection.execute(f"create or replace temp view {name} as select * from '{part_file(folder, name)}'")
