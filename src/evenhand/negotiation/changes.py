"""What separates two contracts, change by change, and the first contract with only some of the changes made.

Both contracts are taken as they stand on one day (:func:`held_on`). :func:`single_changes` then lists what can be
signed by itself; :func:`with_changes` gives the first contract with the changes one picks. None of them gives the
first contract again, all of them the second.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from evenhand.contracts.model import Contract, FeeSchedule, Parties, Rules, Term, Version
from evenhand.periods import ALWAYS

Record = TypeVar("Record", Contract, Parties, Rules)

#: What names a contract or says how it was read. It is no term of it, so nobody negotiates it.
LABELS = frozenset(
    {"id", "name", "cases", "folder", "digest", "signed", "known", "code_sets", "amendments", "provisions"}
    | {"versions", "parties"}
)
#: Kinds of change that can move a price. The others decide which claims a contract is for, or bind in other ways.
_PRICED = ("new term", "removed term", "term", "order", "rule", "schedule")
#: Attributes of a term that no price looks at.
_WORDS_ONLY = ("cite",)
#: What a term says about paying, taken together: an amount means nothing without what it is for.
_PAY = ("pay", "per")


@dataclass(frozen=True, slots=True)
class SingleChange:
    """One change that can be made without the others.

    Attributes:
        kind: ``party``, ``date``, ``product``, ``provision``, ``rule``, ``schedule``, ``order``, ``new term``,
            ``removed term`` or ``term`` (one attribute of a term both contracts have).
        where: The field, provision, rule, schedule or term it concerns.
        attributes: For ``term``: the attributes that change together.
        priced: Whether it can move a price.
    """

    kind: str
    where: str = ""
    attributes: tuple[str, ...] = ()
    priced: bool = False


def held_on(contract: Contract, day: date) -> Contract:
    """The contract with the one version that stands on a day; ended, its last; not begun, its first."""
    version = contract.version_on(day) or contract.versions[-1 if day >= contract.period.end else 0]
    return replace(contract, versions=(replace(version, period=ALWAYS, amendments=()),))


def single_changes(before: Contract, after: Contract) -> tuple[SingleChange, ...]:
    """Everything that separates two contracts held on one day, as the smallest changes that can stand alone."""
    old, new = before.versions[0], after.versions[0]
    return (
        *(_change("party", name) for name in _differing(before.parties, after.parties)),
        *(_change("date", name) for name in _differing(before, after, LABELS)),
        *((_change("product"),) if (old.products, old.scope) != (new.products, new.scope) else ()),
        *_term_changes(old, new),
        *(_change("rule", name) for name in _differing(old.rules, new.rules)),
        *_schedule_changes(old, new),
        *(_change("provision", key) for key in _keys_differing(old.provisions, new.provisions)),
    )


def with_changes(before: Contract, after: Contract, chosen: Collection[SingleChange]) -> Contract:
    """The first contract with only the chosen changes made.

    Args:
        before: The first contract, held on a day.
        after: The second, held on the same day.
        chosen: Of what :func:`single_changes` gives for these two.
    """
    made = _Made(chosen)
    old, new = before.versions[0], after.versions[0]
    terms = _terms(old, new, made)
    version = replace(
        old,
        terms=terms,
        rules=_taken(old.rules, new.rules, "rule", made),
        schedules=_schedules(old, new, terms, made),
        products=new.products if made.has("product") else old.products,
        scope=new.scope if made.has("product") else old.scope,
        provisions=_provisions(old.provisions, new.provisions, made),
    )
    parties = _taken(before.parties, after.parties, "party", made)
    return replace(_taken(before, after, "date", made), parties=parties, versions=(version,))


class _Made:
    """The changes chosen, by kind and place."""

    def __init__(self, chosen: Collection[SingleChange]) -> None:
        self._places = {(change.kind, change.where) for change in chosen}
        self._attributes = {(change.where, name) for change in chosen for name in change.attributes}

    def has(self, kind: str, where: str = "") -> bool:
        return (kind, where) in self._places

    def attribute(self, term: str, name: str) -> bool:
        return (term, name) in self._attributes


def _change(kind: str, where: str = "", attributes: tuple[str, ...] = ()) -> SingleChange:
    priced = kind in _PRICED and not (attributes and set(attributes) <= set(_WORDS_ONLY))
    return SingleChange(kind, where, attributes, priced)


def _differing(one: Any, other: Any, without: Collection[str] = ()) -> Iterator[str]:
    """The fields of two records that differ."""
    for each in fields(one):
        if each.compare and each.name not in without and getattr(one, each.name) != getattr(other, each.name):
            yield each.name


def _taken(one: Record, other: Record, kind: str, made: _Made) -> Record:
    """The first record with the chosen fields of the second."""
    taken = {each.name: getattr(other, each.name) for each in fields(one) if made.has(kind, each.name)}
    return replace(one, **taken)


def _keys_differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    return (key for key in dict.fromkeys((*one, *other)) if one.get(key) != other.get(key))


def _provisions(one: Mapping[str, Any], other: Mapping[str, Any], made: _Made) -> dict[str, Any]:
    sides = {key: other if made.has("provision", key) else one for key in dict.fromkeys((*one, *other))}
    return {key: side[key] for key, side in sides.items() if key in side}


def _by_name(version: Version) -> dict[str, Term]:
    return {term.name: term for term in version.terms}


def _term_changes(before: Version, after: Version) -> Iterator[SingleChange]:
    old, new = _by_name(before), _by_name(after)
    yield from (_change("removed term", name) for name in old if name not in new)
    for name, term in new.items():
        if name not in old:
            yield _change("new term", name)
        else:
            yield from (_change("term", name, group) for group in _attributes(old[name], term))
    if [name for name in old if name in new] != [name for name in new if name in old]:
        yield _change("order")


def _attributes(old: Term, new: Term) -> Iterator[tuple[str, ...]]:
    """The attributes of a term that differ, those that only make sense together in one group."""
    pay: Any = old.pay
    if _same_way_by_schedule(old, new):
        pay = replace(pay, schedule=_schedule(new))
    changed = list(_differing(replace(old, pay=pay), new))
    together: tuple[str, ...] = _PAY
    if old.covers.on_schedule != new.covers.on_schedule or old.claim_level != new.claim_level:
        together = tuple(name for name in changed if name not in _WORDS_ONLY)
    paired = tuple(name for name in changed if name in together)
    yield from ((paired,) if paired else ())
    yield from ((name,) for name in changed if name not in together)


def _same_way_by_schedule(old: Term, new: Term) -> bool:
    """Whether both pay the same way by a schedule: which one is then a change of the schedule."""
    return type(old.pay) is type(new.pay) and hasattr(old.pay, "schedule")


def _terms(before: Version, after: Version, made: _Made) -> tuple[Term, ...]:
    old, new = _by_name(before), _by_name(after)
    named = _names(list(old), list(new), made)
    return tuple(
        _term(old[name], new[name], made) if name in old and name in new else old.get(name) or new[name]
        for name in named
    )


def _names(old: list[str], new: list[str], made: _Made) -> list[str]:
    """The terms that stand, in their order. A new term follows the one it follows in the second contract."""
    standing = [name for name in old if name in new or not made.has("removed term", name)]
    if made.has("order"):
        ranked = iter([name for name in new if name in old])
        standing = [next(ranked) if name in new else name for name in standing]
    for place, name in enumerate(new):
        if name not in old and made.has("new term", name):
            ahead = next((each for each in reversed(new[:place]) if each in standing), None)
            standing.insert(0 if ahead is None else standing.index(ahead) + 1, name)
    return standing


def _term(old: Term, new: Term, made: _Made) -> Term:
    taken = {f.name: getattr(new, f.name) for f in fields(old) if made.attribute(old.name, f.name)}
    if _same_way_by_schedule(old, new):
        pay, said, next_said = taken.get("pay", old.pay), _schedule(old), _schedule(new)
        taken["pay"] = replace(pay, schedule=next_said if made.has("schedule", next_said) else said)
    return replace(old, **taken)


def _schedule(term: Term) -> str:
    pay: Any = term.pay
    return str(pay.schedule)


def _schedule_changes(before: Version, after: Version) -> Iterator[SingleChange]:
    """Schedules whose rates differ or that terms are newly paid by; then those only one contract has."""
    moved = {schedule for _, schedule in moved_terms(before, after)}
    for name in dict.fromkeys((*after.schedules, *before.schedules)):
        old, new = before.schedules.get(name), after.schedules.get(name)
        if name in moved or old != new:
            rates = old is not None and new is not None and old.rates != new.rates
            yield SingleChange("schedule", name, priced=name in moved or rates)


def moved_terms(before: Version, after: Version) -> set[tuple[str, str]]:
    """``(old schedule, new schedule)`` of the terms that pay as before, by another schedule."""
    new = _by_name(after)
    pairs = {
        (_schedule(term), _schedule(new[term.name]))
        for term in before.terms
        if term.name in new and _same_way_by_schedule(term, new[term.name])
    }
    return {(one, other) for one, other in pairs if one != other}


def _schedules(old: Version, new: Version, terms: tuple[Term, ...], made: _Made) -> dict[str, FeeSchedule]:
    """The rates that hold: the second contract's where chosen; and of schedules only one has, those in use."""
    used = {value for term in terms for value in _texts(term.pay)}
    held = {}
    for name in dict.fromkeys((*old.schedules, *new.schedules)):
        chosen = made.has("schedule", name)
        if name in old.schedules and name in new.schedules:
            held[name] = (new if chosen else old).schedules[name]
        elif name in used or chosen == (name in new.schedules):
            held[name] = (old if name in old.schedules else new).schedules[name]
    return held


def _texts(pay: Any) -> Iterator[str]:
    """Every text a payment holds, schedules among them."""
    for each in fields(pay):
        value = getattr(pay, each.name)
        yield from (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
