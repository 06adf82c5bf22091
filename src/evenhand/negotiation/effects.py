"""What each change between two contracts is worth on the organisation's own claims, alone and together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from evenhand.book import Book
from evenhand.contracts import Change, Contract, compare
from evenhand.contracts.model import Version
from evenhand.engines import DuckDB, Engine, Step
from evenhand.money import ZERO, ratio
from evenhand.negotiation.changes import SingleChange, held_on, moved_terms, single_changes, with_changes
from evenhand.negotiation.effect import CHANGES, CODES_CHANGED, ChangeEffects
from evenhand.negotiation.offer_value import (
    OfferQuestion,
    claims_chosen,
    days_valued,
    first_day_of_offer,
    valuing_steps,
)
from evenhand.negotiation.prices import ask
from evenhand.negotiation.standing import standing_on
from evenhand.pricing import Repricing, price
from evenhand.results import Result

_CURRENT = (
    Step("current_lines", "select * from priced_lines", kept=True),
    Step("current_claims", "select * from priced_claims", kept=True),
    Step("today_lines", "select * from current_lines"),
)
_CHANGED = (Step("offer_lines", "select * from priced_lines", kept=True),)


def change_effects(
    source: Book | Engine, before: Contract, after: Contract, question: OfferQuestion | None = None
) -> ChangeEffects:
    """Price the same claims under a contract, under it with each change alone, and with all of them.

    Both contracts are taken as they stand on one day; the claims are those the first contract is for, whatever
    the second says of parties and products.

    Args:
        source: a book, or an engine that holds the service and settled tables of one.
        before: the contract as it is.
        after: the contract as it would be.
        question: the claims and the day; nothing said: the last twelve months, as of :func:`day_compared`.

    Raises:
        SelectionError: the book holds no claims.
        UsageError: the last day is before the first.
        PricingError: a contract cannot be priced as it stands.
    """
    engine = source.settled() if isinstance(source, Book) else source
    asked = question or OfferQuestion()
    as_of = asked.as_of or day_compared(before, after)
    first, last = days_valued(engine, asked)
    old, new = held_on(before, as_of), held_on(after, as_of)
    local = _priced_today(claims_chosen(engine, first, last), standing_on(old, as_of))
    singles = single_changes(old, new)
    rows, codes = _each(local, (old, new), singles, as_of)
    all_priced = [change for change in singles if change.priced]
    together = _effect(local, standing_on(with_changes(old, new, all_priced), as_of))
    return ChangeEffects(
        before=before.name,
        after=after.offer or after.name,
        as_of=as_of,
        first_day=first,
        last_day=last,
        claims=together["claims_valued"],
        lines=together["lines_valued"],
        current=together["current_amount"],
        changed=together["changed_amount"],
        lost_lines=together["lost_lines"],
        lost_amount=together["lost_amount"],
        gained_lines=together["gained_lines"],
        gained_amount=together["gained_amount"],
        changes=Result.of(sorted(rows, key=_most_dollars_first), CHANGES),
        codes=Result.of(codes, CODES_CHANGED),
    )


def day_compared(before: Contract, after: Contract) -> date:
    """The first day of the offer; where there is none, the day from which neither contract is amended again."""
    if after.offer:
        return first_day_of_offer(after)
    return max(contract.versions[-1].period.start for contract in (before, after))


def _priced_today(tables: Mapping[str, Any], contract: Contract) -> Repricing:
    """The claims priced under the contract as it stands, to be priced again; claims of other contracts are left out."""
    local = DuckDB()
    for name, table in tables.items():
        local.put(name, table)
    price(local, [contract])
    local.run(_CURRENT)
    mine = "claim_key in (select claim_key from current_claims where contract_id is not null)"
    for name in tables:
        local.put(name, local.arrow(f"select * from {name} where {mine}"))
    return Repricing(local)


def _effect(local: Repricing, contract: Contract) -> dict[str, Any]:
    """The claims under another contract, beside the prices they have; `valued` holds every line."""
    local.under([contract])
    local.engine.run((*_CHANGED, *valuing_steps()))
    (totals,) = ask(local.engine, "change_totals")
    counts = ("claims_valued", "lines_valued", "claims", "lines", "lost_lines", "gained_lines")
    return {key: int(value or 0) if key in counts else value or ZERO for key, value in totals.items()}


def _each(
    local: Repricing, sides: tuple[Contract, Contract], singles: Sequence[SingleChange], as_of: date
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A row for each change by itself, and for changed schedules a row for each code."""
    rows, codes = [], []
    for single in singles:
        alone = with_changes(*sides, [single])
        told = compare(sides[0], alone, on=as_of)
        if not told and not single.priced:
            continue
        rates = [change for change in told if change.kind == "rate"]
        row = {**_named(single, told), "rates": len(rates) or None}
        if single.priced:
            row |= _dollars(_effect(local, standing_on(alone, as_of)))
        if single.kind == "schedule" and single.priced:
            row |= _told(sides, single, told, as_of)
            codes += _by_code(local.engine, single.where, rates)
        rows.append(row)
    return rows, codes


