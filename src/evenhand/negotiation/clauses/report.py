"""Language in dollars: what a change of each provision is worth a year, and as how much on rates."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evenhand.book import Book
from evenhand.contracts import Contract, read_contract, read_offer
from evenhand.contracts.escalation import Escalator
from evenhand.engines import Engine
from evenhand.errors import SelectionError, UsageError
from evenhand.negotiation.assumptions import Assumptions
from evenhand.negotiation.clauses.answer import CLAUSES, EVIDENCE, FORMULAS, ClauseQuestion, ClauseReport
from evenhand.negotiation.clauses.assumptions import clause_assumptions
from evenhand.negotiation.clauses.evidence import FUNCTIONS, NAMES, Evidence, evidence
from evenhand.negotiation.clauses.expressions import evaluated, names_in
from evenhand.negotiation.clauses.language import Formula, read_formulas, stated, tree_of
from evenhand.negotiation.offer_value import OfferQuestion, days_valued
from evenhand.negotiation.worth.credibility import FEWEST_PATIENTS, Numbers
from evenhand.pricing import contracts_of
from evenhand.results import Result

#: Changes smaller than this in every draw are none.
_NOTHING = 1e-6


def value_clauses(
    book: Book,
    offer: Path | str | None = None,
    question: ClauseQuestion | None = None,
    *,
    contract: Path | str | None = None,
    payer: str | None = None,
) -> ClauseReport:
    """What the language of a contract, or of an offer to it, is worth on a book's own claims.

    Args:
        book: where the claims are.
        offer: an offer's file: the provisions it changes are valued.
        question: changes, days, formulas and assumptions.
        contract: the contract's folder, where no offer leads to it.
        payer: a payer of the book's contracts, instead.

    Raises:
        ContractError: a contract, an offer or a file of formulas or assumptions is refused.
        SelectionError: no such payer, or too few claims.
        UsageError: neither an offer nor a contract nor a payer is named; a change cannot be read.
    """
    day = book.as_known_on
    offered = None
    if offer is not None:
        signed = None if contract is None else read_contract(contract, as_known_on=day)
        offered = read_offer(offer, contract=signed, as_known_on=day)
        assert offered.folder is not None
        current = signed or read_contract(offered.folder, as_known_on=day)
    elif contract is not None:
        current = read_contract(contract, as_known_on=day)
    else:
        current = _of_payer(book, payer)
    return clauses(book.settled(), current, offered, question)


def _of_payer(book: Book, payer: str | None) -> Contract:
    held = contracts_of(book)
    if payer is None:
        raise UsageError("name an offer's file, --contract DIR or --payer NAME")
    wanted = payer.casefold().strip()
    found = [one for one in held if wanted in one.parties.payer.casefold()]
    if len(found) != 1:
        known = ", ".join(one.parties.payer for one in found or held) or "none: the book holds no contracts"
        many = "more than one contract" if found else "no contract of the book"
        raise SelectionError(f"'{payer}' is {many}; payers: {known}")
    return found[0]


def clauses(
    engine: Engine, current: Contract, offer: Contract | None = None, question: ClauseQuestion | None = None
) -> ClauseReport:
    """The same from an engine that holds the settled tables, and from contracts already read."""
    asked = question or ClauseQuestion()
    assumed = clause_assumptions()
    assumed = (assumed if asked.assumptions is None else assumed.read(asked.assumptions)).given(**asked.given)
    names = NAMES | set(assumed)
    formulas = read_formulas(asked.formulas, names, FUNCTIONS)
    first, last = days_valued(engine, OfferQuestion(asked.first_day, asked.last_day))
    seen = evidence(engine, current, (first, last), draws=asked.draws, seed=asked.seed)
    trees = {name: tree_of(one, names, FUNCTIONS) for name, one in formulas.items()}
    drawn = {**assumed.drawn(np.random.default_rng(asked.seed + 1), asked.draws), **seen.drawn}
    point = _rate_point(seen, assumed)
    valued = _Valued(seen, drawn, {one.name: one.value for one in assumed.values()} | dict(seen.values), point)
    rows = [
        valued.row(formulas[name], trees[name], change) for name, change in _changes(formulas, current, offer, asked)
    ]
    chosen = [formulas[row["provision"]] for row in rows]
    return ClauseReport(
        contract=current.name,
        payer=current.parties.payer,
        offer="" if offer is None else offer.offer,
        first_day=first,
        last_day=last,
        claims=seen.claims,
        patients=seen.patients,
        clauses=Result.of(sorted(rows, key=lambda row: -abs(row["worth"] or 0)), CLAUSES),
        formulas=Result.of((_formula(one, trees[one.name]) for one in chosen), FORMULAS),
        evidence=Result.of(({"name": name, "value": value} for name, value in seen.shown.items()), EVIDENCE),
        assumed=assumed,
        rate_point=point,
        notes=seen.words,
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """A provision's value from and to, and where the first is from."""

    now: float
    then: float
    where: str


