"""Why a term pays no line: nothing it asks for is in the book, it has no rate, or another term always wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evenhand.codes import CodeRange
from evenhand.contracts import Condition, Contract, Term
from evenhand.contracts.words import bound_words, condition_words, period_words, selector_words, terms_payment
from evenhand.engines import Engine
from evenhand.performance.basis import ask

Rows = Sequence[Mapping[str, Any]]
Seen = Mapping[tuple[str, str], set[str]]
#: Winners named, those with most lines first.
_NAMED = 3


def silent_terms(engine: Engine, contracts: Sequence[Contract], fired: Rows, contests: Rows) -> list[dict[str, Any]]:
    """Each term that pays none of the lines asked about, with the reason, in the order of the contract."""
    paying = {(row["contract_id"], row["term"]) for row in fired}
    covering = {(row["contract_id"], row["term"]): row for row in ask(engine, "terms_covering")}
    seen: dict[tuple[str, str], set[str]] = {}
    for row in ask(engine, "terms_values"):
        seen.setdefault((row["contract_id"], row["attribute"]), set()).add(row["value"])
    priced_under = {(row["contract_id"], row["version_no"]) for row in ask(engine, "terms_versions")}
    rows = []
    for contract in contracts:
        told = {"contract_id": contract.id}
        if not any(each == contract.id for each, _ in paying):
            rows.append({**told, "term": "all terms", "why": _NO_CLAIM, "covered_lines": 0})
            continue
        for term in _every_term(contract):
            if (contract.id, term.name) not in paying:
                covered = covering.get((contract.id, term.name), _NOTHING)
                why = _not_in_force(contract, term, priced_under) or _why(contract, term, covered, seen, contests)
                pays = terms_payment(term)
                rows.append({**told, "term": term.name, "pays": pays, "why": why, "covered_lines": covered["lines"]})
    return rows


_NOTHING = {"lines": 0, "with_rate": 0}
_NO_CLAIM = "no claim asked about is priced under the contract"


def _every_term(contract: Contract) -> Iterator[Term]:
    """Every term a contract has or had, as it says last, in the order of the last version that has it."""
    last = {term.name: term for version in contract.versions for term in version.terms}
    current = [term.name for term in contract.versions[-1].terms]
    yield from (last[name] for name in dict.fromkeys((*current, *last)))


def _not_in_force(contract: Contract, term: Term, priced_under: set[tuple[str, int]]) -> str:
    """Says so where no claim begins in any of the periods the contract has the term in; empty otherwise."""
    numbered = enumerate(contract.versions, 1)
    having = [(n, version) for n, version in numbered if any(each.name == term.name for each in version.terms)]
    if any((contract.id, number) in priced_under for number, _ in having):
        return ""
    periods = [period_words(version.period.start, version.period.last).removeprefix("from ") for _, version in having]
    return f"in the contract only from {' and from '.join(periods)}, when no claim asked about begins"


def _why(contract: Contract, term: Term, covered: Mapping[str, Any], seen: Seen, contests: Rows) -> str:
    if not covered["lines"]:
        return _not_met(contract.id, term, seen)
    lost = [row for row in contests if row["contract_id"] == contract.id and row["loser"] == term.name]
    if lost:
        named = "; ".join(f"“{row['winner']}”, which {row['why']}" for row in lost[:_NAMED])
        more = f"; and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        return f"always won by another: {named}{more}"
    if not term.claim_level and not covered["with_rate"]:
        return "its schedule lists no rate for what it covers, on the days of service"
    return "what it covers has no price"


def _not_met(contract_id: str, term: Term, seen: Seen) -> str:
    """Which condition nothing meets, judged over the whole book; else that none meets them together."""
    absent = [
        condition_words(each)
        for each in term.covers.conditions
        if not each.negated and not _met(each, seen.get((contract_id, each.attribute), set()))
    ]
    if absent:
        return f"the book has no {' and no '.join(absent)} under the contract"
    bounds = [bound_words(each) for each in term.covers.bounds]
    if bounds and not term.covers.conditions:
        return f"nothing asked about has a {' and a '.join(bounds)}"
    return f"nothing asked about is all of: {selector_words(term.covers)}"


def _met(condition: Condition, values: set[str]) -> bool:
    """Whether one of the values, which are in capitals, falls in one of the ranges."""
    ranges = [CodeRange(each.low.upper(), each.high.upper()) for each in condition.ranges]
    return any(value in each for each in ranges for value in values)
