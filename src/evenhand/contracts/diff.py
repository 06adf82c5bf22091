"""What one contract says differently from another: every term, rule, rate, date and provision, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from evenhand.contracts.inpatientterms import transfer_words
from evenhand.contracts.model import Contract, Rules, Scope, Term, Version
from evenhand.contracts.outlierlanguage import outlier_words
from evenhand.contracts.ratediff import rate_changes
from evenhand.contracts.words import payment_words, period_words, rules_words, selector_words, term_words
from evenhand.periods import Period


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: ``party``, ``product``, ``date``, ``term``, ``clause`` (what a term cites), ``order``, ``rule``,
            ``rate`` or ``provision``.
        where: The term, rule, code or provision it concerns.
        before: What the first contract says; empty where it says nothing.
        after: What the second says; empty where it says nothing.
        words: The change as one would tell it.
        since: First day it shows; ``None`` for what has no day of its own.
    """

    kind: str
    where: str
    before: str
    after: str
    words: str
    since: date | None = None


def compare(before: Contract, after: Contract, *, on: date | None = None) -> list[Change]:
    """All differences, those of the contract as a whole first, then by day and term.

    Args:
        before: The contract as it is.
        after: The contract as it would be: another, or the same with an offer.
        on: Compare what holds on this day; without it, every day both are in force.
    """
    found = [*_parties(before, after), *_dates(before, after)]
    seen: set[tuple[str, str, str, str]] = set()
    for period, first, second in _shared(before, after, on):
        for change in _versions(first, second, period):
            key = (change.kind, change.where, change.before, change.after)
            if key not in seen:
                found.append(replace(change, since=period.start))
            seen.add(key)
    return found


def _shared(before: Contract, after: Contract, on: date | None) -> Iterator[tuple[Period, Version, Version]]:
    """Stretches of time in which neither changes, with the version of each."""
    for first in before.versions:
        for second in after.versions:
            both = first.period.meet(second.period)
            if both is not None and (on is None or on in both):
                yield Period(on) if on is not None else both, first, second


def _said(kind: str, where: str, before: str, after: str) -> Change:
    if not before:
        words = f"{where}: now {after}"
    elif not after:
        words = f"{where}: no longer {before}"
    else:
        words = f"{where}: {after}, was {before}"
    return Change(kind, where, before, after, words)


def _differing(kind: str, pairs: Iterable[tuple[str, Any, Any]]) -> Iterator[Change]:
    for where, before, after in pairs:
        if before != after:
            yield _said(kind, where, _text(before), _text(after))


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _parties(before: Contract, after: Contract) -> Iterator[Change]:
    names = {
        "provider": "provider",
        "payer": "payer",
        "provider_tins": "tax numbers of the provider",
        "provider_npis": "NPIs of the provider",
        "payer_ids": "payer identifiers",
        "payer_aliases": "other names of the payer",
    }
    one, two = before.parties, after.parties
    yield from _differing("party", ((words, getattr(one, key), getattr(two, key)) for key, words in names.items()))


def _dates(before: Contract, after: Contract) -> Iterator[Change]:
    pairs = [
        ("effective", before.period.start, after.period.start),
        ("ends", before.ends, after.ends),
        ("terminated", before.terminated, after.terminated),
    ]
    keys = dict.fromkeys((*before.renewal, *after.renewal))
    pairs += [(f"renewal, {key}", before.renewal.get(key), after.renewal.get(key)) for key in keys]
    yield from _differing("date", pairs)
    choosing = (("precedence", "precedence"), ("chosen_by", "day that chooses it"), ("rental", "rental network"))
    yield from _differing("party", ((words, getattr(before, key), getattr(after, key)) for key, words in choosing))
    if not any(one.period.meet(two.period) for one in before.versions for two in after.versions):
        first, second = (period_words(one.period.start, one.period.last) for one in (before, after))
        told = "the two are never in force on the same day; no terms compared"
        yield Change("date", "period", first, second, told)


def _versions(before: Version, after: Version, period: Period) -> Iterator[Change]:
    yield from _differing("product", [("products", before.products, after.products)])
    scopes = ((key, getattr(before.scope, key), getattr(after.scope, key)) for key in Scope.__dataclass_fields__)
    yield from _differing("product", scopes)
    yield from _terms(before.terms, after.terms)
    yield from _rules(before.rules, after.rules)
    for where, was, now in rate_changes(before, after, period):
        yield _said("rate", where, was, now)
    yield from _differing("provision", _provisions(before.provisions, after.provisions))


def _terms(before: tuple[Term, ...], after: tuple[Term, ...]) -> Iterator[Change]:
    old, new = ({term.name: term for term in terms} for terms in (before, after))
    for name, term in old.items():
        if name not in new:
            yield Change("term", name, term_words(term), "", f"{name}: removed (was {term_words(term)})")
    for name, term in new.items():
        if name not in old:
            yield Change("term", name, "", term_words(term), f"{name}: new ({term_words(term)})")
        else:
            yield from _term(old[name], term)
    yield from _order([name for name in old if name in new], [name for name in new if name in old])


def _term(old: Term, new: Term) -> Iterator[Change]:
    pairs = (
        ("pays", payment_words(old.pay, old.per), payment_words(new.pay, new.per)),
        ("covers", selector_words(old.covers), selector_words(new.covers)),
        ("carve-out", _yes(old.carve_out), _yes(new.carve_out)),
        ("paid in addition", old.excepts or "nothing", new.excepts or "nothing"),
        ("clause", old.cite or "none", new.cite or "none"),
        ("paid once a", old.once or "line", new.once or "line"),
        ("most units paid", old.most_units or "all", new.most_units or "all"),
        ("counts towards a stop-loss", _yes(old.stop_loss), _yes(new.stop_loss)),
        ("grouper", old.grouper or "none", new.grouper or "none"),
        ("outliers", outlier_words(old.outlier), outlier_words(new.outlier)),
        ("transfers", transfer_words(old.transfer), transfer_words(new.transfer)),
    )
    for what, was, now in pairs:
        if was != now:
            told = f"{new.name} {what} {_text(now)}, was {_text(was)}"
            if what not in ("pays", "covers"):
                told = f"{new.name}, {what}: {_text(now)}, was {_text(was)}"
            yield Change("clause" if what == "clause" else "term", new.name, _text(was), _text(now), told)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _order(old: list[str], new: list[str]) -> Iterator[Change]:
    """Terms both have, in another order: the earlier wins, so order is money."""
    if old != new:
        first = next(i for i, (was, now) in enumerate(zip(old, new, strict=True)) if was != now)
        words = f"the order of terms differs from place {first + 1} on: '{new[first]}' now stands before '{old[first]}'"
        yield Change("order", new[first], " > ".join(old), " > ".join(new), words)


def _rules(before: Rules, after: Rules) -> Iterator[Change]:
    old, new = rules_words(before), rules_words(after)
    for rule in dict.fromkeys((*old, *new)):
        if getattr(before, rule) != getattr(after, rule):
            yield _said("rule", rule.replace("_", " "), old.get(rule, "none"), new.get(rule, "none"))


def _provisions(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        name = key.replace("_", " ")
        if isinstance(old, Mapping) or isinstance(new, Mapping):
            inner = _provisions(old if isinstance(old, Mapping) else {}, new if isinstance(new, Mapping) else {})
            yield from ((f"{name}, {what}", was, now) for what, was, now in inner)
        else:
            yield name, old, new