def _named(single: SingleChange, told: Sequence[Change]) -> dict[str, Any]:
    words = "; ".join(change.words for change in told) or f"{single.where}: {', '.join(single.attributes)} differ"
    first = told[0] if told else Change(single.kind, single.where, "", "", words)
    return {"kind": first.kind, "where": single.where or first.where, "words": words}


def _dollars(effect: Mapping[str, Any]) -> dict[str, Any]:
    alone = effect["changed_amount"] - effect["current_amount"]
    return {**effect, "alone": alone, "alone_percent": ratio(alone, effect["current_amount"])}


def _told(
    sides: tuple[Contract, Contract], single: SingleChange, told: Sequence[Change], as_of: date
) -> dict[str, Any]:
    """Many rates in one sentence: how many go up, down, come and go."""
    rates = [change for change in told if change.kind == "rate"]
    others = [change.words for change in told if change.kind != "rate"]
    if len(rates) == 1:
        return {"kind": "rate", "words": "; ".join([*others, rates[0].words])}
    up, down = _directions(sides[0].versions[0], sides[1].versions[0], single.where, as_of)
    new, gone = (sum(not getattr(each, side) for each in rates) for side in ("before", "after"))
    later = len(rates) - up - down - new - gone
    counts = ((up, "up"), (down, "down"), (new, "new"), (gone, "no longer listed"), (later, "from a later day"))
    split = ", ".join(f"{count:,} {way}" for count, way in counts if count > 0)
    return {"kind": "rate", "words": "; ".join([*others, f"{single.where}: {len(rates):,} rates change: {split}"])}


def _directions(old: Version, new: Version, name: str, as_of: date) -> tuple[int, int]:
    """How many rates of a schedule are higher on the day, and how many lower, than where its terms were paid by."""
    listed = {one for one, other in moved_terms(old, new) if other == name} | ({name} & old.schedules.keys())
    was = {key: amount for one in sorted(listed) for key, amount in _rates_on(old, one, as_of)}
    both = [(was[key], amount) for key, amount in _rates_on(new, name, as_of) if key in was]
    return sum(now > then for then, now in both), sum(now < then for then, now in both)


def _rates_on(version: Version, name: str, day: date) -> Iterable[tuple[tuple[str, str, str], Any]]:
    rates = version.schedules[name].rates
    return (((rate.code, rate.modifier, rate.setting), rate.amount) for rate in rates if day in rate.period)


def _by_code(local: Engine, schedule: str, rates: Sequence[Change]) -> list[dict[str, Any]]:
    """The dollars of a changed schedule by code, by line differences of one pricing; most dollars first."""
    dollars = {row["code"]: row for row in ask(local, "change_by_code")}
    words: dict[str, list[str]] = {}
    for change in rates:
        code, *more = change.where.removesuffix(f" in {schedule}").split(" ")
        words.setdefault(code, []).append(f"{' '.join(more)} {change.after or 'no longer listed'}".strip())
    moved = {code for code, row in dollars.items() if row["lines_changed"]}
    empty = {"lines": 0, "units": 0, "current_amount": ZERO, "changed_amount": ZERO, "change": ZERO}
    rows = [
        {**dollars.get(code, empty), "schedule": schedule, "code": code, "words": "; ".join(words.get(code, [_MOVED]))}
        for code in {*words, *moved}
    ]
    return sorted(rows, key=lambda row: (-abs(row["change"]), row["code"]))


_MOVED = "same rate; moves with the others of its claim"


def _most_dollars_first(row: Mapping[str, Any]) -> tuple[bool, Any]:
    return row.get("alone") is None, -abs(row.get("alone") or ZERO)
