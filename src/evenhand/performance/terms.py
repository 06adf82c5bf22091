"""The contract at work: which terms pay and how much, which never do, which rules bite, and who wins over whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import pyarrow as pa

from evenhand.book import Book
from evenhand.contracts import Contract, Term
from evenhand.contracts.words import terms_payment
from evenhand.engines import Engine, Step, read_steps
from evenhand.errors import SelectionError
from evenhand.money import ZERO, ratio
from evenhand.performance.basis import Basis, Choices, ask, basis_of, find_payer, lay_out
from evenhand.performance.silent_terms import silent_terms
from evenhand.performance.term_tables import CONTESTS, FIRED, RULES, SILENT, THRESHOLDS, UNPRICED
from evenhand.pricing import price
from evenhand.pricing.explain import UNPRICED as REASONS
from evenhand.results import Result


@dataclass(frozen=True, slots=True)
class TermsQuestion:
    """Whose terms are asked about.

    Attributes:
        payer: only claims of this payer: its name, or part of it.
        contract_id: only claims priced under this contract.
        choices: the days on which claims begin; the tolerance plays no part.
    """

    payer: str | None = None
    contract_id: str | None = None
    choices: Choices = field(default_factory=Choices)


@dataclass(frozen=True, slots=True)
class TermsReport:
    """The terms at work, over every line of the days asked about, paid or not: what the contracts say of them.

    Attributes:
        fired: one row for each term that pays, with lines, claims, charges and expected dollars. Its share is of
            the expected dollars of its contract, its percent of charges over the lines that have a price.
        silent: terms that pay no line, each with the reason.
        rules: for each term the lines a rule changes, and the dollars with the rule less those without it, all
            else as it is. ``lesser-of`` is the last step, the others are told before it.
        contests: for each two terms that cover the same lines, those that went to the winner, and why.
        unpriced: lines without a price, by reason.
        thresholds: claims whose charges are within a tenth of a stop-loss threshold, with how far they are over it
            (below zero: under), the nearest first.
        payer: the payer's name as shown, when one was asked about.
    """

    fired: Result
    silent: Result
    rules: Result
    contests: Result
    unpriced: Result
    thresholds: Result
    payer: str | None = None

    @property
    def expected(self) -> Decimal:
        """All expected dollars: the terms' own, added up."""
        return sum((row["expected"] for row in self.fired), ZERO)


def terms(source: Book | Basis, question: TermsQuestion | None = None) -> TermsReport:
    """Report which terms pay, which never do, which rules bite, and which term wins where several cover a line.

    Raises:
        SelectionError: no payer, or several, answer to the name; or no contract has the id.
    """
    asked, basis = question or TermsQuestion(), basis_of(source)
    engine = basis.engine
    contracts = _contracts_asked(basis, asked.contract_id)
    # what a line met, who lost it, and how near a threshold was, is known only while pricing
    price(engine, basis.contracts, also=("stop_loss_thresholds",))
    lay_out(basis, asked.choices)
    payer = find_payer(engine, asked.payer) if asked.payer else None
    put_asked(engine, payer, asked.contract_id)
    engine.run(_steps())
    fired, contests = ask(engine, "terms_fired"), sorted(ask(engine, "terms_contests"), key=_by_lines)
    if payer is not None and asked.contract_id is None:
        contracts = tuple(each for each in contracts if each.parties.payer == payer or _pays(fired, each))
    return TermsReport(
        fired=Result.of(_fired(fired, contracts), FIRED),
        silent=Result.of(silent_terms(engine, contracts, fired, contests), SILENT),
        rules=Result.of(sorted(map(_with_share, ask(engine, "terms_rules")), key=_by_effect), RULES),
        contests=Result.of(contests, CONTESTS),
        unpriced=Result.of(sorted(map(_with_reason, ask(engine, "terms_unpriced")), key=_by_charges), UNPRICED),
        thresholds=Result.of(sorted(ask(engine, "terms_thresholds"), key=_by_distance), THRESHOLDS),
        payer=payer,
    )


def _contracts_asked(basis: Basis, contract_id: str | None) -> tuple[Contract, ...]:
    chosen = tuple(each for each in basis.contracts if contract_id in (None, each.id))
    if not chosen and contract_id is not None:
        known = ", ".join(each.id for each in basis.contracts) or "none"
        raise SelectionError(f"the book has no contract '{contract_id}'; contracts in the book: {known}")
    return chosen


def put_asked(engine: Engine, payer: str | None, contract_id: str | None) -> None:
    """Say to the steps whose lines are asked about."""
    columns = {"payer": [payer], "contract_id": [contract_id]}
    engine.put("terms_asked", pa.table({name: pa.array(value, pa.string()) for name, value in columns.items()}))


@cache
def _steps() -> tuple[Step, ...]:
    return tuple(read_steps(files("evenhand.performance") / "at_work" / "steps"))


def _pays(fired: list[dict[str, Any]], contract: Contract) -> bool:
    return any(row["contract_id"] == contract.id for row in fired)


def _fired(rows: list[dict[str, Any]], contracts: tuple[Contract, ...]) -> list[dict[str, Any]]:
    """Terms that pay, most dollars first, contract by contract, with their share and how they pay."""
    said = {(each.id, term.name): term for each in contracts for term in latest_terms(each).values()}
    whole: dict[str, Decimal] = {}
    for row in rows:
        whole[row["contract_id"]] = whole.get(row["contract_id"], ZERO) + row["expected"]
    for row in rows:
        term = said.get((row["contract_id"], row["term"]))
        row["pays"] = terms_payment(term) if term else ""
        row["share"] = ratio(row["expected"], whole[row["contract_id"]])
        row["percent_of_charges"] = ratio(row["expected"], row["priced_charges"])
    return sorted(
        rows, key=lambda row: (-whole[row["contract_id"]], row["contract_id"], -row["expected"], row["term_no"])
    )


def latest_terms(contract: Contract) -> dict[str, Term]:
    """Every term a contract has or had, as it says last."""
    return {term.name: term for version in contract.versions for term in version.terms}


def _with_share(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "effect_percent": ratio(row["effect"], row["without_amount"])}


def _with_reason(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "reason": REASONS.get(row["outcome"], row["outcome"])}


def _by_lines(row: Mapping[str, Any]) -> Any:
    return row["contract_id"], -row["lines"], row["winner_no"], row["loser_no"], row["why"]


def _by_effect(row: Mapping[str, Any]) -> Any:
    return row["contract_id"], row["rule"], -abs(row["effect"]), row["term"]


def _by_distance(row: Mapping[str, Any]) -> Any:
    return row["contract_id"], abs(row["over"]), row["rule"], row["claim_id"]


def _by_charges(row: Mapping[str, Any]) -> Any:
    return -row["charges"], row["reason"], row["contract_id"] or ""