def _changes(
    formulas: Mapping[str, Formula], current: Contract, offer: Contract | None, asked: ClauseQuestion
) -> Iterator[tuple[str, _Change]]:
    """What is valued: the changes asked for; else those of the offer; else one tried for each provision."""
    for name in asked.changes:
        if name not in formulas:
            raise UsageError(f"'{name}' is no provision with a formula; there are {', '.join(formulas)}")
    for name, formula in formulas.items():
        now, where = _now(formula, current)
        if asked.changes:
            if name in asked.changes:
                yield name, _asked(formula, asked.changes[name], now)
            continue
        if offer is None:
            if formula.to != now:
                yield name, _Change(now, formula.to, where)
            continue
        then, _ = _now(formula, offer)
        if then != now:
            yield name, _Change(now, then, where)


def _now(formula: Formula, contract: Contract) -> tuple[float, str]:
    version = contract.versions[-1]
    if formula.name == "evergreen_escalator":
        rises = [one.factor - 1 for one in version.rules.escalator if isinstance(one, Escalator)]
        if rises:
            return float(max(rises)), "contract"
    said = stated(version.provisions or contract.provisions, formula.provision)
    number = formula.number(said)
    if number is not None:
        return number, "contract"
    return formula.silent, "assumed: the contract is silent" if said is None else f"assumed: '{said}' is no number"


def _asked(formula: Formula, change: tuple[str, str], now: float) -> _Change:
    before, after = (formula.number(text) if text else now for text in change)
    if before is None or after is None:
        raise UsageError(
            f"{formula.name}: '{':'.join(filter(None, change))}' cannot be read; write it like {formula.name}="
            f"{formula.shown(formula.silent)}:{formula.shown(formula.to)}"
        )
    return _Change(before, after, "asked")


@dataclass(frozen=True, slots=True)
class _Valued:
    """Everything a formula is evaluated with."""

    seen: Evidence
    drawn: Mapping[str, Numbers]
    middle: Mapping[str, float]
    point: float

    def row(self, formula: Formula, tree: ast.expr, change: _Change) -> dict[str, Any]:
        """One change in dollars, or why it is not valued."""
        told = {"provision": formula.name, "now": formula.shown(change.now), "then": formula.shown(change.then)}
        told["from_where"] = change.where
        why = [self.seen.why_not[need] for need in formula.needs if need in self.seen.why_not]
        why += self._few_late(formula, change)
        if not why:
            costs = [self._cost(tree, self.drawn, change.now, at) for at in (change.now, change.then)]
            gains = np.broadcast_to(costs[0] - costs[1], self.drawn["allowed"].shape)
            if not bool(np.isfinite(gains).all()):
                why = ["the formula has no value there"]
            elif float(np.abs(gains).max()) < _NOTHING:
                why = [formula.nothing or "the formula gives the same for both"]
        if why:
            return {**told, "why_not": "; ".join(dict.fromkeys(why)), "worth": None}
        p10, worth, p90 = (float(value) for value in np.quantile(gains, [0.1, 0.5, 0.9]))
        cost = float(np.quantile(np.broadcast_to(costs[0], gains.shape), 0.5))
        rates = worth / (100 * self.point) if self.point else None
        return {**told, "p10": p10, "worth": worth, "p90": p90, "as_rates": rates, "cost_now": cost}

    def _few_late(self, formula: Formula, change: _Change) -> list[str]:
        """Why a limit of filing is not valued: some claims, but few, came after the shorter one."""
        late = self.seen.late_claims(min(change.now, change.then)) if "filed_lag" in formula.needs else 0
        return (
            [f"fewer than {FEWEST_PATIENTS} claims came after the shorter limit"] if 0 < late < FEWEST_PATIENTS else []
        )

    def _cost(self, tree: ast.expr, names: Mapping[str, Any], now: float, it: float) -> Any:
        with np.errstate(all="ignore"):  # what has no value is told as such
            return evaluated(tree, {**names, "it": np.float64(it), "now": np.float64(now)}, self.seen.functions)


def _rate_point(seen: Evidence, assumed: Assumptions) -> float:
    """One percent on rates in net dollars: the plan's part, and what is collected of the patient's.

    Of claims nobody has answered yet it is that of what they are to be allowed.
    """
    if "paid" in seen.why_not:
        return seen.values["allowed"] / 100
    return (seen.values["paid"] + seen.values["patient"] * assumed.value("patient_collected")) / 100


def _formula(formula: Formula, tree: ast.expr) -> dict[str, Any]:
    return {
        "provision": formula.name,
        "cost": formula.cost,
        "says": formula.says,
        "rests_on": ", ".join(sorted(names_in(tree) - {"it", "now", "max", "min", "exp"})),
        "source": formula.source,
    }
